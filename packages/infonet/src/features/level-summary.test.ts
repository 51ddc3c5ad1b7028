import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CodedColumn, codeColumn, mirroredColumn, orderLevels, selectRows } from "../copula/index.js";
import { plugInEntropy } from "../counts/entropy.js";
import { levelsAtRandom } from "../testing/levels.js";
import { draws, permutation } from "../testing/random.js";
import { type LevelSummary, levelSummary } from "./level-summary.js";

/** Rows of levels, and numbers by a law of the level. */
function sample(
  seed: number,
  n: number,
  levels: number,
  law: (level: number, normal: () => number) => number,
) {
  const { uniform, normal } = draws(seed);
  const codes = Float64Array.from(levelsAtRandom(n, levels, uniform));
  return { levels: codeColumn(codes), number: codeColumn(codes.map((level) => law(level, normal))) };
}

const summaryOf = ({ levels, number }: { levels: CodedColumn; number: CodedColumn }): LevelSummary =>
  levelSummary(orderLevels(levels, number), number);

function expectSame(a: LevelSummary, b: LevelSummary): void {
  const numbers = ({ informations, waves, ...others }: LevelSummary): number[] => [
    ...informations,
    ...waves,
    ...Object.values(others),
  ];
  for (const [k, value] of numbers(a).entries()) expect(value).toBeCloseTo(numbers(b)[k], 11);
}

test("names of levels, order of rows, and the direction of the number change nothing, with ties or without", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 12, max: 90 }),
      fc.integer({ min: 2, max: 7 }),
      fc.constantFrom(0, 1, 4),
      (seed, n, k, grid) => {
        const given = sample(seed, n, k, (level, normal) => {
          const value = level + normal();
          return grid === 0 ? value : Math.round(grid * value);
        });
        const { distinct } = given.levels;
        const names = permutation(seed + 1, distinct);
        const levels = { ...given.levels, places: given.levels.places.map((place) => names[place]) };
        const rows = permutation(seed + 2, n);
        const whole = summaryOf(given);
        expectSame(summaryOf({ ...given, levels }), whole);
        expectSame(summaryOf({ ...given, number: mirroredColumn(given.number) }), whole);
        const mixed = { levels: selectRows(given.levels, rows), number: selectRows(given.number, rows) };
        expectSame(summaryOf(mixed), whole);
      },
    ),
    { numRuns: 60 },
  );
});

describe("what is estimated", () => {
  test("is next to nothing where levels and number are independent", () => {
    const { informations, waves } = summaryOf(sample(1, 8000, 12, (_, normal) => normal()));
    for (const information of informations) expect(Math.abs(information)).toBeLessThan(0.012);
    for (const wave of waves) expect(Math.abs(wave)).toBeLessThan(0.0012);
  });

  test("is that of normal means where a normal variable's mean is all that differs", () => {
    // Means that are normal themselves make the whole normal: ½ ln(1 + ratio of the variances).
    const means = Array.from({ length: 200 }, (_, k) => k);
    const { normal: draw } = draws(5);
    const centres = means.map(() => draw());
    const { informations } = summaryOf(sample(2, 40_000, 200, (level, normal) => centres[level] + normal()));
    expect(informations[5]).toBeCloseTo(0.5 * Math.log(2), 1);
    expect(Math.abs(informations[5] - informations[3])).toBeLessThan(0.03);
  });

  test("with spreads of their own sees what means do not", () => {
    const { informations } = summaryOf(sample(3, 20_000, 2, (level, normal) => (level + 0.2) * normal()));
    expect(informations[5]).toBeLessThan(0.001);
    expect(informations[6]).toBeGreaterThan(0.15);
  });
});

test("stretches are counted as tables are: plug-in information less its bias", () => {
  const { levels, number } = sample(4, 600, 3, (level, normal) => level + normal());
  const { informations, entropy, single, n } = summaryOf({ levels, number });
  const stretch = number.places.map((place) => Math.floor((place * 5) / 600));
  const counts = (codes: ArrayLike<number>, size: number): Uint32Array => {
    const all = new Uint32Array(size);
    for (const code of Array.from(codes)) all[code]++;
    return all;
  };
  const rows = counts(levels.places, 3);
  const cells = counts(
    stretch.map((s, row) => 5 * levels.places[row] + s),
    15,
  );
  const occupied = cells.filter((count) => count > 0).length;
  const plugIn = plugInEntropy(rows) + plugInEntropy(counts(stretch, 5)) - plugInEntropy(cells);
  expect(informations[0]).toBeCloseTo(plugIn - (occupied - 3 - 5 + 1) / 1200, 12);
  expect(entropy).toBeCloseTo(plugInEntropy(rows), 12);
  expect([n, single]).toEqual([600, 0]);
});
