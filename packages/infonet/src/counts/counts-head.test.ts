import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { HeadDocument } from "../inference/head.js";
import { tableOfCounts } from "../testing/count-tables.js";
import { expectRefused, expectRefusedOrSound } from "../testing/mutations.js";
import { CountsHead, checkCounts } from "./counts-head.js";
import { scaleOf, summaryOf, tableFacts } from "./summary.js";

const released = JSON.parse(
  readFileSync(new URL("../../model/counts.json", import.meta.url), "utf8"),
) as HeadDocument;

const table = tableOfCounts([
  [9, 1, 0],
  [2, 5, 1],
]);
const facts = tableFacts(table);

/** One linear layer that answers with its biases. */
const constant = (bias: number[], factor = 1): HeadDocument => {
  const inputs = summaryOf(facts).length;
  const zeros = () => Array.from({ length: inputs }, () => 0);
  return {
    ...{ seed: 1, draws: 1, calibrationDraws: 1, levels: [0.05, 0.5, 0.95] },
    ...{ mean: zeros(), deviation: zeros().map(() => 1) },
    layers: [{ weights: bias.map(zeros), bias }],
    direct: bias.map(zeros),
    calibration: { n: [8, 100], factor: [factor, factor] },
  };
};

test("answers are in units of the table, from the Chao–Wang–Jost estimate on, and ascending", () => {
  const quantiles = new CountsHead(checkCounts(constant([1, -1, 0.5]))).quantiles(facts);
  const scale = scaleOf(facts);
  [-1, 0.5, 1].forEach((unit, k) => {
    expect(quantiles[k]).toBeCloseTo(facts.chaoWangJost + unit * scale, 12);
  });
});

test("the calibration stretches the distances from the median", () => {
  const [narrow, wide] = [1, 2].map((factor) =>
    new CountsHead(constant([-1, 0, 2], factor)).quantiles(facts),
  );
  expect(wide[1]).toBe(narrow[1]);
  expect(wide[0] - wide[1]).toBeCloseTo(2 * (narrow[0] - narrow[1]), 12);
  expect(wide[2] - wide[1]).toBeCloseTo(2 * (narrow[2] - narrow[1]), 12);
});

test.each<[string, (document: HeadDocument) => unknown, RegExp]>([
  [
    "without a part",
    (d) => Reflect.deleteProperty(d, "direct"),
    /counts\.json: direct is missing; .*npm run counts-head/,
  ],
  [
    "with a weight of text",
    (d) => Object.assign(d.layers[0].weights[0], { 0: "1" }),
    /must be a number from -1e6 to 1e6/,
  ],
  [
    "with a bias too few",
    (d) => d.layers[2].bias.pop(),
    /layers\[2\]\.bias is a list of 8; it must be a list of 9/,
  ],
  ["with a row too short", (d) => d.layers[1].weights[3].pop(), /layers\[1\]\.weights\[3\] is a list of/],
  ["without a median", (d) => d.levels.splice(4, 1, 0.45), /levels is a list of 9; .*one is 0\.5/],
  ["with levels in disorder", (d) => d.levels.reverse(), /levels\[1\] is .*; it must be above/],
  [
    "with a deviation of 0",
    (d) => d.deviation.fill(0),
    /deviation\[0\] is 0; it must be a number above 0, at most 1e6/,
  ],
  ["with a factor too few", (d) => d.calibration.factor.pop(), /calibration\.factor is a list of/],
])("a head %s is refused, and the wrong part named", (_, change, message) => {
  expectRefused(released, checkCounts, change, message);
});

test("a head for other inputs than these is refused", () => {
  const other = constant([0, 0, 0]);
  other.mean.push(0);
  other.deviation.push(1);
  for (const row of [...other.direct, ...other.layers[0].weights]) row.push(0);
  expect(() => new CountsHead(checkCounts(other))).toThrow(/mean is a list of \d+; .* reads \d+/);
});

test("any change of a head is refused as a model's fault, or gives quantiles", () => {
  expectRefusedOrSound(constant([-1, 0, 1]), checkCounts, (read) => {
    const quantiles = new CountsHead(read).quantiles(facts);
    expect([...quantiles]).toEqual([...quantiles].sort((a, b) => a - b));
  });
});
