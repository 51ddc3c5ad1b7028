import { expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws, permutation } from "../testing/random.js";
import {
  SCREEN_FUNCTIONS,
  type Screened,
  screenEvidence,
  screenFunctions,
  screenThreshold,
  surelySeen,
} from "./screen.js";
import { waveEvidence } from "./wave-evidence.js";

/** A · Bᵀ as it is defined. */
function product(a: Float32Array, b: Float32Array, width: number): Float32Array {
  const [rows, columns] = [a.length / width, b.length / width];
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < width; k++) sum += a[i * width + k] * b[j * width + k];
    return sum;
  });
}

function screened(x: Float64Array, y: Float64Array): Screened {
  const [a, b] = [x, y].map((values) => screenFunctions(codeColumn(values)));
  return screenEvidence(product(a, b, x.length), SCREEN_FUNCTIONS, 0, 0);
}

test.each([20, 200, 1000])("without ties it is the evidence of waves, of %i rows", (n) => {
  const perm = permutation(3, n);
  for (const share of [0, 0.3, 0.9]) {
    const x = Float64Array.from(perm, (_, k) => k);
    const y = Float64Array.from(perm, (rank, k) => (1 - share) * rank + share * k);
    const order = [...y.keys()].sort((i, j) => y[i] - y[j]);
    const ranks = new Uint32Array(n);
    for (const [rank, row] of order.entries()) ranks[row] = rank;
    const { evidence, n: rows } = screened(x, y);
    expect(rows).toBe(n);
    const right = waveEvidence(ranks);
    // Waves are divided by their own standard deviations here, which are 1 but for the cells that few ranks fall into.
    expect(Math.abs(evidence - right)).toBeLessThan(0.05 + 0.05 * Math.abs(right) * (20 / n));
  }
});

test("rows in which a value is missing say nothing", () => {
  const { normal } = draws(5);
  const n = 300;
  const x = Float64Array.from({ length: n }, normal);
  const y = x.map((value) => value + normal());
  const holes = (column: Float64Array, every: number) =>
    column.map((value, k) => (k % every === 0 ? Number.NaN : value));
  const [a, b] = [holes(x, 3), holes(y, 7)];
  const rows = [...a.keys()].filter((k) => !Number.isNaN(a[k] + b[k]));
  const found = screened(a, b);
  expect(found.n).toBe(rows.length);
  const complete = screened(
    Float64Array.from(rows, (k) => a[k]),
    Float64Array.from(rows, (k) => b[k]),
  );
  // Ranks among all values of a column, or among those of the rows that the pair has: hardly a difference.
  expect(found.evidence / complete.evidence).toBeGreaterThan(0.9);
  expect(found.evidence / complete.evidence).toBeLessThan(1.1);
});

test("ties, flips and the exchange of the columns", () => {
  const { uniform } = draws(9);
  const x = Float64Array.from({ length: 400 }, () => Math.floor(5 * uniform()));
  const y = x.map((value) => Math.floor((value + 8 * uniform()) / 3));
  const { evidence } = screened(x, y);
  expect(evidence).toBeGreaterThan(10);
  for (const [a, b] of [
    [y, x],
    [x.map((value) => -value), y],
    [x.map((value) => Math.exp(value)), y],
  ]) {
    expect(screened(a, b).evidence).toBeCloseTo(evidence, 3);
  }
});

test("what is surely seen: a normal pair of that information passes in at least 19 of 20 samples", () => {
  const { normal } = draws(11);
  const [threshold, n] = [6, 500];
  const information = surelySeen(threshold, n);
  expect(information).toBeGreaterThan(0);
  expect(surelySeen(threshold, 2 * n)).toBeLessThan(information);
  expect(surelySeen(2 * threshold, n)).toBeGreaterThan(information);
  const rho = Math.sqrt(1 - Math.exp(-2 * information));
  let passed = 0;
  for (let sample = 0; sample < 200; sample++) {
    const x = Float64Array.from({ length: n }, normal);
    const y = x.map((value) => rho * value + Math.sqrt(1 - rho * rho) * normal());
    if (screened(x, y).evidence >= threshold) passed++;
  }
  expect(passed).toBeGreaterThanOrEqual(190);
  expect(surelySeen(6, 10)).toBe(Number.POSITIVE_INFINITY);
});

const board =
  (fields: number, tilt: number) =>
  (x: number, uniform: () => number): number => {
    for (;;) {
      const y = uniform();
      const sign = (Math.floor(fields * x) + Math.floor(fields * y)) % 2 === 0 ? 1 : -1;
      if (uniform() * (1 + tilt) <= 1 + tilt * sign) return y;
    }
  };

