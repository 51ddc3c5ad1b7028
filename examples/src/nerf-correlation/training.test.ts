import { expect, test } from "vitest";
import { Graph } from "../networks/graph.js";
import { parameterCount } from "../networks/parameters.js";
import { Random } from "../random.js";
import { DESCRIPTION, describePlaces, FIELD } from "./field.js";
import { render } from "./perturbation.js";
import { randomScene } from "./scene.js";
import { randomSignatures, SIGNATURE } from "./signatures.js";
import { disagreement, trainField } from "./training.js";

const scene = randomScene(16, new Random(1));
const described = describePlaces(scene.places, new Random(2));
const signatures = randomSignatures(scene.objects, scene.count, new Random(3));
const photograph = { described, colours: scene.colours };
const all = Uint32Array.from(scene.objects.keys());
const training = { steps: 250, seed: 4, beforeStep: () => undefined };

async function disagreementOf(theta: Float32Array): Promise<number> {
  const count = scene.objects.length;
  const graph = await Graph.open(
    (theta, at, signs) => [disagreement(theta, at, signs)],
    { theta: [parameterCount(FIELD)], at: [count, DESCRIPTION], signs: [count, SIGNATURE] },
    ["value"],
  );
  const { value } = await graph.run({ theta, at: described, signs: signatures });
  await graph.dispose();
  return value[0];
}

const error = (colours: Float32Array): number =>
  colours.reduce((sum, value, k) => sum + (value - scene.colours[k]) ** 2, 0) / colours.length;

test("a field learns the photograph; a shaped one its signatures besides", async () => {
  const shaping = { signatures, pixels: all };
  const unshaped = await trainField(photograph, undefined, training);
  const shaped = await trainField(photograph, shaping, training);
  for (const theta of [unshaped, shaped]) {
    expect(error(await render({ theta, described }))).toBeLessThan(0.02);
  }
  expect(await disagreementOf(shaped)).toBeLessThan((await disagreementOf(unshaped)) - 0.05);
  expect(await trainField(photograph, shaping, { ...training, steps: 3 })).toEqual(
    await trainField(photograph, shaping, { ...training, steps: 3 }),
  );
});

test("a training ends when it is told to", async () => {
  const beforeStep = (done: number): void => {
    if (done === 2) throw new Error("enough");
  };
  await expect(trainField(photograph, undefined, { ...training, beforeStep })).rejects.toThrow("enough");
});
