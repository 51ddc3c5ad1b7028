/** The recipe for TensorFlow.js of docs/mi-as-a-loss.md, word for word. */

import { readFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-backend-cpu";
import { InfoNet } from "infonet";
import { expect, test } from "vitest";
import { draws } from "../../../packages/infonet/src/testing/random.js";
import { snippetsOf } from "../src/snippets.js";

const PAGE = new URL("../../../docs/mi-as-a-loss.md", import.meta.url);

test("a step of the recipe is one along the gradient, and steps make columns share what they can", async () => {
  await tf.setBackend("cpu");
  const net = await InfoNet.load();
  const snippets = snippetsOf("docs/mi-as-a-loss.md", await readFile(PAGE, "utf8"));
  const recipe = snippets.filter(({ code }) => code.includes("tf."));
  expect(recipe).toHaveLength(1);
  const [{ code }] = recipe;
  // biome-ignore lint/complexity/noBannedTypes: asynchronous functions have no constructor of a name.
  const AsyncFunction = (async () => undefined).constructor as new (...names: string[]) => Function;
  const step = new AsyncFunction("tf", "net", "generate", "optimizer", "variables", "seed", code);

  // y = tanh(w) x + noise: the more of x, the more is shared.
  const [start, n] = [0.2, 300];
  const weight = tf.variable(tf.scalar(start));
  const { normal } = draws(1);
  const [x, noise] = [0, 1].map(() => Float32Array.from({ length: n }, normal));
  const generate = () => [tf.tensor1d(x), tf.tanh(weight).mul(tf.tensor1d(x)).add(tf.tensor1d(noise))];
  const { dy } = await net.gradient(
    x,
    x.map((value, row) => Math.tanh(start) * value + noise[row]),
  );
  const byWeight = dy.reduce((sum, slope, row) => sum + slope * x[row], 0) * (1 - Math.tanh(start) ** 2);
  const descent = tf.train.sgd(1);
  const held = tf.memory().numTensors;

  await step(tf, net, generate, descent, [weight], 0);
  expect(tf.memory().numTensors).toBe(held);
  const after = (await weight.data())[0];
  expect(byWeight).toBeGreaterThan(0.1);
  expect(after - start).toBeCloseTo(byWeight, 4);

  const adam = tf.train.adam(0.1);
  for (let seed = 1; seed <= 15; seed++) await step(tf, net, generate, adam, [weight], seed);
  expect((await weight.data())[0]).toBeGreaterThan(after + 0.5);
  await net.dispose();
});