// Of 0.1 nats each, about: a tilt t of a board has ½ t².
const shapes = {
  "a bow": (x: number, { normal }: ReturnType<typeof draws>) => 0.34 * (x * x - 1) + normal(),
  "a spread": (x: number, { normal }: ReturnType<typeof draws>) => Math.exp(0.35 * x) * normal(),
  "a cross": (x: number, { normal }: ReturnType<typeof draws>) =>
    0.7 * (normal() > 0 ? x : -x) + Math.sqrt(0.51) * normal(),
};

test.each(Object.entries(shapes))("%s is seen beside the waves, whichever column it is of", (_, law) => {
  const random = draws(13);
  const { shape: needed } = screenThreshold(1e-3, () => 0) ?? { shape: Number.NaN };
  for (let sample = 0; sample < 40; sample++) {
    const x = Float64Array.from({ length: 800 }, random.normal);
    const y = x.map((value) => law(value, random));
    expect(screened(x, y).shape).toBeGreaterThan(needed);
    expect(screened(y, x).shape).toBeCloseTo(screened(x, y).shape, 2);
  }
});

test.each([2, 4])("boards of %i fields a side are seen", (fields) => {
  const { uniform } = draws(fields);
  const { shape: needed } = screenThreshold(1e-3, () => 0) ?? { shape: Number.NaN };
  const law = board(fields, 0.45);
  for (let sample = 0; sample < 40; sample++) {
    const x = Float64Array.from({ length: 800 }, uniform);
    const y = x.map((value) => law(value, uniform));
    expect(screened(x, y).shape).toBeGreaterThan(needed);
  }
});

test.each([50, 400])("of %i independent rows, shapes let half of the share pass, or a little less", (n) => {
  const { shape: needed } = screenThreshold(0.1, () => 0) ?? { shape: Number.NaN };
  const { uniform } = draws(n);
  const samples = 3000;
  let passed = 0;
  const x = Float64Array.from({ length: n }, (_, k) => k);
  for (let sample = 0; sample < samples; sample++) {
    const y = Float64Array.from({ length: n }, uniform);
    if (screened(x, y).shape >= needed) passed++;
  }
  // 3.5 standard errors of a share of 0.05.
  expect(passed / samples).toBeLessThan(0.064);
  expect(passed / samples).toBeGreaterThan(0.03);
});

test("a threshold is half for waves, half for shapes; none without a table of waves", () => {
  const asked: number[] = [];
  const threshold = screenThreshold(0.02, (probability) => {
    asked.push(probability);
    return 5;
  });
  expect(asked).toEqual([0.01]);
  expect(threshold?.evidence).toBe(5);
  // Of χ² with one degree of freedom, 0.01 / 6 is above 9.8847.
  expect(threshold?.shape).toBeCloseTo(9.8847, 3);
  expect(screenThreshold(0.02, () => undefined)).toBeUndefined();
});

test("rows that lie in a part of a column are not judged by functions of the whole of it", () => {
  const { normal } = draws(17);
  const n = 2000;
  const time = Float64Array.from({ length: n }, (_, k) => k);
  const seen = (k: number): boolean => k >= 900 && k < 1100;
  const peak = time.map((k) => (seen(k) ? ((k - 1000) / 100) ** 2 + 0.1 * normal() : Number.NaN));
  expect(screened(time, peak)).toEqual({ evidence: Number.POSITIVE_INFINITY, shape: 0, n: 200 });
  expect(screened(peak, time).evidence).toBe(Number.POSITIVE_INFINITY);
  const anywhere = time.map((k) => ((k * 7919) % 10 === 0 ? normal() : Number.NaN));
  expect(screened(time, anywhere).evidence).toBeLessThan(10);
});

test.each<[string, (uniform: () => number) => number]>([
  ["0 or 1", (uniform) => Number(uniform() < 0.1)],
  ["mostly 0", (uniform) => Math.max(0, Math.floor(10 * uniform()) - 7)],
  ["1 to 5", (uniform) => Math.floor(5 * uniform())],
])("few values (%s) do not count one correlation several times", (_, law) => {
  const { uniform } = draws(19);
  const n = 400;
  const column = () => Float64Array.from({ length: n }, () => law(uniform));
  let passed = 0;
  const samples = 1500;
  // Untied ranks of 400 rows exceed this in one of twenty samples.
  for (let sample = 0; sample < samples; sample++)
    if (screened(column(), column()).evidence >= 0.46) passed++;
  expect(passed / samples).toBeLessThan(0.08);
});
