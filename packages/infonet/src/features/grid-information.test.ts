import fc from "fast-check";
import { expect, test } from "vitest";
import { codeColumn, inverse, orientColumns } from "../copula/index.js";
import { digamma } from "../numerics/digamma.js";
import { normalInformation, normalPair, permutation } from "../testing/random.js";
import { noisyRise } from "../testing/ranks.js";
import { gridInformation, ROWS_A_CELL } from "./grid-information.js";

/** G of Grassberger (2003) as it is defined. */
const logOfMean = (count: number): number =>
  digamma(count) + ((-1) ** count / 2) * (digamma((count + 1) / 2) - digamma(count / 2));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Entropies of both axes less that of the cells, with names for cells; the mean over shifts by half a cell. */
function byHand(perm: Uint32Array): { informations: number[]; filled: number } {
  const n = perm.length;
  const all = ROWS_A_CELL.map((rows) => {
    const cells = Math.max(1, Math.round(Math.sqrt(n / rows)));
    const counts = (nameOf: (u: number) => string): number[] => {
      const found = new Map<string, number>();
      for (let u = 0; u < n; u++) found.set(nameOf(u), (found.get(nameOf(u)) ?? 0) + 1);
      return [...found.values()];
    };
    const axis = (nameOf: (u: number) => string): number =>
      sum(counts(nameOf).map((count) => (count / n) * Math.log(n / count)));
    const shifted = [0, 0.5].flatMap((ofU) => [0, 0.5].map((ofV) => ({ ofU, ofV })));
    const tables = shifted.map(({ ofU, ofV }) => {
      const cellOf = (rank: number, shift: number): number => Math.floor(((rank + 0.5) * cells) / n + shift);
      const [x, y] = [(u: number) => `${cellOf(u, ofU)}`, (u: number) => `${cellOf(perm[u], ofV)}`];
      const joint = counts((u) => `${x(u)} ${y(u)}`);
      const entropy = sum(joint.map((count) => (count / n) * (Math.log(n) - logOfMean(count))));
      return { information: axis(x) + axis(y) - entropy, filled: joint.length / n };
    });
    return {
      information: sum(tables.map(({ information }) => information)) / tables.length,
      filled: tables[0].filled,
    };
  });
  return { informations: all.map(({ information }) => information), filled: all[0].filled };
}

test("it is entropies of the axes less that of the cells, for points spread, dense, and few", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 999 }), (n, seed) => {
      for (const perm of [permutation(seed, n), noisyRise(seed, n)]) {
        const [found, expected] = [gridInformation(perm), byHand(perm)];
        expect(found.filled).toBe(expected.filled);
        for (const [k, value] of found.informations.entries()) {
          expect(value).toBeCloseTo(expected.informations[k], 10);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("turning the square changes nothing", () => {
  const perm = noisyRise(3, 700);
  const { informations, filled } = gridInformation(perm);
  for (const other of [perm.map((v) => 699 - v), perm.slice().reverse(), inverse(perm)]) {
    const turned = gridInformation(other);
    expect(turned.filled).toBe(filled);
    for (const [k, value] of turned.informations.entries()) expect(value).toBeCloseTo(informations[k], 10);
  }
});

test("independence is zero at every side", () => {
  for (const seed of [1, 2, 3, 4]) {
    for (const value of gridInformation(permutation(seed, 40_000)).informations) {
      expect(Math.abs(value)).toBeLessThan(0.01);
    }
  }
});

test("a normal pair: what cells blur grows with them, and is little where they are fine", () => {
  const [x, y] = normalPair(5, 100_000, 0.8);
  const { perms } = orientColumns(codeColumn(x), codeColumn(y));
  const missing = gridInformation(perms[0]).informations.map((value) => normalInformation(0.8) - value);
  expect(Math.abs(missing[0])).toBeLessThan(0.01);
  expect(missing[3]).toBeGreaterThan(missing[2]);
  expect(missing[2]).toBeGreaterThan(missing[1]);
});
