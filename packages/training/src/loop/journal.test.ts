import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal } from "./journal.js";
import type { LogLine } from "./log-line.js";

const folder = (): string => mkdtempSync(join(tmpdir(), "journal-"));
const line = (step: number, kind: LogLine["kind"] = "train"): LogLine => ({
  kind,
  step,
  seen: 8 * step,
  minutes: step / 10,
  values: { total: 1 / step, pinball: 0.25 },
});

test("lines are kept as they were written, one JSON object a line", () => {
  const out = folder();
  const journal = new Journal(out);
  journal.write(line(50));
  journal.write(line(60, "validation"));
  expect(journal.lines()).toEqual([line(50), line(60, "validation")]);
  expect(readFileSync(join(out, "log.jsonl"), "utf8").split("\n")).toHaveLength(3);
});

test("a new run begins anew, a resumed one drops what came after its checkpoint", () => {
  const out = folder();
  const first = new Journal(out);
  for (const step of [50, 100, 150]) first.write(line(step));
  expect(new Journal(out, 100).lines()).toEqual([line(50), line(100)]);
  expect(new Journal(out).lines()).toEqual([]);
});

test("the picture has a panel for each loss that was logged", () => {
  const out = folder();
  const journal = new Journal(out);
  const panels = (): number => readFileSync(join(out, "loss.svg"), "utf8").match(/<svg/g)!.length - 1;
  journal.draw();
  expect(panels()).toBe(3);
  for (const step of [50, 100]) journal.write(line(step));
  journal.draw();
  expect(panels()).toBe(1);
});
