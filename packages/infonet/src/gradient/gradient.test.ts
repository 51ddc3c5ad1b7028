import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { AbortedError } from "../errors.js";
import { InfoNet } from "../infonet.js";
import { tenDistributions } from "../testing/distributions.js";
import { draws, normalPair } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { Gradient, GradientOptions, GradientResult } from "./types.js";

const net = await releasedNet();

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, v, i) => sum + v * b[i], 0);

const n = 200;

describe("through the estimate, derivatives along a path add up to the change of the estimate", () => {
  test.each(tenDistributions(n))("$name", async ({ columns, slopes, p, q }) => {
    const ones = new Float64Array(n).fill(1);
    /** Estimates and their derivatives by p and q, at places along a path. */
    const along = async (dp: Float64Array, dq: Float64Array, places: readonly number[]) => {
      const latent = places.map(
        (t) => [p.map((v, i) => v + t * dp[i]), q.map((v, i) => v + t * dq[i])] as const,
      );
      const results = await net.gradientMany(
        latent.map((pair) => columns(...pair)),
        { through: "estimate", seed: 1 },
      );
      return results.map((result, k) => {
        const { mi, dx, dy } = result as Gradient;
        const [sx, sy] = slopes?.(...latent[k]) ?? [ones, ones];
        return { mi, byP: dx.map((d, i) => d * sx[i]), byQ: dy.map((d, i) => d * sy[i]) };
      });
    };
    // Uphill, with other rows mixed in, so far that the estimate changes by about 0.01: the network computes in single
    // precision, and a change must be well above what that leaves.
    const still = new Float64Array(n);
    const [start] = await along(still, still, [0]);
    const random = draws(11);
    const size = Math.hypot(...start.byP, ...start.byQ);
    const mixed = (slope: number): number =>
      (slope / size + (0.2 * random.normal()) / Math.sqrt(2 * n)) / size;
    const [dp, dq] = [start.byP.map(mixed), start.byQ.map(mixed)];
    const reach = 0.005;
    // The soft ranks have corners where pools merge and part, so that derivatives at single points do not make up for
    // finite differences; their mean over the path does.
    const points = 160;
    const places = Array.from({ length: points }, (_, k) => reach * ((2 * k + 1) / points - 1));
    const [above, below, ...between] = await along(dp, dq, [reach, -reach, ...places]);
    const change = above.mi - below.mi;
    const mean = between.reduce((sum, { byP, byQ }) => sum + (dot(dp, byP) + dot(dq, byQ)) / points, 0);
    expect(Math.abs(change)).toBeGreaterThan(0.5 * reach);
    expect(Math.abs(2 * reach * mean - change)).toBeLessThan(1e-3 * Math.abs(change));
  });
});

