import { describe, expect, test } from "vitest";
import { AbortedError } from "../errors.js";
import { normalVectors } from "../testing/matrices.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { SlicedInformation } from "./types.js";

const net = await releasedNet();

const [x, y] = normalVectors(1, 1500, 3, 3, 0.8);

test("the mean over projections of normal vectors, whose correlations are known", async () => {
  const result = await net.sliced(x, y, { seed: 2, tolerance: 0.01, slices: 256 });
  // a and b uniform on the sphere: the projections have correlation 0.8 aᵀb, and aᵀb is uniform in three dimensions.
  const steps = 2000;
  let exact = 0;
  for (let k = 0; k < steps; k++) exact += normalInformation((0.8 * (k + 0.5)) / steps) / steps;
  expect(Math.abs(result.mi - exact)).toBeLessThan(4 * result.standardError + 0.01);
  expect(result.converged).toBe(true);
  expect(result.standardError).toBeLessThanOrEqual(0.01);
  expect(result.slices % 16).toBe(0);
  expect(result.mi).toBeLessThan(0.5 * 3 * normalInformation(0.8));
});

test("the same seed gives the same slices; more of them tell more", async () => {
  const options = { seed: 3, tolerance: 0, slices: 48 };
  const once = await net.sliced(x, y, options);
  expect(await net.sliced(x, y, options)).toEqual(once);
  expect(once.converged).toBe(false);
  expect(once.slices).toBe(48);
  const bits = await net.sliced(x, y, { ...options, units: "bits" });
  expect(bits.mi).toBeCloseTo(once.mi / Math.LN2, 12);
  expect((await net.sliced(x, y, { ...options, seed: 4 })).mi).not.toBe(once.mi);
});

test("slices of two dimensions share more than those of one, and all dimensions share everything", async () => {
  const [a, b] = normalVectors(5, 800, 2, 2, 0.7);
  const options = { tolerance: 0, minSlices: 2 };
  const lines = await net.sliced(a, b, { ...options, slices: 64 });
  const planes = await net.sliced(a, b, { ...options, slices: 4, dimensions: 2 });
  expect(planes.mi).toBeGreaterThan(2 * lines.mi);
  expect(Math.abs(planes.mi - 2 * normalInformation(0.7))).toBeLessThan(0.12);
});

test("the best pair of projections: its direction, and a value that the search has not seen", async () => {
  const { normal } = draws(6);
  const [n, d] = [1500, 4];
  const [a, b] = normalVectors(7, n, d, 0, 0);
  for (let i = 0; i < n; i++) b.data[i * d + 2] = 0.9 * a.data[i * d + 1] + Math.sqrt(1 - 0.81) * normal();
  const { mi, found, directions } = await net.maxSliced(a, b, { seed: 1 });
  expect(Math.hypot(...directions.x)).toBeCloseTo(1, 12);
  expect(Math.abs(directions.x[1])).toBeGreaterThan(0.85);
  expect(Math.abs(directions.y[2])).toBeGreaterThan(0.85);
  expect(mi).toBeGreaterThan(0.55 * normalInformation(0.9));
  expect(mi).toBeLessThan(normalInformation(0.9) + 0.1);
  expect(found).toBeGreaterThan(0.5 * normalInformation(0.9));
});

test("the unit of a column does not matter unless columns are to be taken as they are", async () => {
  const [a, b] = normalVectors(11, 300, 2, 2, 0.8);
  // Of X the first column in a unit that is 1024 times as small.
  const other = { ...a, data: a.data.map((v, k) => (k % 2 ? v : 1024 * v)) };
  const slices = { tolerance: 0, slices: 8 };
  const search = { starts: 8, rounds: 1 };
  expect(await net.sliced(other, b, slices)).toEqual(await net.sliced(a, b, slices));
  expect(await net.maxSliced(other, b, search)).toEqual(await net.maxSliced(a, b, search));
  const raw = { standardize: false };
  expect((await net.sliced(other, b, { ...slices, ...raw })).mi).not.toBe(
    (await net.sliced(a, b, { ...slices, ...raw })).mi,
  );
  // Their directions see little else than the column of the large scale.
  const { directions } = await net.maxSliced(other, b, { ...search, ...raw });
  expect(directions).not.toEqual((await net.maxSliced(a, b, { ...search, ...raw })).directions);
});

