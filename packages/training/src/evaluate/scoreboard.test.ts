import { expect, test } from "vitest";
import type { Estimator } from "./estimator.js";
import type { Sample } from "./family.js";
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

test("there are the ten sections that the command lists", () => {
  expect(Object.keys(SECTIONS)).toEqual([
    "triples",
    "copulas",
    "unseen",
    "sizes",
    "strong",
    "density",
    "derivative",
    "levels",
    "coverage",
    "level",
  ]);
});

test("a section that asks for more than an estimator offers is left out, and told of", async () => {
  const told: string[] = [];
  const options = { ...OPTIONS, tell: (line: string) => void told.push(line) };
  const plain: Estimator = async (list) => list.map(() => ({ mi: 0 }));
  const names = ["density", "derivative", "levels"];
  expect(Object.keys((await measureSections(names, plain, options, () => {})).sections)).toEqual([]);
  expect(told).toEqual([
    "density: there are no densities to compare",
    "derivative: there are no derivatives to compare",
    "levels: there are no estimates of samples with levels",
  ]);
});

test("what an estimator offers beside estimates reaches the sections", async () => {
  const able: Estimator = Object.assign(async () => [], {
    gradients: async (list: readonly Sample[]) => list.map(({ x }) => ({ dx: x, dy: x.map(() => 0) })),
  });
  const options = { ...OPTIONS, tell: () => {} };
  const { sections } = await measureSections(["derivative"], able, options, () => {});
  expect(sections.derivative.text).toMatch(/^normal, by ρ at 0\.999 +\d+\.\d+ +0\.0000 +0\.0000$/m);
});
