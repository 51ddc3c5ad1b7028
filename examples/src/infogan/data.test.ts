import { expect, test } from "vitest";
import { Random } from "../random.js";
import { digits, drawDigit, randomPen, SIDE } from "./digits.js";
import { ring, SPREAD } from "./ring.js";

test("digits are pictures that a thicker pen makes darker", () => {
  const pen = { slant: 0.1, size: 1, x: 0, y: 0, width: 0.6 };
  for (let digit = 0; digit < 10; digit++) {
    const thin = drawDigit(digit, pen);
    const thick = drawDigit(digit, { ...pen, width: 0.9 });
    expect(thin).toHaveLength(SIDE * SIDE);
    expect(Math.min(...thin)).toBe(0);
    expect(Math.max(...thick)).toBe(1);
    expect(thin.every((ink, pixel) => ink <= thick[pixel])).toBe(true);
  }
});

test("a pen that is moved a pixel to the right draws the same a pixel to the right", () => {
  const pen = { slant: 0, size: 0.7, x: 0, y: 0, width: 0.5 };
  const [here, there] = [drawDigit(4, pen), drawDigit(4, { ...pen, x: 1 })];
  for (let row = 0; row < SIDE; row++) {
    for (let column = 1; column < SIDE; column++) {
      expect(there[row * SIDE + column]).toBeCloseTo(here[row * SIDE + column - 1], 6);
    }
  }
});

test("fresh digits are recognised by the most similar known one", () => {
  const data = digits(new Random(1));
  const random = new Random(2);
  let right = 0;
  for (let k = 0; k < 300; k++) {
    if (data.classify(drawDigit(k % 10, randomPen(random))).mode === k % 10) right++;
  }
  expect(right).toBeGreaterThan(290);
  const samples = data.draw(5, new Random(3));
  expect(samples).toHaveLength(5 * SIDE * SIDE);
  expect(data.draw(5, new Random(3))).toEqual(samples);
});

test("the ring's clusters are alike likely and classified by the nearest centre", () => {
  const samples = ring.draw(4000, new Random(1));
  const counts = new Array<number>(ring.modes).fill(0);
  let sum = 0;
  for (let row = 0; row < 4000; row++) {
    const { mode, distance } = ring.classify(samples.subarray(2 * row, 2 * row + 2));
    counts[mode]++;
    sum += distance;
  }
  for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(110);
  // The mean distance of a plane normal variable from its centre.
  expect(sum / 4000).toBeCloseTo(SPREAD * Math.sqrt(Math.PI / 2), 2);
  expect(ring.classify(Float32Array.of(0, -1))).toEqual({ mode: 6, distance: expect.closeTo(0, 6) });
});