test("an abort keeps the mean so far; progress counts slices", async () => {
  const controller = new AbortController();
  const done: number[] = [];
  const call = net.sliced(x, y, {
    tolerance: 0,
    signal: controller.signal,
    onProgress: (progress) => {
      done.push(progress.done);
      if (done.length === 2) controller.abort();
    },
  });
  const error = await call.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AbortedError);
  expect((error as AbortedError<SlicedInformation>).partial.slices).toBe(32);
  expect(done).toEqual([16, 32]);
});

test.each([
  [{ dimensions: 4 }, "dimensions is 4; X has 3 columns"],
  [{ tolerance: -1 }, "tolerance is -1"],
  [{ slices: 1 }, "slices is 1"],
])("%j is refused", async (options, message) => {
  const call = net.sliced(x, y, options);
  await expect(call).rejects.toMatchObject({ name: "InfoNetError", code: "invalid-option" });
  await expect(call).rejects.toThrow(message);
});

describe("at the edges of the doubles", () => {
  const [a, b] = normalVectors(9, 60, 2, 2, 0.8);
  // Whole numbers keep all their digits at either end of the range.
  const whole = { ...a, data: a.data.map((v) => Math.round(1000 * v)) };
  const times = (power: number) => ({
    ...whole,
    data: whole.data.map((v) => v * 2 ** (power / 2) * 2 ** (power / 2)),
  });
  const [raw, scaled] = [{ standardize: false }, { standardize: true }];
  const edge = Number.MAX_VALUE / Math.max(...whole.data.map(Math.abs));

  test.each([raw, scaled, { ...raw, dimensions: 2 }])("slices stay what they are: %j", async (own) => {
    const options = { ...own, slices: 8, minSlices: 8, tolerance: 0 };
    const expected = await net.sliced(whole, b, options);
    for (const power of [-1074, -1060, 600, 1000, 1010]) {
      expect(await net.sliced(times(power), b, options), `2^${power}`).toEqual(expected);
      expect((await net.sliced(b, times(power), options)).mi).not.toBeNaN();
    }
    const far = { ...whole, data: whole.data.map((v) => v * edge) };
    expect((await net.sliced(far, b, options)).mi).toBeCloseTo(expected.mi, 6);
  });

  test.each([raw, scaled])("so does the best pair of projections: %j", async (own) => {
    const options = { ...own, starts: 8, rounds: 1 };
    const expected = await net.maxSliced(whole, b, options);
    for (const power of [-1074, 1010])
      expect(await net.maxSliced(times(power), b, options)).toEqual(expected);
  });

  test("what goes by ranks alone stays, too", async () => {
    const far = times(1010);
    const near = times(-1074);
    expect(JSON.stringify(await net.joint(far, near))).toBe(JSON.stringify(await net.joint(whole, whole)));
    const options = { permutations: 19 };
    expect(await net.independence(far, near, options)).toEqual(await net.independence(whole, whole, options));
    const x = whole.data.subarray(0, 60);
    const given = (z: typeof whole) => net.conditional(x, b.data.subarray(0, 60), z, options);
    expect(await given(far)).toEqual(await given(whole));
    expect(await given(near)).toEqual(await given(whole));
  });
});

test("constant variables are refused, constant columns are not", async () => {
  const flat = { data: new Float64Array(60), width: 2 };
  const half = { data: Float64Array.from({ length: 60 }, (_, k) => (k % 2 ? k : 0)), width: 2 };
  await expect(net.sliced(flat, half)).rejects.toMatchObject({ code: "constant" });
  const { mi } = await net.sliced(half, half, { slices: 4, tolerance: 0, minSlices: 2 });
  expect(mi).toBeGreaterThan(1);
  await expect(net.maxSliced(flat, half)).rejects.toMatchObject({ code: "constant" });
});

test("more columns than rows, ties, missing values", async () => {
  const [a, b] = normalVectors(8, 30, 40, 1, 0.9);
  a.data[5] = Number.NaN;
  const rounded = { ...b, data: b.data.map(Math.round) };
  const { mi, n } = await net.sliced(a, rounded, { slices: 16, tolerance: 0, minSlices: 2 });
  expect(Number.isFinite(mi)).toBe(true);
  expect(n).toBe(29);
  const best = await net.maxSliced(a, rounded, { starts: 16, rounds: 2 });
  for (const value of [best.mi, ...best.interval, best.found]) expect(Number.isFinite(value)).toBe(true);
});
