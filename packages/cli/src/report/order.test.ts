import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { similarOrder } from "./order.js";

describe("similarOrder", () => {
  test("sets groups side by side", () => {
    // 0, 2, 4 are alike, and so are 1, 3, 5.
    const order = similarOrder(6, (i, j) => (i % 2 === j % 2 ? 0.9 : 0.1));
    const groups = order.map((item) => item % 2).join("");
    expect(["000111", "111000"]).toContain(groups);
  });

  test("finds a chain", () => {
    const place = [3, 0, 4, 1, 2];
    const order = similarOrder(5, (i, j) => 1 / (1 + Math.abs(place[i] - place[j])));
    const along = order.map((item) => place[item]).join("");
    expect(["01234", "43210"]).toContain(along);
  });

  test("leaves two or fewer as they are", () => {
    expect(similarOrder(0, () => 0)).toEqual([]);
    expect(similarOrder(2, () => 0)).toEqual([0, 1]);
  });

  test("keeps every item once, also where all are alike or nothing is known", () => {
    const matrix = fc
      .integer({ min: 3, max: 12 })
      .chain((size) =>
        fc.tuple(
          fc.constant(size),
          fc.array(fc.constantFrom(0, 0.5, 0.7, 1), { minLength: size * size, maxLength: size * size }),
        ),
      );
    fc.assert(
      fc.property(matrix, ([size, values]) => {
        const order = similarOrder(size, (i, j) => values[Math.min(i, j) * size + Math.max(i, j)]);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, k) => k));
      }),
    );
  });
});
