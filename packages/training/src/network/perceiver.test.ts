import { beforeAll, expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { np, startJax, type Tensor } from "../runtime/jax.js";
import { initialParameters, parameterCount, viewParameters } from "./parameters.js";
import { PERCEIVER_DEFAULTS, type PerceiverConfig, perceiver, perceiverParameters } from "./perceiver.js";

beforeAll(() => startJax());

const CONFIG: PerceiverConfig = {
  points: 60,
  latents: 5,
  width: 16,
  blocks: 2,
  heads: 4,
  expansion: 2,
  table: 12,
  patch: 3,
  blur: 1,
};
const specs = perceiverParameters(CONFIG);
const theta = initialParameters(specs, 1);

/** The table of one sample. */
async function table(points: ReadonlyArray<readonly [number, number]>): Promise<Float32Array> {
  const array: Tensor = np.array(Float32Array.from(points.flat())).reshape([1, points.length, 2]);
  const critic = perceiver(CONFIG, viewParameters(specs, np.array(theta)), array);
  expect(critic.shape).toEqual([1, CONFIG.table, CONFIG.table]);
  return (await critic.data()) as Float32Array;
}

const rng = new Random(2);
const sample = Array.from({ length: CONFIG.points }, () => {
  const u = rng.uniform();
  return [u, Math.min(1, u ** 2 + 0.1 * rng.uniform())] as const;
});

const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

test("the order of the points does not matter; the points do", async () => {
  const expected = await table(sample);
  const shuffled = [...sample].sort((a, b) => Math.sin(1e4 * a[0]) - Math.sin(1e4 * b[0]));
  expect(shuffled).not.toEqual(sample);
  const spread = Math.max(...expected) - Math.min(...expected);
  expect(furthest(await table(shuffled), expected)).toBeLessThan(1e-5 * spread);
  const mirrored = sample.map(([u, v]) => [u, 1 - v] as const);
  expect(furthest(await table(mirrored), expected)).toBeGreaterThan(0.01 * spread);
});

test("the default sizes decode the table with a query a patch", () => {
  const queries = perceiverParameters(PERCEIVER_DEFAULTS).find(({ name }) => name === "queries");
  expect(queries?.shape).toEqual([64, 96]);
  // 12.7 M in the paper.
  expect(parameterCount(perceiverParameters(PERCEIVER_DEFAULTS))).toBeLessThan(500_000);
});

test.each<[Partial<PerceiverConfig>, RegExp]>([
  [{ heads: 5 }, /width is 16; it must be a multiple of heads \(5\)/],
  [{ patch: 5 }, /table is 12; it must be a multiple of patch \(5\)/],
  [{ points: 0 }, /points is 0; it must be a whole number, 1 or more/],
  [{ latents: 2.5 }, /latents is 2\.5/],
  [{ blur: -1 }, /blur is -1/],
])("sizes that do not fit are refused by name: %o", (wrong, message) => {
  expect(() => perceiverParameters({ ...CONFIG, ...wrong })).toThrow(message);
});
