import { InfoNet } from "infonet";
import { ksg } from "infonet/classical";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random } from "../random.js";
import { columnScores, correlation, informationScores, meanScores, type ScoreOptions } from "./scores.js";
import type { Tracks } from "./tracks.js";

const frames = 1000;
const random = new Random(1);
const draw = (): Float64Array => Float64Array.from({ length: frames }, () => random.normal());
const [a, b, c, d] = [draw(), draw(), draw(), draw()];
const mixed = (x: Float64Array, y: Float64Array, rho: number): Float64Array =>
  x.map((value, t) => rho * value + Math.sqrt(1 - rho * rho) * y[t]);
/** Point 1 follows point 0 in x with correlation 0.9, in y with 0.6; point 2 is point 0's x three frames later. */
const tracks: Tracks = {
  frames,
  x: [a, mixed(a, b, 0.9), a.map((_, t) => (t < 3 ? Number.NaN : a[t - 3])), a.map(() => Number.NaN)],
  y: [c, mixed(c, d, 0.6), b, b],
};
const pairs = [
  [0, 1],
  [0, 2],
  [0, 3],
] as const;
const options = (...lags: number[]): ScoreOptions => ({
  lags,
  signal: new AbortController().signal,
  onProgress: () => undefined,
});

let net: InfoNet;
beforeAll(async () => {
  net = await InfoNet.load();
});
afterAll(() => net.dispose());

test("scores are means over x and y, of normal tracks in closed form", async () => {
  const truth = (-0.5 * Math.log(1 - 0.81) - 0.5 * Math.log(1 - 0.36)) / 2;
  const [information] = await informationScores(net, tracks, pairs, options(0));
  expect(Math.abs(information - truth)).toBeLessThan(0.07);
  expect(Math.abs(columnScores((x, y) => ksg(x, y), tracks, pairs, options(0))[0] - truth)).toBeLessThan(
    0.07,
  );
  expect(Math.abs(columnScores(correlation, tracks, pairs, options(0))[0] - 0.75)).toBeLessThan(0.03);
});

test("a lag finds what happens later, and points that are never seen together have no score", async () => {
  const [now, later] = [options(0), options(0, 3, -3)];
  expect(columnScores(correlation, tracks, pairs, now)[1]).toBeLessThan(0.1);
  // x agrees to the last digit; y has nothing to do with it.
  expect(columnScores(correlation, tracks, pairs, later)[1]).toBeGreaterThan(0.5);
  const [before, after] = [now, later].map((given) => informationScores(net, tracks, pairs, given));
  expect((await before)[1]).toBeLessThan(0.1);
  expect((await after)[1]).toBeGreaterThan(1);
  expect((await after)[2]).toBeNaN();
  expect(columnScores(correlation, tracks, pairs, now)[2]).toBeNaN();
});

test("an aborted run ends", async () => {
  const given = { ...options(0), signal: AbortSignal.abort(new Error("enough")) };
  expect(() => columnScores(correlation, tracks, pairs, given)).toThrow("enough");
  await expect(informationScores(net, tracks, pairs, given)).rejects.toThrow();
});

test("of several samples the mean counts, over those in which a pair has a score", () => {
  const none = Number.NaN;
  const samples = [
    [1, none, none],
    [2, 3, none],
  ].map((scores) => Float64Array.from(scores));
  expect([...meanScores(samples)]).toEqual([1.5, 3, none]);
});
