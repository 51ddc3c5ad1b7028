/** From values to features and back, in double precision: all of the derivative but the network in between. */

import { describe, expect, test } from "vitest";
import { FEATURE_SIZES } from "../features/index.js";
import { smoothHistogram } from "../features/smooth/histogram.js";
import { smoothLocalInformation } from "../features/smooth/local-information.js";
import { smoothSpectrum } from "../features/smooth/spectrum.js";
import { completePair, prepareCells } from "../pairs/prepared.js";
import { numberSample } from "../pairs/samples.js";
import { tenDistributions } from "../testing/distributions.js";
import { draws } from "../testing/random.js";
import { type SoftPair, softPair } from "./soft-pair.js";

const SEED = 5;

function prepare(x: Float64Array, y: Float64Array, regularization?: number, most = 10_000): SoftPair {
  const [a, b] = Object.entries({ x, y }).map(([name, values]) => ({
    name,
    ...prepareCells({ kind: "number", values }),
  }));
  const pair = completePair(a, b);
  const [first, second] = [x, y].map((values, k) => ({ name: "xy"[k], values, fixed: false }));
  return softPair(
    first,
    second,
    { ...pair, ...numberSample(pair.x, pair.y, most) },
    { regularization, seed: SEED },
  );
}

const random = draws(23);
const FEATURES = (
  [
    ["counts", smoothHistogram],
    ["local", smoothLocalInformation],
    ["spectrum", smoothSpectrum],
  ] as const
).map(([name, write]) => ({
  write,
  weights: Float64Array.from({ length: FEATURE_SIZES[name] }, random.normal),
}));

/** A fixed linear function of the features of a pair, and its derivatives by the values. */
function differentiate({ soft, pull }: SoftPair): { value: number; dx: Float64Array; dy: Float64Array } {
  const n = soft.u.length;
  const gradient = { u: new Float64Array(n), v: new Float64Array(n) };
  let value = 0;
  for (const { write, weights } of FEATURES) {
    const out = new Float64Array(weights.length);
    write(soft, out, 0)(weights, 0, gradient);
    value += out.reduce((sum, feature, k) => sum + feature * weights[k], 0);
  }
  return { value, ...pull(gradient) };
}

describe.each([
  ["by default", undefined, 10_000],
  ["with little smoothing", 0.3, 10_000],
  ["with strong smoothing, of a sample that is thinned", 40, 150],
])("%s the derivatives are those of finite differences", (_, regularization, most) => {
  test.each(tenDistributions(250))("$name", ({ name, columns, p, q }) => {
    const [x, y] = columns(p, q);
    // Also with rows that have no pair.
    if (name === "wave") for (const row of [3, 77, 200]) y[row] = Number.NaN;
    const { dx, dy } = differentiate(prepare(x, y, regularization, most));
    const { normal } = draws(29);
    for (let round = 0; round < 3; round++) {
      // Rows move in proportion to what their moves do, lest those of the tails drown in those of the middle.
      const [tx, ty] = [dx, dy].map((slopes) => slopes.map((slope) => (slope === 0 ? 0 : normal() / slope)));
      if (round === 2) tx.fill(0);
      const expected = dx.reduce((sum, slope, i) => sum + slope * tx[i] + dy[i] * ty[i], 0);
      const h = 1e-8;
      const at = (t: number): number => {
        const moved = [
          [x, tx],
          [y, ty],
        ].map(([values, step]) => values.map((value, i) => value + t * step[i])) as [
          Float64Array,
          Float64Array,
        ];
        return differentiate(prepare(...moved, regularization, most)).value;
      };
      const difference = (at(h) - at(-h)) / (2 * h);
      expect(Math.abs(difference - expected)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected)));
    }
  });
});
