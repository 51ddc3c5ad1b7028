import fc from "fast-check";
import { expect, test } from "vitest";
import { qValues } from "./false-discovery.js";

test("a worked example: six p-values", () => {
  const q = qValues([0.01, 0.04, 0.03, 0.005, 0.8, 0.02]);
  const expected = [0.03, 0.048, 0.045, 0.03, 0.8, 0.04];
  q.forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k], 12);
  });
});

test("a p-value whose own share is larger than that of a larger one has that one's", () => {
  // 0.01 · 4/1 and 0.02 · 4/2 are 0.04, but 0.021 · 4/3 is less, and all below it are discoveries at that rate.
  expect([...qValues([0.02, 0.9, 0.021, 0.01])]).toEqual([0.028, 0.9, 0.028, 0.028]);
  expect([...qValues([0.5, 0.5, 0.5])]).toEqual([0.5, 0.5, 0.5]);
});

test("the example of Benjamini and Hochberg (1995): four of fifteen at 5 %", () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  expect(qValues(p).filter((q) => q <= 0.05)).toHaveLength(4);
});

test("q ≤ rate is the step-up rule of Benjamini and Hochberg, for any p-values and rate", () => {
  const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(p, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (values, rate) => {
      const sorted = [...values].sort((a, b) => a - b);
      let limit = -1;
      sorted.forEach((value, k) => {
        if ((value * values.length) / (k + 1) <= rate) limit = value;
      });
      const q = qValues(values);
      values.forEach((value, k) => {
        expect(q[k] <= rate).toBe(value <= limit);
        expect(q[k]).toBeGreaterThanOrEqual(value);
      });
    }),
  );
});
