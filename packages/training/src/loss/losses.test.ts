import { beforeAll, expect, test } from "vitest";
import { np, startJax } from "../runtime/jax.js";
import { criticLosses, donskerVaradhanBound } from "./losses.js";

beforeAll(() => startJax());

// A density on four cells and its log: the optimal critic, whose bound is the divergence from uniform.
const mass = [0.4, 0.1, 0.2, 0.3];
const divergence = mass.reduce((total, m) => total + m * Math.log(4 * m), 0);
const density = mass.map((m) => Math.log(4 * m));
const asTable = (rows: number[][]) => np.array(rows).reshape([rows.length, 2, 2]);

test("the bound of the log density is the divergence, shifted critics have the same, others less", async () => {
  const critics = [density, density.map((x) => x + 30), density.map((x) => 0.5 * x), [0, 0, 0, 0]];
  const [exact, shifted, half, none] = (await donskerVaradhanBound(
    asTable(critics),
    asTable(critics.map(() => mass)),
  ).data()) as Float32Array;
  expect(exact).toBeCloseTo(divergence, 5);
  expect(shifted).toBeCloseTo(divergence, 4);
  expect(half).toBeLessThan(divergence - 0.01);
  expect(none).toBeCloseTo(0, 6);
});

test("a critic's loss is minus the mean bound", async () => {
  const { total, donskerVaradhan } = criticLosses(asTable([density, [0, 0, 0, 0]]), asTable([mass, mass]));
  expect((await total.data())[0]).toBeCloseTo(-divergence / 2, 5);
  expect((await donskerVaradhan.data())[0]).toBeCloseTo(-divergence / 2, 5);
});
