import { beforeAll, expect, test } from "vitest";
import { np, startJax } from "../runtime/jax.js";
import { normalShare, normalShareSpecs } from "./normal-share.js";
import { initialParameters, viewParameters } from "./parameters.js";
import { MEDIAN, QUANTILE_LEVELS } from "./trunk.js";

beforeAll(() => startJax("cpu"));

/** Logits of examples, from initial weights. */
async function logits(examples: readonly { root: number; rho: number; n: number }[]): Promise<number[]> {
  const specs = normalShareSpecs();
  const p = viewParameters(specs, np.array(initialParameters(specs, 3)));
  const quantiles = examples.map(({ root }) => QUANTILE_LEVELS.map((_, k) => root + 0.01 * (k - MEDIAN)));
  const normal = examples.map(({ rho }) => [rho, 0.5 * Math.log(1 - rho * rho), 2, 3]);
  const n = np.array(examples.map((example) => example.n));
  const share = normalShare(p, { quantiles: np.array(quantiles), normal: np.array(normal), n });
  expect(share.shape).toEqual([examples.length, 1]);
  return [...((await share.data()) as Float32Array)];
}

const rootOf = (rho: number): number => Math.sqrt(-0.5 * Math.log(1 - rho * rho));

test("the sign of the correlation and other examples do not matter, the distance does", async () => {
  const [rho, n] = [0.7, 500];
  const exact = { root: rootOf(rho), rho, n };
  const far = { root: rootOf(rho) + 0.1, rho, n };
  const [own, mirrored, other] = await logits([exact, { ...exact, rho: -rho }, far]);
  expect(mirrored).toBeCloseTo(own, 5);
  expect(other).not.toBeCloseTo(own, 2);
  expect((await logits([exact]))[0]).toBeCloseTo(own, 5);
});

test("what is far too much to be chance is no more than that, and nothing makes it infinite", async () => {
  const at = (root: number) => ({ root, rho: 0.1, n: 10_000 });
  const [independent, strong, below] = await logits([at(-0.02), at(2.6), { root: 0, rho: 0.99999, n: 8 }]);
  for (const logit of [independent, strong, below]) expect(Math.abs(logit)).toBeLessThan(60);
});