describe.each(["estimate", "critic"] as const)("through the %s", (through) => {
  const [a, b] = normalPair(21, 400, 0.7);
  const close = (actual: Float64Array, expected: Float64Array, tolerance = 1e-4): void => {
    const scale = Math.hypot(...expected) / Math.sqrt(expected.length);
    for (const [i, value] of expected.entries()) {
      expect(Math.abs(actual[i] - value)).toBeLessThan(tolerance * scale);
    }
  };

  test("variables exchanged or mirrored have their derivatives exchanged or mirrored", async () => {
    const { mi, dx, dy } = await net.gradient(a, b, { through, seed: 2 });
    const turned = await net.gradient(
      b,
      a.map((v) => -v),
      { through, seed: 2 },
    );
    expect(turned.mi).toBeCloseTo(mi, 5);
    close(turned.dx, dy);
    close(
      turned.dy.map((v) => -v),
      dx,
    );
  });

  test("units and origin of a variable do not matter, so that moving or stretching it changes nothing", async () => {
    const { mi, dx, dy } = await net.gradient(a, b, { through });
    const moved = await net.gradient(
      a.map((v) => 1e4 * v - 77),
      b,
      { through },
    );
    expect(moved.mi).toBeCloseTo(mi, 5);
    close(
      moved.dx.map((v) => 1e4 * v),
      dx,
    );
    close(moved.dy, dy);
    for (const [values, slopes] of [
      [a, dx],
      [b, dy],
    ]) {
      const size = Math.hypot(...slopes);
      expect(size).toBeGreaterThan(0);
      expect(Math.abs(slopes.reduce((sum, d) => sum + d, 0))).toBeLessThan(1e-9 * size);
      expect(Math.abs(dot(slopes, values))).toBeLessThan(1e-9 * size);
    }
  });

  test("uphill in its only parameter, the correlation, as far as calculus says", async () => {
    // dI/dρ = ρ/(1 − ρ²). The mean over samples; single ones scatter.
    const slopes: number[] = [];
    const rho = 0.8;
    const rest = Math.sqrt(1 - rho ** 2);
    for (let seed = 1; seed <= 40; seed++) {
      const [p, q] = normalPair(seed, 500, 0);
      const y = p.map((v, i) => rho * v + rest * q[i]);
      const { dy } = await net.gradient(p, y, { through, seed });
      slopes.push(
        dot(
          dy,
          p.map((v, i) => v - (rho / rest) * q[i]),
        ),
      );
    }
    const mean = slopes.reduce((sum, s) => sum + s, 0) / slopes.length;
    const truth = rho / (1 - rho ** 2);
    expect(mean).toBeGreaterThan(0.5 * truth);
    expect(mean).toBeLessThan(1.5 * truth);
  });

  test("in bits all is larger by 1/ln 2; the same seed gives the same", async () => {
    const nats = await net.gradient(a, b, { through, seed: 5 });
    const bits = await net.gradient(a, b, { through, seed: 5, units: "bits" });
    expect(bits.mi).toBeCloseTo(nats.mi / Math.LN2, 10);
    close(
      bits.dx.map((v) => v * Math.LN2),
      nats.dx,
      1e-9,
    );
    expect((await net.gradient(a, b, { through, seed: 5 })).dy).toEqual(nats.dy);
  });

  test("rows with a missing value have no derivative, and the others that of the complete rows", async () => {
    const [holesA, holesB] = [a.slice(), b.slice()];
    for (let i = 0; i < 40; i++) holesA[7 * i] = Number.NaN;
    holesB[1] = Number.NaN;
    const kept = [...a.keys()].filter((i) => !Number.isNaN(holesA[i] + holesB[i]));
    const whole = await net.gradient(
      kept.map((i) => a[i]),
      kept.map((i) => b[i]),
      { through },
    );
    const gradient = await net.gradient(holesA, holesB, { through });
    expect(gradient.n).toBe(359);
    expect(gradient.mi).toBe(whole.mi);
    expect(gradient.warnings.map(({ code }) => code)).toEqual(["missing"]);
    expect(gradient.dx).toHaveLength(400);
    expect(kept.map((i) => gradient.dx[i])).toEqual([...whole.dx]);
    for (const i of [0, 1, 7, 273]) expect([gradient.dx[i], gradient.dy[i]]).toEqual([0, 0]);
  });

  test("categories, integers and atoms are no obstacle", async () => {
    const mixed = [a.map(Math.round), a.map((v) => Math.max(v, 0)), b.map((v) => (v > 0.5 ? 1 : 0))];
    for (const values of mixed) {
      const { mi } = await net.estimate(values, b, { seed: 3 });
      const gradient = await net.gradient(values, b, { through, seed: 3 });
      expect(Math.abs(gradient.mi - mi)).toBeLessThan(0.08);
      for (const slope of [...gradient.dx, ...gradient.dy]) expect(Number.isFinite(slope)).toBe(true);
    }
  });

  test("any scale of a column will do; values too close for a derivative are refused", async () => {
    const { mi, dx, dy } = await net.gradient(a, b, { through });
    for (const power of [1021, -900]) {
      const scaled = await net.gradient(
        a.map((v) => v * 2 ** power),
        b,
        { through },
      );
      expect(scaled.mi).toBeCloseTo(mi, 5);
      close(
        scaled.dx.map((v) => v * 2 ** power),
        dx,
      );
      close(scaled.dy, dy);
    }
    const tiny = b.map((v) => v * 2 ** -1060);
    const refused = {
      code: "not-finite",
      message: expect.stringMatching(/^y has different values that are/),
    };
    await expect(net.gradient(a, tiny, { through })).rejects.toMatchObject(refused);
    expect(await net.gradientMany([[a, tiny]], { through })).toEqual([
      { error: refused.message, code: "not-finite" },
    ]);
  });

  const regularizations = through === "critic" ? [undefined] : [1e-300, 1e-3, 50, 1e9];
  test.each(regularizations)("smoothed over %s ranks all is finite", async (regularization) => {
    for (const size of [8, 9, 20, 400]) {
      const { mi, dx, dy } = await net.gradient(a.slice(0, size), b.slice(0, size), {
        through,
        regularization,
      });
      expect(mi).toBeGreaterThanOrEqual(0);
      for (const slope of [...dx, ...dy, mi]) expect(Number.isFinite(slope)).toBe(true);
    }
  });

  test("of more rows than the model takes, those that are used have derivatives", async () => {
    const most = net.info.range[1];
    const [p, q] = normalPair(31, most + 500, 0.8);
    const { mi, dx, n: complete, warnings } = await net.gradient(p, q, { through });
    expect(complete).toBe(most + 500);
    expect(warnings.map(({ code }) => code)).toContain("thinned");
    expect(Math.abs(mi - (await net.estimate(p, q)).mi)).toBeLessThan(0.05);
    const still = dx.filter((d) => d === 0).length;
    expect(still).toBeGreaterThanOrEqual(500);
    expect(still).toBeLessThan(500 + most / 4);
  });

  test("many pairs have the gradients of each; what cannot be differentiated has its reason", async () => {
    const pairs = Array.from({ length: 19 }, (_, k) => normalPair(k, 60 + 20 * k, k / 20));
    const flat = new Float64Array(50);
    const seen: number[] = [];
    const results = await net.gradientMany([...pairs, [flat, flat]], {
      through,
      onProgress: ({ done, total }) => seen.push(done / total),
    });
    expect(seen.at(-1)).toBe(1);
    expect(results[19]).toEqual({ error: expect.stringMatching(/x is constant/), code: "constant" });
    for (const [k, pair] of pairs.entries()) {
      const alone = await net.gradient(...pair, { through });
      const result = results[k] as Gradient;
      expect(result.mi).toBeCloseTo(alone.mi, 5);
      // The derivative of the square of next to nothing is made up of last digits.
      if (alone.mi > 1e-4) close(result.dx, alone.dx, 1e-3);
      if (alone.mi > 1e-4) close(result.dy, alone.dy, 1e-3);
    }
  });

  test("the company in a batch does not change a gradient", async () => {
    const pairs = Array.from({ length: 21 }, (_, k) => normalPair(60 + k, 40 + k, 0.6));
    const results = (await net.gradientMany(pairs, { through })) as Gradient[];
    const turned = (await net.gradientMany([...pairs].reverse(), { through })) as Gradient[];
    for (const [k, { mi, dx }] of turned.reverse().entries()) {
      expect(mi).toBeCloseTo(results[k].mi, 6);
      if (mi > 1e-4) close(dx, results[k].dx, 1e-4);
    }
  });
});

