import { expect, test } from "vitest";
import { entropyShare, kindsInWords, percentOf } from "./kinds.js";

test("kindsInWords names both sides", () => {
  expect(kindsInWords({ kinds: ["number", "mixture"] })).toBe("numbers × mixture");
});

test("percentOf says none and all only where it is so", () => {
  expect([0, 0.0001, 0.004, 0.005, 0.5149, 0.994, 0.996, 1].map(percentOf)).toEqual([
    "0 %",
    "<1 %",
    "<1 %",
    "1 %",
    "51 %",
    "99 %",
    ">99 %",
    "100 %",
  ]);
});

test("entropyShare is of the smaller entropy, the first of equal ones, and nothing without levels", () => {
  const head = { x: "a", y: "b", units: "nats" } as const;
  const of = (entropies: [number | undefined, number | undefined]) =>
    entropyShare(head, { entropies, normalized: 0.5 });
  expect(of([1, 0.5])).toBe("50 % of 0.500 nats, the entropy of b");
  expect(of([1, 1])).toBe("50 % of 1.000 nats, the entropy of a");
  expect(of([undefined, 2])).toBe("50 % of 2.000 nats, the entropy of b");
  expect(entropyShare(head, { entropies: [undefined, undefined], normalized: undefined })).toBeUndefined();
});
