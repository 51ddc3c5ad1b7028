import { describe, expect, test } from "vitest";
import { correlationEquivalent, count, fixed, formatP, grouped, toNats } from "./numbers.js";

describe("fixed", () => {
  test("has three decimals and a true minus sign", () => {
    expect(fixed(0.51149)).toBe("0.511");
    expect(fixed(-0.5)).toBe("−0.500");
    expect(fixed(-12.345, 1)).toBe("−12.3");
  });

  test("knows no negative zero", () => {
    expect(fixed(-0.0001)).toBe("0.000");
    expect(fixed(-0)).toBe("0.000");
  });
});

describe("formatP", () => {
  test("has three decimals, a floor, and a dash where there is none", () => {
    expect([0.04, 0.001, 0.0009999, 0, 1, undefined].map(formatP)).toEqual([
      "0.040",
      "0.001",
      "<0.001",
      "<0.001",
      "1.000",
      "–",
    ]);
  });
});

describe("grouped and count", () => {
  test("set groups of three digits apart", () => {
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(["0", "999", "1\u202f000", "1\u202f234\u202f567"]);
  });

  test("know one from many", () => {
    expect(count(1, "row")).toBe("1 row");
    expect(count(0, "row")).toBe("0 rows");
    expect(count(2000, "match", "matches")).toBe("2\u202f000 matches");
  });
});

describe("correlationEquivalent", () => {
  test("gives back the correlation of normal variables, in either unit", () => {
    for (const r of [0, 0.1, 0.5, 0.9, 0.999]) {
      const nats = -0.5 * Math.log1p(-r * r);
      expect(correlationEquivalent(nats, "nats")).toBeCloseTo(r, 12);
      expect(correlationEquivalent(nats / Math.LN2, "bits")).toBeCloseTo(r, 12);
    }
  });

  test("stays between 0 and 1", () => {
    expect(correlationEquivalent(-0.1, "nats")).toBe(0);
    expect(correlationEquivalent(1000, "nats")).toBe(1);
  });
});

test("toNats: one bit is ln 2 nats", () => {
  expect(toNats(1, "bits")).toBe(Math.LN2);
  expect(toNats(1, "nats")).toBe(1);
});
