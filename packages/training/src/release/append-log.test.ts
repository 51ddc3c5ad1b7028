import { appendFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLog } from "./append-log.js";

const fresh = (): string => join(mkdtempSync(join(tmpdir(), "log-")), "log.jsonl");

test("entries come back in order, numbers to the last bit", () => {
  const path = fresh();
  const values = [0.1, Math.PI, Math.fround(1 / 3), 5e-324, -1.7976931348623157e308];
  const log = openLog<{ k: number; value: number }>(path);
  expect(log.entries).toEqual([]);
  values.forEach((value, k) => {
    log.append({ k, value });
  });
  expect(log.entries).toHaveLength(5);
  expect(openLog(path).entries).toEqual(values.map((value, k) => ({ k, value })));
});

test("a line that was interrupted is dropped, and the next one starts where it began", () => {
  const path = fresh();
  const log = openLog<number>(path);
  log.append(1);
  log.append(2);
  appendFileSync(path, '{"half":');
  const again = openLog<number>(path);
  expect(again.entries).toEqual([1, 2]);
  again.append(3);
  expect(readFileSync(path, "utf8")).toBe("1\n2\n3\n");
});

test("without a file it is in memory", () => {
  const log = openLog<string>();
  log.append("a");
  expect(log.entries).toEqual(["a"]);
  expect(openLog().entries).toEqual([]);
});
