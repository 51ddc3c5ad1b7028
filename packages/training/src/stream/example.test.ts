import { createHash } from "node:crypto";
import { applyOrientation, canonicalOrientation } from "infonet/copula";
import { expect, test } from "vitest";
import { KINDS } from "../prior/index.js";
import { createBatch } from "./batch.js";
import { BATCH_INPUTS } from "./inputs.js";

const SIZE = 6;
const POINTS = 40;

test("the stream is what it was", () => {
  const batch = createBatch(3, 0, 2);
  const digest = createHash("sha256");
  // What hangs on the last bits of exp and log, which differ between engines, is left out.
  for (const array of [batch.counts, batch.n, batch.kind]) digest.update(array);
  // Node 20. A change of the stream belongs into docs/training.md.
  expect(digest.digest("hex")).toBe("bb9d08a76737b0847b211e54268369638211fbc58ffb4b9edbbecf4b10a0d660");
  expect([...batch.mi].map((mi) => mi.toFixed(5))).toEqual(["0.18170", "1.75271"]);
});

test.each([
  ["points of the sample", { points: POINTS }],
  ["points of a density", { densityPoints: 64 }],
  ["the histogram of fresh points", { fresh: true }],
])("asking for %s changes nothing else in an example", (_, asked) => {
  const everything = { nMin: POINTS, points: POINTS, densityPoints: 64, fresh: true };
  const [plain, own, all] = [{ nMin: POINTS }, { nMin: POINTS, ...asked }, everything].map((options) =>
    createBatch(5, 12, SIZE, options),
  );
  for (const name of [...BATCH_INPUTS, "kind"] as const) {
    expect(own[name], name).toEqual(plain[name]);
    expect(all[name], name).toEqual(plain[name]);
  }
  for (const name of ["points", "normal", "fresh", "scores", "ratios", "slopes", "sloped"] as const) {
    expect(plain[name], name).toHaveLength(0);
    if (own[name].length > 0) expect(own[name], name).toEqual(all[name]);
  }
});

test("what is asked for has its sizes; the histogram's mass is 1, the log ratios are those of the law", () => {
  const count = 64;
  const batch = createBatch(5, 12, SIZE, { nMin: POINTS, points: POINTS, densityPoints: count, fresh: true });
  const { points, fresh, scores, ratios, slopes, sloped } = batch;
  expect([points, fresh, scores, ratios, slopes, sloped].map(({ length }) => length / SIZE)).toEqual([
    2 * POINTS,
    64 * 64,
    2 * count,
    count,
    2 * count,
    1,
  ]);
  for (let slot = 0; slot < SIZE; slot++) {
    const mass = fresh.subarray(slot * 64 * 64, (slot + 1) * 64 * 64).reduce((sum, value) => sum + value, 0);
    expect(mass).toBeCloseTo(1, 4);
    const own = ratios.subarray(slot * count, (slot + 1) * count);
    const mean = own.reduce((sum, ratio) => sum + ratio, 0) / count;
    // Stratified as the points that the truth is the mean over.
    expect(Math.abs(mean - batch.mi[slot])).toBeLessThan(0.25 + 0.1 * batch.mi[slot]);
  }
  for (const score of scores) expect(Math.abs(score)).toBeLessThanOrEqual(5);
});

test("a share of the samples is larger than all others, up to a million rows", () => {
  const options = { nMin: 40, nMax: 50, largeShare: 0, nLarge: 60 };
  const sizes = (hugeShare: number): number[] => [...createBatch(7, 0, 40, { ...options, hugeShare }).n];
  expect(Math.max(...sizes(0))).toBeLessThanOrEqual(50);
  const some = sizes(0.1);
  const huge = some.filter((n) => n > 50);
  expect(huge.length).toBeGreaterThan(0);
  expect(huge.length).toBeLessThan(15);
  expect(Math.min(...huge)).toBeGreaterThan(60);
  expect(Math.max(...huge)).toBeLessThanOrEqual(1_000_000);
});

test("laws of levels: every one has rows, their number is told, and the ratios at the points are the law's", () => {
  const count = 48;
  const options = { densityPoints: count, levelShare: 1, nMin: 200, nMax: 4000, largeShare: 0 };
  const batch = createBatch(6, 0, 12, options);
  expect([...batch.kind].every((kind) => KINDS[kind] === "levels")).toBe(true);
  for (let slot = 0; slot < 12; slot++) {
    expect(batch.levels[slot]).toBeGreaterThanOrEqual(2);
    expect(3 * batch.levels[slot]).toBeLessThanOrEqual(batch.n[slot] + 3);
    const mean = batch.ratios
      .subarray(slot * count, (slot + 1) * count)
      .reduce((sum, v) => sum + v / count, 0);
    expect(Math.abs(mean - batch.mi[slot])).toBeLessThan(0.25 + 0.1 * batch.mi[slot]);
    expect(batch.sloped[slot]).toBe(0);
  }
  expect([...createBatch(5, 0, SIZE).levels]).toEqual(new Array(SIZE).fill(0));
});

test("points are different points of the sample, and an example's own whatever the batch", () => {
  const options = { nMin: POINTS, nMax: 400, largeShare: 0, points: POINTS };
  const batch = createBatch(5, 0, SIZE, options);
  for (let slot = 0; slot < SIZE; slot++) {
    const own = batch.points.subarray(slot * POINTS * 2, (slot + 1) * POINTS * 2);
    expect(createBatch(5, slot, 1, options).points).toEqual(own);
    const n = batch.n[slot];
    for (const axis of [0, 1]) {
      const ranks = Array.from({ length: POINTS }, (_, k) => own[2 * k + axis] * n - 0.5);
      for (const rank of ranks) expect(Math.abs(rank - Math.round(rank))).toBeLessThan(1e-3);
      expect(new Set(ranks.map(Math.round)).size).toBe(POINTS);
      expect(Math.min(...ranks)).toBeGreaterThan(-0.5);
      expect(Math.max(...ranks)).toBeLessThan(n - 0.5);
      // Random order: neither ascending nor descending.
      expect(ranks.filter((rank, k) => k > 0 && rank > ranks[k - 1]).length).toBeGreaterThan(POINTS / 4);
      expect(ranks.filter((rank, k) => k > 0 && rank < ranks[k - 1]).length).toBeGreaterThan(POINTS / 4);
    }
  }
});

test("points have the canonical orientation of the sample", () => {
  // As many points as the sample has: they are the whole permutation.
  const batch = createBatch(8, 0, SIZE, { nMin: 64, nMax: 64, largeShare: 0, points: 64 });
  const turned = new Set<string>();
  for (let slot = 0; slot < SIZE; slot++) {
    const perm = new Uint32Array(64);
    for (let k = 0; k < 64; k++) {
      const [u, v] = batch.points.subarray(2 * (slot * 64 + k));
      perm[Math.round(u * 64 - 0.5)] = Math.round(v * 64 - 0.5);
    }
    expect(applyOrientation(perm, canonicalOrientation(perm))).toEqual(perm);
    turned.add(perm.join());
  }
  expect(turned.size).toBe(SIZE);
});

test("more points than the smallest sample has are refused", () => {
  expect(() => createBatch(1, 0, 1, { points: 64 })).toThrow(/points is 64, but samples may have 32/);
  expect(() => createBatch(1, 0, 1, { points: 20 })).toThrow(/points is 20, but samples may have 8/);
  expect(() => createBatch(1, 0, 1, { points: 20_000, nMin: 20_000 })).toThrow(/samples may have 10000/);
});
