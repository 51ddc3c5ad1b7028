import { describe, expect, test } from "vitest";
import { sample, uniform } from "./random.js";

describe("uniform", () => {
  test("depends on the seed alone", () => {
    const take = (seed: number) => Array.from({ length: 5 }, uniform(seed));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });

  test("works for every seed, also the one that cancels the constant", () => {
    const random = uniform(0x9e3779b9);
    // The state is 1 then: 1 ⊕ 1·2¹³ = 8193, and 8193 ⊕ 8193·2⁵ = 270369.
    expect(random()).toBe(270_369 / 2 ** 32);
  });

  test("is even over [0, 1)", () => {
    const random = uniform(1);
    const counts = new Array(10).fill(0);
    for (let k = 0; k < 10_000; k++) counts[Math.floor(random() * 10)]++;
    // Five standard deviations of a binomial count.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe("sample", () => {
  const items = Array.from({ length: 1000 }, (_, k) => k);

  test("takes as many as asked for, in order, each once", () => {
    const chosen = sample(items, 100, 3);
    expect(chosen).toHaveLength(100);
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
  });

  test("takes all if there are no more", () => {
    expect(sample(items, 1000, 3)).toEqual(items);
  });

  test("prefers no end", () => {
    const middles = Array.from({ length: 50 }, (_, seed) => sample(items, 20, seed + 1)).flat();
    const mean = middles.reduce((sum, value) => sum + value, 0) / middles.length;
    expect(Math.abs(mean - 499.5)).toBeLessThan(5 * (288.7 / Math.sqrt(1000)));
  });
});