test.each([
  [0.01, 0.03],
  [1, 0.04],
  [undefined, 0.06],
])("smoothed over %s ranks the estimate is close to the estimate", async (regularization, tolerance) => {
  for (const [size, rho] of [
    [300, 0.5],
    [1000, 0.9],
    [2000, 0],
  ]) {
    let [distance, scale] = [0, 0.3];
    for (let seed = 1; seed <= 8; seed++) {
      const pair = normalPair(40 + seed, size, rho);
      const { mi } = await net.estimate(...pair);
      distance +=
        Math.abs((await net.gradient(...pair, { through: "estimate", regularization, seed })).mi - mi) / 8;
      scale += mi / 8;
      expect((await net.gradient(...pair, { through: "critic" })).mi).toBeCloseTo(mi, 6);
    }
    expect(distance).toBeLessThan(tolerance * scale);
  }
});

test("without information the gradient through the estimate is 0 wherever the estimate is", async () => {
  let zeros = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const { mi, dx, dy } = await net.gradient(...normalPair(seed, 1000, 0), { through: "estimate" });
    if (mi > 0) continue;
    zeros++;
    expect([...dx, ...dy].every((slope) => slope === 0)).toBe(true);
  }
  expect(zeros).toBe(4);
});

test("through the critic unless told otherwise", async () => {
  const [a, b] = normalPair(3, 60, 0.5);
  const critic = await net.gradient(a, b, { through: "critic" });
  expect((await net.gradient(a, b, { through: "estimate" })).dx).not.toEqual(critic.dx);
  expect(await net.gradient(a, b)).toEqual(critic);
  expect(await net.gradientMany([[a, b]])).toEqual(await net.gradientMany([[a, b]], { through: "critic" }));
  const slices = { slices: 2 };
  expect(await net.slicedGradient(a, b, slices)).toEqual(
    await net.slicedGradient(a, b, { ...slices, through: "critic" }),
  );
});

