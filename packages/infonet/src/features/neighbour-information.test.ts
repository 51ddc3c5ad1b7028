import fc from "fast-check";
import { expect, test } from "vitest";
import { codeColumn, inverse, orientColumns } from "../copula/index.js";
import { digamma } from "../numerics/digamma.js";
import { normalInformation, normalPair, permutation } from "../testing/random.js";
import { noisyRise } from "../testing/ranks.js";
import { NEIGHBOURS, neighbourInformation } from "./neighbour-information.js";

/** The formula as it stands, with all distances. */
function byHand(perm: Uint32Array): number[] {
  const n = perm.length;
  return NEIGHBOURS.map((k) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const distances = Array.from(perm, (v, j) => Math.max(Math.abs(i - j), Math.abs(perm[i] - v)));
      distances.splice(i, 1);
      const reach = distances.sort((a, b) => a - b)[k - 1];
      const along = (place: number): number =>
        Math.min(n, place + 0.5 + reach) - Math.max(0, place + 0.5 - reach) - 1;
      sum += Math.log((along(i) / (n - 1)) * (along(perm[i]) / (n - 1)));
    }
    return digamma(k) - digamma(n) - sum / n;
  });
}

const near = (a: readonly number[], b: readonly number[]): void => {
  for (const [k, value] of a.entries()) expect(value).toBeCloseTo(b[k], 10);
};

test("it is the formula of Kozachenko and Leonenko in the unit square, for points spread, dense, and few", () => {
  fc.assert(
    fc.property(fc.integer({ min: 31, max: 120 }), fc.integer({ min: 0, max: 999 }), (n, seed) => {
      for (const perm of [
        permutation(seed, n),
        noisyRise(seed, n),
        Uint32Array.from({ length: n }, (_, k) => k),
      ]) {
        near(neighbourInformation(perm), byHand(perm));
      }
    }),
    { numRuns: 40 },
  );
});

test("turning the square changes nothing", () => {
  const perm = noisyRise(3, 700);
  const flipped = perm.map((v) => 699 - v);
  for (const other of [flipped, perm.slice().reverse(), inverse(perm)]) {
    near(neighbourInformation(other), neighbourInformation(perm));
  }
});

test.each([0, 0.6, 0.99])("normal columns with correlation %f: the closed form", (correlation) => {
  const [x, y] = normalPair(5, 20_000, correlation);
  const { perms } = orientColumns(codeColumn(x), codeColumn(y));
  for (const information of neighbourInformation(perms[0])) {
    expect(Math.abs(information - normalInformation(correlation))).toBeLessThan(0.03);
  }
});
