import { expect, test } from "vitest";
import { informationOf, type PairTable, uniqueInformation } from "./unique-information.js";

/** The two tables of a target that is a function of two columns of equally frequent levels. */
function tablesOf(
  levels: number,
  target: (a: number, b: number) => number,
  targets: number,
): [PairTable, PairTable] {
  const tables = [0, 1].map(() => ({ cells: new Float64Array(targets * levels), width: levels }));
  for (let a = 0; a < levels; a++) {
    for (let b = 0; b < levels; b++) {
      tables[0].cells[target(a, b) * levels + a] += 1 / levels ** 2;
      tables[1].cells[target(a, b) * levels + b] += 1 / levels ** 2;
    }
  }
  return [tables[0], tables[1]];
}

const BIT = Math.LN2;

test("unique information of textbook gates: either-or, and, the pair of both, one of two, the same", () => {
  const [x, y] = tablesOf(2, (a, b) => a ^ b, 2);
  expect(uniqueInformation(x, y)).toBeCloseTo(0, 6);
  // Bertschinger et al. 2014: both tell 0.311 bits of an and, none anything that the other does not.
  const [p, q] = tablesOf(2, (a, b) => a & b, 2);
  expect(informationOf(p) / BIT).toBeCloseTo(0.3113, 4);
  expect(uniqueInformation(p, q)).toBeLessThan(2e-3);
  // Two bits that are copied both: nothing is told twice.
  const [a, b] = tablesOf(2, (first, second) => 2 * first + second, 4);
  expect(uniqueInformation(a, b)).toBeCloseTo(BIT, 4);
  expect(uniqueInformation(b, a)).toBeCloseTo(BIT, 4);
  const [c, d] = tablesOf(3, (first) => first, 3);
  expect(uniqueInformation(c, d)).toBeCloseTo(Math.log(3), 5);
  expect(uniqueInformation(d, c)).toBeCloseTo(0, 5);
  const same = { cells: Float64Array.of(0.5, 0, 0, 0.5), width: 2 };
  expect(uniqueInformation(same, same)).toBeCloseTo(0, 4);
});

test("never negative, at most what the column tells, and symmetric in what both tell", () => {
  for (let seed = 1; seed < 20; seed++) {
    const random = (k: number): number => Math.abs(Math.sin(12.9898 * k + 78.233 * seed) * 43758.5453) % 1;
    const cells = (offset: number, width: number): Float64Array =>
      Float64Array.from({ length: 3 * width }, (_, k) => random(k + offset));
    const tables = [cells(0, 3), cells(100, 4)].map((values, side): PairTable => {
      const width = side === 0 ? 3 : 4;
      const out = new Float64Array(values.length);
      for (let t = 0; t < 3; t++) {
        const own = values.subarray(t * width, (t + 1) * width);
        const sum = own.reduce((total, value) => total + value, 0);
        for (const [k, value] of own.entries()) out[t * width + k] = value / sum / 3;
      }
      return { cells: out, width };
    });
    const [one, two] = [uniqueInformation(tables[0], tables[1]), uniqueInformation(tables[1], tables[0])];
    const [i, j] = tables.map(informationOf);
    expect(one).toBeGreaterThanOrEqual(0);
    expect(one).toBeLessThanOrEqual(i + 1e-9);
    expect(i - one).toBeCloseTo(j - two, 3);
  }
});
