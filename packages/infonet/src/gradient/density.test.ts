/** Derivatives through the density of each sample. */

import { expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { CopulaDensity, MIXTURE_NUMBERS } from "../density/index.js";
import { mean } from "../numerics/moments.js";
import { numberSample } from "../pairs/samples.js";
import { FakeTensor, fakeNetwork, type Tensors } from "../testing/fake-network.js";
import { normalMixture } from "../testing/mixtures.js";
import { normalPair } from "../testing/random.js";
import { CRITIC } from "./density.js";
import { ScoreColumn, scoresToValues } from "./score-column.js";
import { matchScores } from "./score-matching.js";

/** A pair whose complete rows are every second one of the input. */
function pairOf(n: number, seed: number, rho: number) {
  const [x, y] = normalPair(seed, n, rho);
  const rows = Uint32Array.from({ length: n }, (_, k) => 2 * k + 1);
  const input = (values: Float64Array): Float64Array => {
    const result = new Float64Array(2 * n + 1).fill(Number.NaN);
    for (let k = 0; k < n; k++) result[rows[k]] = values[k];
    return result;
  };
  const sample = { ...numberSample(codeColumn(x), codeColumn(y), Infinity), rows, warnings: [] };
  const [a, b] = [x, y].map((values, k) => ({
    name: "xy"[k],
    values: input(values),
    fixed: k === 1 && seed === 2,
  }));
  return { x, y, rows, sample, pair: CRITIC.prepared(a, b, sample, { seed: 0 }) };
}

test("of each slot its own quantile, the mean of its own density at its rows, and slopes matched to these at the rows of the input", async () => {
  const rhos = [0, 0.7];
  const change = async (outputs: Tensors) => {
    const data = new Float32Array(4 * MIXTURE_NUMBERS);
    for (const [slot, rho] of rhos.entries()) data.set(normalMixture(rho), slot * MIXTURE_NUMBERS);
    return { ...outputs, mixture: new FakeTensor("float32", data) };
  };
  const { network, log } = await fakeNetwork({ change });
  const pairs = [pairOf(20, 1, 0.2), pairOf(30, 2, -0.8)];
  const both = await CRITIC.differentiated(network, pairs);
  expect(log.runs.map(({ graph }) => graph)).toEqual(["values-two", "four"]);
  expect(both.map(({ nats }) => nats)).toEqual([20, 30].map((n) => (n + 1 / 8192) ** 2));
  for (const [slot, { x, y, rows, sample }] of pairs.entries()) {
    const columns = [new ScoreColumn(sample.xRanks), new ScoreColumn(sample.yRanks)] as const;
    const density = CopulaDensity.read(normalMixture(rhos[slot]), sample.orientation);
    const derivatives = density.derivatives(columns[0].scores, columns[1].scores);
    const matched = matchScores({ columns, derivatives, nats: both[slot].nats });
    expect(both[slot].lowerBound).toBeCloseTo(mean(derivatives.logDensity), 12);
    const expected = {
      dx: scoresToValues("x", columns[0], x)(matched.x),
      // Nothing is differentiated by what is fixed.
      dy: slot === 1 ? new Float64Array(30) : scoresToValues("y", columns[1], y)(matched.y),
    };
    for (const [name, slopes] of Object.entries(expected)) {
      const found = both[slot][name as "dx" | "dy"];
      expect(found.length).toBe(2 * rows.length + 1);
      expect(found.filter((_, row) => row % 2 === 0).every((slope) => slope === 0)).toBe(true);
      for (const [k, row] of rows.entries()) expect(found[row]).toBeCloseTo(slopes[k], 12);
    }
  }
});
