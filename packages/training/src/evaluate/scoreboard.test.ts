import { expect, test } from "vitest";
import type { Estimator } from "./estimator.js";
import { measureSections } from "./scoreboard.js";
import { SECTIONS } from "./sections.js";

const OPTIONS = { seed: 1, quick: true, triples: "nowhere.json" };

test("sections are measured in order, their estimates counted, and one without its data is told of", async () => {
  const told: string[] = [];
  const titles: string[] = [];
  let samples = 0;
  // Says 0 of everything: its error is the truth itself.
  const nothing: Estimator = async (list) => {
    samples += list.length;
    return list.map(() => ({ mi: 0 }));
  };
  const options = { ...OPTIONS, tell: (line: string) => void told.push(line) };
  const board = await measureSections(["triples", "copulas"], nothing, options, ({ title }) =>
    titles.push(title),
  );
  expect(Object.keys(board.sections)).toEqual(["copulas"]);
  expect(titles).toEqual([board.sections.copulas.title]);
  expect(told).toContain("triples: nowhere.json does not exist; name the file with --triples");
  expect(board.pairs).toBe(samples);
  expect(board.milliseconds).toBeGreaterThanOrEqual(0);
  expect(board.sections.copulas.text).toContain("Clayton 3");
});

test("there are the eight sections that the command lists", () => {
  expect(Object.keys(SECTIONS)).toEqual([
    "triples",
    "copulas",
    "unseen",
    "sizes",
    "strong",
    "density",
    "coverage",
    "level",
  ]);
});
