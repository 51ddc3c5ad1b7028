import { expect, test } from "vitest";
import { Random } from "../random.js";
import { deepestPixel, randomScene } from "./scene.js";
import { randomSignatures, SIGNATURE, similarity } from "./signatures.js";

test("every object is there in every scene, and its labelled pixel lies inside", () => {
  for (let seed = 1; seed <= 5; seed++) {
    const scene = randomScene(32, new Random(seed));
    const sizes = new Array<number>(scene.count).fill(0);
    for (const object of scene.objects) sizes[object]++;
    for (const [object, size] of sizes.entries()) {
      expect(size).toBeGreaterThan(20);
      expect(scene.objects[deepestPixel(scene, object)]).toBe(object);
    }
    expect(sizes[0]).toBeGreaterThan(300);
    for (const value of scene.colours) expect(value >= 0 && value <= 1).toBe(true);
  }
  expect(randomScene(32, new Random(1))).toEqual(randomScene(32, new Random(1)));
});

test("the deepest pixel of a square is its middle, and the photograph's edge is an edge", () => {
  const side = 9;
  const objects = new Uint8Array(side * side);
  for (let row = 2; row < 7; row++)
    for (let column = 4; column < 9; column++) objects[row * side + column] = 1;
  const scene = { side, objects, count: 2, places: new Float32Array(), colours: new Float32Array() };
  expect(deepestPixel(scene, 1)).toBe(4 * side + 6);
});

test("signatures are alike within objects on average, and one alone is not enough", () => {
  const objects = Uint8Array.from({ length: 400 }, (_, k) => k % 4);
  const signatures = randomSignatures(objects, 4, new Random(1));
  let [same, others, wrong] = [0, 0, 0];
  let [sameCount, otherCount] = [0, 0];
  for (let a = 0; a < 400; a++) {
    expect(similarity(signatures, a, a)).toBeCloseTo(1, 5);
    let [best, at] = [-1, -1];
    for (let b = 0; b < 400; b++) {
      if (a === b) continue;
      const value = similarity(signatures, a, b);
      if (objects[a] === objects[b]) [same, sameCount] = [same + value, sameCount + 1];
      else [others, otherCount] = [others + value, otherCount + 1];
      if (b < 4 && value > best) [best, at] = [value, b];
    }
    if (objects[at] !== objects[a]) wrong++;
  }
  expect(same / sameCount).toBeGreaterThan(others / otherCount + 0.25);
  expect(wrong / 400).toBeGreaterThan(0.05);
  expect(wrong / 400).toBeLessThan(0.6);
  expect(signatures).toHaveLength(400 * SIGNATURE);
});
