/** Both kinds of heads: read, checked, and what they are asked. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { levelSummary, NEIGHBOURS, ROWS_A_CELL } from "../features/index.js";
import { expectRefused, expectRefusedOrSound } from "../testing/mutations.js";
import { draws } from "../testing/random.js";
import { checkLevels, LevelHead, levelQuestion } from "./level-head.js";
import type { NetworkHeadDocument, RootQuantiles } from "./network-head.js";
import { checkRows, MOST_LEARNT_ROWS, RowsHead, rowsQuestion } from "./rows-head.js";

const released = (file: string): NetworkHeadDocument =>
  JSON.parse(readFileSync(new URL(`../../model/${file}`, import.meta.url), "utf8"));

const { normal } = draws(1);
const codes = Float64Array.from({ length: 90 }, (_, row) => row % 3);
const summary = levelSummary(codeColumn(codes), codeColumn(codes.map((level) => level + normal())));
const roots = (middle: number): RootQuantiles => ({
  quantiles: [-0.16, -0.12, -0.06, -0.02, 0, 0.02, 0.06, 0.12, 0.16].map((step) => middle + step),
  median: 4,
});
const allRows = {
  n: 40_000,
  neighbours: NEIGHBOURS.map((k) => 0.3 + k / 1000),
  grids: ROWS_A_CELL.map((rows) => 0.31 - rows / 10_000),
  filled: 0.2,
};

/** A head that answers with its biases, whatever it is asked. */
const constant = ({ weights, head }: NetworkHeadDocument, bias: number[]): NetworkHeadDocument => {
  const zeros = head.mean.map(() => 0);
  const layers = [{ weights: bias.map(() => zeros), bias }];
  const calibration = { n: [8, 100], factor: [1, 1] };
  return {
    weights,
    head: { ...head, levels: [0.05, 0.5, 0.95], layers, direct: bias.map(() => zeros), calibration },
  };
};

describe.each([
  { file: "levels.json", script: "network-head -- levels", check: checkLevels, Kind: LevelHead },
  { file: "rows.json", script: "network-head -- rows", check: checkRows, Kind: RowsHead },
])("$file", ({ file, script, check, Kind }) => {
  const document = released(file);

  test("is one that the library takes, and any change of it is refused or harmless", () => {
    expect(check(document)).toEqual(document);
    expect(new Kind(document, document.weights).inputs).toBe(document.head.mean.length);
    // The schema allows for any number of inputs, the library for its own.
    const opened = (value: unknown): NetworkHeadDocument => {
      const read = check(value);
      new Kind(read, read.weights);
      return read;
    };
    expectRefusedOrSound(constant(document, [-1, 0, 1]), opened, (changed, base, n) => {
      const head = new Kind(changed, changed.weights);
      const question = { n, base, scale: 0.1, summary: new Float64Array(head.inputs) };
      const answer = [...head.answer(question)];
      expect(answer.every(Number.isFinite)).toBe(true);
      expect(answer).toEqual(answer.toSorted((a, b) => a - b));
    });
  });

  test("of other weights is refused, and one with other inputs", () => {
    expect(() => new Kind(document, "f".repeat(64))).toThrow(
      `${file} was made with weights ${document.weights.slice(0, 12)}…, not ffffffffffff…; make it again with \`npm run ${script}\``,
    );
    const other = structuredClone(document);
    other.head.mean.push(0);
    const inputs = document.head.mean.length;
    expect(() => new Kind(other, other.weights)).toThrow(
      `${file}: mean is a list of ${inputs + 1}; this version of infonet reads ${inputs} inputs`,
    );
  });

  test("without its weights is refused, and the part named", () => {
    expectRefused(document, check, (d) => Reflect.deleteProperty(d, "weights"), /weights is missing/);
  });
});

test("a head of levels corrects the network's median, in half widths of its interval", () => {
  const document = released("levels.json");
  const head = new LevelHead(constant(document, [-1, 0.5, 2]), document.weights);
  const { base, scale, n } = levelQuestion(roots(0.5), summary);
  expect([base, n]).toEqual([0.25, 90]);
  expect(scale).toBeCloseTo(0.5 * (0.66 ** 2 - 0.34 ** 2) + 0.5 * Math.sqrt(Math.sqrt(3) / 90), 12);
  const read = head.read(roots(0.5), summary);
  [-1, 0.5, 2].forEach((unit, k) => {
    expect(read[k]).toBeCloseTo(base + unit * scale, 12);
  });
});

test("a head of many rows corrects the mean of the blocks", () => {
  const document = released("rows.json");
  const head = new RowsHead(constant(document, [-1, 0, 1]), document.weights);
  const blocks = [roots(0.5), roots(0.6), roots(0.55)];
  const { base, scale, summary: inputs } = rowsQuestion(blocks, allRows);
  expect(base).toBeCloseTo((0.25 + 0.36 + 0.3025) / 3, 12);
  expect(inputs[0]).toBeCloseTo((allRows.neighbours[0] - base) / scale, 12);
  const read = head.read(blocks, allRows);
  expect(read[1]).toBeCloseTo(base, 12);
  expect(read[2] - read[1]).toBeCloseTo(scale, 12);
});

test("a head of many rows is asked of more than it learnt from as of so many, in the same proportion of blocks", () => {
  const asked = (n: number, count: number) =>
    rowsQuestion(
      Array.from({ length: count }, () => roots(0.5)),
      { ...allRows, n },
    );
  const most = asked(MOST_LEARNT_ROWS, 30);
  const more = asked(2 * MOST_LEARNT_ROWS, 60);
  expect(more.n).toBe(2 * MOST_LEARNT_ROWS);
  expect({ ...more, n: most.n }).toEqual(most);
  expect(asked(MOST_LEARNT_ROWS / 2, 15).scale).toBeGreaterThan(most.scale);
});
