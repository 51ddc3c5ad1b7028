import { expect, test } from "vitest";
import { GRID } from "../features/index.js";
import { interpolate, logIntegral } from "../network/critic.js";
import { permutation } from "../testing/random.js";
import { LocalInformation } from "./local.js";
import type { PairSample } from "./pairs.js";

const STRAIGHT = { flipU: false, flipV: false, swap: false };

/** A sample of n rows, of which only what the critic is read at matters. */
function sampleOf(n: number, rows: Uint32Array | undefined, orientation = STRAIGHT): PairSample {
  const [xRanks, yRanks] = [permutation(1, n), permutation(2, n)];
  return { xRanks, yRanks, rows, n, orientation } as PairSample;
}

/** A critic whose density is a product of two margins that average one: (½ + u)(1½ − v) at the middles of the cells. */
const density = (u: number, v: number): number => (0.5 + u) * (1.5 - v);
const middle = (k: number): number => (k + 0.5) / GRID;
const critic = (scale: (u: number, v: number) => number): Float32Array =>
  Float32Array.from({ length: GRID * GRID }, (_, at) =>
    Math.log(scale(middle(at % GRID), middle(Math.floor(at / GRID)))),
  );

test("a density of whole margins is nothing: the critic is brought to uniform ones", () => {
  const local = new LocalInformation(critic(density), sampleOf(50, undefined));
  expect(Math.max(...local.density.map(Math.abs))).toBeLessThan(1e-5);
  expect(Math.abs(local.lowerBound())).toBeLessThan(1e-5);
});

/** 2 where both halves agree, else 0.01 of it, in a density of uniform margins. */
const agreeing = (u: number, v: number): number => (u < 0.5 === v < 0.5 ? 1.98 : 0.02);

test("every row has what the critic says at its ranks, in the unit asked for; rows without a value have none", () => {
  const n = 40;
  const rows = Uint32Array.from({ length: n }, (_, k) => 2 * k + 1);
  const sample = sampleOf(n, rows);
  const local = new LocalInformation(critic(agreeing), sample);
  const values = local.pointwise(2 * n + 1, 10);
  const halves = (ranks: Uint32Array, k: number) => ranks[k] < n / 2;
  for (let k = 0; k < n; k++) {
    expect(values[2 * k]).toBeNaN();
    const expected = halves(sample.xRanks, k) === halves(sample.yRanks, k) ? 1.98 : 0.02;
    // Near the middle lines the table is read between cells of both kinds.
    const far = [sample.xRanks[k], sample.yRanks[k]].every((rank) => Math.abs(rank + 0.5 - n / 2) > n / GRID);
    if (far) expect(values[2 * k + 1]).toBeCloseTo(10 * Math.log(expected), 3);
  }
  expect(values[2 * n]).toBeNaN();
  const whole = new LocalInformation(critic(agreeing), { ...sample, rows: undefined }).pointwise(n, 10);
  expect([...whole]).toEqual(Array.from(rows, (row) => values[row]));
});

test("ranks lie in the middle of their share of the square", () => {
  const n = 7;
  const sample = sampleOf(n, undefined);
  const local = new LocalInformation(
    critic((u, v) => Math.exp(u * v)),
    sample,
  );
  const at = (ranks: Uint32Array, k: number) => (ranks[k] + 0.5) / n;
  for (const [k, value] of local.pointwise(n, 2).entries()) {
    expect(value).toBe(2 * interpolate(local.density, at(sample.xRanks, k), at(sample.yRanks, k)));
  }
});

test("the bound is the mean of what is said of the rows less the logarithm of the integral", () => {
  const n = 60;
  const local = new LocalInformation(critic(agreeing), sampleOf(n, undefined));
  const sum = local.pointwise(n, 1).reduce((total, value) => total + value, 0);
  // What float32 leaves of margins that were brought to 1.
  expect(logIntegral(local.density)).toBeCloseTo(-1.906e-8, 10);
  expect(local.lowerBound()).toBe(sum / n - logIntegral(local.density));
});

test("the table comes back to the user's orientation", () => {
  const corner = (u: number, v: number): number => (u < 0.25 && v < 0.5 ? 3 : 1);
  const straight = new LocalInformation(critic(corner), sampleOf(20, undefined)).density;
  const turned = new LocalInformation(critic(corner), sampleOf(20, undefined, { ...STRAIGHT, flipU: true }))
    .density;
  for (const [i, j] of [
    [0, 0],
    [10, 20],
    [50, 3],
  ]) {
    expect(turned[j * GRID + (GRID - 1 - i)]).toBe(straight[j * GRID + i]);
  }
});
