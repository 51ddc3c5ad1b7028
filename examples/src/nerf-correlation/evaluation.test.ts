import { InfoNet } from "infonet";
import { expect, test } from "vitest";
import { Random } from "../random.js";
import { labelAccuracy, orderAccuracy, propagated, randomTriples } from "./evaluation.js";
import { informationOf, linearInformation } from "./information.js";

test("triples: two of one object, one of another, none twice, all objects alike often", () => {
  const objects = Uint8Array.from({ length: 200 }, (_, k) => (k < 180 ? 0 : k < 196 ? 1 : 2));
  const pixels = Uint32Array.from(objects.keys());
  const triples = randomTriples(objects, 3, pixels, 3000, new Random(1));
  const counts = [0, 0, 0];
  for (const { a, b, c } of triples) {
    expect(a).not.toBe(b);
    expect(objects[a]).toBe(objects[b]);
    expect(objects[c]).not.toBe(objects[a]);
    counts[objects[a]]++;
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  expect(() => randomTriples(objects, 3, pixels.subarray(0, 197), 1, new Random(1))).toThrow(
    /object 2 has 1 pixels to choose from; a triple needs two of it/,
  );
});

test("order accuracy counts what is in order, ties by half", () => {
  expect(orderAccuracy([1, 2, 3, 4], [0, 3, 3, 1])).toBeCloseTo(2.5 / 4, 12);
});

test("labels go where their score is highest", () => {
  const labels = propagated([
    [0.5, 0.1, 0.2, 0],
    [0.4, 0.9, 0.2, 0.1],
    [0.3, 0.95, 0.1, 0],
  ]);
  expect([...labels]).toEqual([0, 2, 0, 1]);
});

test("small objects count as much as large ones", () => {
  const objects = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1];
  expect(labelAccuracy(objects, objects, 2)).toBe(1);
  expect(labelAccuracy(new Array(10).fill(0), objects, 2)).toBe(0.5);
  expect(labelAccuracy([...objects.slice(0, 9), 0], objects, 2)).toBe(0.75);
});

test("InfoNet finds the closed form for values that are linear in normal perturbations", async () => {
  const net = await InfoNet.load();
  const random = new Random(1);
  const cosines = [0, 0.3, -0.6, 0.9, -0.99];
  const x = Float32Array.from({ length: 1500 }, () => random.normal());
  const columns = [
    x,
    ...cosines.map((cosine) =>
      x.map((value) => cosine * value + Math.sqrt(1 - cosine ** 2) * random.normal()),
    ),
  ];
  const { signal } = new AbortController();
  const found = await informationOf(
    net,
    columns,
    cosines.map((_, k) => [0, k + 1] as const),
    { signal },
  );
  for (const [k, cosine] of cosines.entries()) {
    expect(Math.abs(found[k] - linearInformation(cosine))).toBeLessThan(0.12);
  }
  expect(linearInformation(0)).toBe(0);
  expect(linearInformation(1)).toBeLessThan(15);
  await expect(informationOf(net, [x, new Float32Array(1500)], [[0, 1]], { signal })).rejects.toThrow(
    /places 0 and 1: .*constant/,
  );
  await net.dispose();
});
