import { InfoNet } from "infonet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Random } from "../random.js";
import { digits } from "./digits.js";
import { along, informationSlope, randomDirection, renamed } from "./information.js";
import { agreement, joined, slicedInformation } from "./measure.js";
import { ring } from "./ring.js";

let net: InfoNet;
beforeAll(async () => {
  net = await InfoNet.load();
});
afterAll(() => net.dispose());

const codesOf = (rows: number, count: number): Uint8Array =>
  Uint8Array.from({ length: rows }, (_, row) => row % count);

test("a direction leads from one data point to another one", () => {
  const random = new Random(1);
  const data = Float32Array.of(0, 0, 3, 4, 6, 8);
  for (let k = 0; k < 50; k++) {
    const [a, b] = randomDirection(data, 2, random);
    expect([3, 6]).toContain(Math.abs(a));
    expect(b).toBeCloseTo((4 / 3) * a, 12);
  }
  expect([...along({ x: data, width: 2 }, Float64Array.of(2, -1))]).toEqual([0, 2, 4]);
});

test("codes are renamed one to one", () => {
  const codes = codesOf(20, 5);
  const names = renamed(codes, 5, new Random(1));
  expect(new Set(names).size).toBe(5);
  for (let row = 5; row < 20; row++) expect(names[row]).toBe(names[row - 5]);
});

test("moving the samples along the slope raises the information", async () => {
  const random = new Random(1);
  const codes = codesOf(512, 4);
  // Four clusters that overlap by half.
  const x = Float32Array.from({ length: 1024 }, (_, at) =>
    at % 2 === 0 ? random.normal(codes[at / 2], 1) : random.normal(),
  );
  const samples = { x, width: 2, codes };
  const direction = Float64Array.of(1, 0);
  const given = { count: 4, random: new Random(2) };
  const { mi, slope } = await informationSlope(net, samples, direction, given);
  for (let row = 0; row < 512; row++) expect(slope[2 * row + 1]).toBeCloseTo(0, 12);
  const moved = x.map((value, at) => value + 90 * slope[at]);
  const after = await informationSlope(net, { ...samples, x: moved }, direction, {
    count: 4,
    random: new Random(2),
  });
  expect(after.mi).toBeGreaterThan(mi + 0.05);
});

test("samples that are all the same have no slope", async () => {
  const samples = { x: new Float32Array(40).fill(0.5), width: 2, codes: codesOf(20, 4) };
  const { mi, slope } = await informationSlope(net, samples, Float64Array.of(1, 2), {
    count: 4,
    random: new Random(1),
  });
  expect(mi).toBe(0);
  expect(slope.every((value) => value === 0)).toBe(true);
});

test("data with their modes for codes have all the information there is, random codes none", async () => {
  for (const data of [ring, digits(new Random(1))]) {
    const { width, modes } = data;
    const x = data.draw(500, new Random(2));
    const found = Uint8Array.from(
      { length: 500 },
      (_, row) => data.classify(x.subarray(row * width, (row + 1) * width)).mode,
    );
    const entropy = Math.log(modes);
    const right = agreement(data, { x, width, codes: found });
    expect(right.error).toBe(0);
    expect(right.information).toBeGreaterThan(0.95 * entropy);
    expect(right.information).toBeLessThan(1.05 * entropy);
    const random = new Random(3);
    const codes = found.map(() => random.integer(0, modes - 1));
    const wrong = agreement(data, { x, width, codes });
    expect(wrong.error).toBeGreaterThan(0.75);
    expect(Math.abs(wrong.information)).toBeLessThan(0.2);

    const slices = () => ({ data: x, directions: 8, random: new Random(4) });
    const seen = await slicedInformation(net, { x, width, codes: found }, modes, slices());
    const unseen = await slicedInformation(net, { x, width, codes }, modes, slices());
    expect(seen).toBeGreaterThan(0.7);
    expect(seen).toBeLessThan(entropy);
    expect(unseen).toBeLessThan(0.1);
  }
});

test("samples are joined in their order", () => {
  const one = { x: Float32Array.of(1, 2), width: 2, codes: Uint8Array.of(7) };
  const two = { x: Float32Array.of(3, 4, 5, 6), width: 2, codes: Uint8Array.of(8, 9) };
  expect(joined([one, two])).toEqual({
    x: Float32Array.of(1, 2, 3, 4, 5, 6),
    width: 2,
    codes: Uint8Array.of(7, 8, 9),
  });
});
