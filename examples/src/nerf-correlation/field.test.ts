import { grad } from "@jax-js/jax";
import { expect, test } from "vitest";
import { Graph, type Tensor } from "../networks/graph.js";
import { initialParameters } from "../networks/parameters.js";
import { Random } from "../random.js";
import { brightenedAt } from "./edit.js";
import {
  DESCRIPTION,
  describePlaces,
  FIELD,
  FIRST_SHAPED,
  fieldBrightness,
  jacobianProducts,
} from "./field.js";
import { cosines, render, responses } from "./perturbation.js";

const places = Float32Array.of(-0.5, 0.2, -0.48, 0.2, 0.7, -0.9, 0, 0);
const described = describePlaces(places, new Random(1));
// Offsets that are not 0, so that their derivatives are not those of a special case.
const random = new Random(2);
const theta = initialParameters(FIELD, random).map((value) => value + random.normal(0, 0.02));

test("places are described by waves of variance 1", () => {
  const square = described.reduce((sum, value) => sum + value * value, 0) / described.length;
  expect(square).toBeCloseTo(1, 6);
  expect(describePlaces(places, new Random(1))).toEqual(described);
});

test("inner products of derivatives are those of the derivatives themselves", async () => {
  const shapes = { theta: [theta.length], at: [4, DESCRIPTION] };
  const graph = await Graph.open((theta, at) => [jacobianProducts(theta, at)], shapes, ["products"]);
  const brightness = (theta: Tensor, at: Tensor): Tensor => fieldBrightness(theta, at).sum();
  const derivative = await Graph.open(
    (theta, at) => [(grad(brightness as never) as unknown as typeof brightness)(theta, at)],
    { theta: [theta.length], at: [1, DESCRIPTION] },
    ["slope"],
  );
  const { products } = await graph.run({ theta, at: described });
  const slopes: Float32Array[] = [];
  for (let place = 0; place < 4; place++) {
    const at = described.slice(place * DESCRIPTION, (place + 1) * DESCRIPTION);
    slopes.push((await derivative.run({ theta, at })).slope);
  }
  for (const [a, slopeA] of slopes.entries()) {
    for (const [b, slopeB] of slopes.entries()) {
      let product = 0;
      for (let k = FIRST_SHAPED; k < theta.length; k++) product += slopeA[k] * slopeB[k];
      const scale = Math.sqrt(products[5 * a] * products[5 * b]);
      expect((products[4 * a + b] - product) / scale).toBeCloseTo(0, 4);
    }
  }
  await Promise.all([graph.dispose(), derivative.dispose()]);
});

test("small perturbations are answered as the derivatives say", async () => {
  const field = { theta, described };
  const angles = await cosines(field);
  const columns = await responses(field, { count: 700, size: 1e-3, random: new Random(4) }, () => undefined);
  expect(angles[1]).toBeGreaterThan(0.9);
  for (let a = 0; a < 4; a++) {
    expect(angles[5 * a]).toBeCloseTo(1, 4);
    for (let b = 0; b < a; b++) {
      expect(Math.abs(correlation(columns[a], columns[b]) - angles[4 * a + b])).toBeLessThan(0.15);
    }
  }
});

test("brightening a place brightens it by as much, and those of the same derivative with it", async () => {
  const field = { theta, described };
  const rise = 0.01;
  const [before, after] = [
    await render(field),
    await render({ theta: await brightenedAt(field, 0, rise), described }),
  ];
  const gained = [0, 1, 2, 3].map((place) => {
    const brightness = (colours: Float32Array): number =>
      (colours[3 * place] + colours[3 * place + 1] + colours[3 * place + 2]) / 3;
    return brightness(after) - brightness(before);
  });
  expect(gained[0]).toBeCloseTo(rise, 3);
  expect(gained[1]).toBeGreaterThan(0.7 * rise);
});

test("weights of the first layer are not perturbed", async () => {
  const { theta: edited } = { theta: await brightenedAt({ theta, described }, 2, 0.1) };
  expect(edited.subarray(0, FIRST_SHAPED)).toEqual(theta.subarray(0, FIRST_SHAPED));
  expect(edited.subarray(FIRST_SHAPED)).not.toEqual(theta.subarray(FIRST_SHAPED));
});

function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [k, value] of a.entries()) {
    ab += (value - ma) * (b[k] - mb);
    aa += (value - ma) ** 2;
    bb += (b[k] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