test("seeds draw nothing but the pairs of rows of the estimate's own derivative", async () => {
  const [a, b] = normalPair(4, 200, 0.5);
  expect((await net.estimate(a, b, { seed: 1 })).mi).toBe((await net.estimate(a, b, { seed: 2 })).mi);
  for (const through of ["critic", "estimate"] as const) {
    const [first, second] = [
      await net.gradient(a, b, { through, seed: 1 }),
      await net.gradient(a, b, { through, seed: 2 }),
    ];
    if (through === "critic") expect(second).toEqual(first);
    else expect(second.dx).not.toEqual(first.dx);
  }
  const tied = a.map(Math.round);
  expect(await net.gradient(tied, b, { seed: 1 })).toEqual(await net.gradient(tied, b, { seed: 2 }));
});

describe("wrong input", () => {
  const [a, b] = normalPair(1, 20, 0.5);
  test.each<[GradientOptions, RegExp]>([
    [{ regularization: 0 }, /regularization is 0; pass a finite number of ranks above 0/],
    [{ regularization: Number.NaN }, /regularization is NaN/],
    [{ through: "copula" as "critic" }, /through is "copula"; pass "estimate" or "critic"/],
    [
      { regularization: 20 },
      /regularization is 20 and through is "critic", where no estimate is smoothed; pass through "estimate", or/,
    ],
    [{ through: "critic", regularization: 0.5 }, /regularization is 0.5 and through is "critic"/],
    [{ seed: -1 }, /seed is -1/],
    [{ units: "dits" as "bits" }, /units is "dits"/],
  ])("options %j", async (options, message) => {
    await expect(net.gradient(a, b, options)).rejects.toThrow(message);
    await expect(net.gradientMany([[a, b]], options)).rejects.toThrow(message);
    await expect(net.slicedGradient(a, b, options)).rejects.toThrow(message);
    await expect(net.slicedGradient(a, b, options)).rejects.toMatchObject({ code: "invalid-option" });
  });

  test("data", async () => {
    await expect(net.gradient(a, b.slice(1))).rejects.toMatchObject({ code: "unequal-lengths" });
    await expect(net.gradient(a, [Infinity, ...b.slice(1)])).rejects.toMatchObject({ code: "not-finite" });
    await expect(net.gradient(a.slice(0, 7), b.slice(0, 7))).rejects.toMatchObject({
      code: "too-few-samples",
    });
    await expect(net.gradient(a, undefined as never)).rejects.toMatchObject({ code: "not-a-number" });
  });

  test("a model without gradient graphs says so; it can go through the critic", async () => {
    const folder = await mkdtemp(join(tmpdir(), "infonet-model-"));
    await cp(fileURLToPath(new URL("../../model", import.meta.url)), folder, { recursive: true });
    const path = join(folder, "model.json");
    const model = JSON.parse(await readFile(path, "utf8")) as { files: { gradients?: unknown } };
    delete model.files.gradients;
    await writeFile(path, JSON.stringify(model));
    const older = await InfoNet.load({ model: folder });
    await expect(older.gradient(a, b, { through: "estimate" })).rejects.toMatchObject({
      name: "InfoNetError",
      code: "model",
      message: expect.stringMatching(/names no gradient graphs; add them with `npm run graphs`/),
    });
    expect((await older.gradient(a, b)).dx).toHaveLength(20);
    await older.dispose();
    await expect(older.gradient(a, b)).rejects.toMatchObject({ code: "disposed" });
  });
});

test("an abort keeps the pairs that were finished", async () => {
  const pairs = Array.from({ length: 40 }, (_, k) => normalPair(k, 30, 0.5));
  const controller = new AbortController();
  const stopped = net.gradientMany(pairs, {
    signal: controller.signal,
    onProgress: () => controller.abort("enough"),
  });
  const error = (await stopped.catch((e: unknown) => e)) as AbortedError<(GradientResult | undefined)[]>;
  expect(error).toBeInstanceOf(AbortedError);
  expect(error.cause).toBe("enough");
  const finished = error.partial.filter((result) => result !== undefined).length;
  // The first batch.
  expect(finished).toBe(16);
});
