import { expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { DEPENDENT, functional, independent, noise } from "./families.js";
import { exchanged, informationOf, lawOf, marginsOf } from "./law.js";

test("information in closed form: identity, independence, a partner that is kept", () => {
  expect(informationOf(lawOf(30, 30, (i, k) => Number(i === k)))).toBeCloseTo(Math.log(30), 12);
  expect(informationOf(lawOf(5, 3, (i, k) => (i + 1) * (k + 1)))).toBeCloseTo(0, 12);
  const [levels, share] = [20, 0.5];
  const own = share + (1 - share) / levels;
  const other = (1 - share) / levels;
  const truth = Math.log(levels) + own * Math.log(own) + (levels - 1) * other * Math.log(other);
  const kept = lawOf(levels, levels, (i, k) => (1 - share) / levels + (i === k ? share : 0));
  expect(informationOf(kept)).toBeCloseTo(truth, 12);
});

test("a function tells its own entropy, and independent laws nothing", () => {
  for (let k = 0; k < 50; k++) {
    const law = functional(new Random(1, k), 40, 6);
    const entropy = marginsOf(law)[1].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
    expect(informationOf(law)).toBeLessThanOrEqual(entropy + 1e-12);
    expect(informationOf(independent(new Random(2, k), 9, 70))).toBeLessThan(1e-12);
  }
});

test.each(DEPENDENT)(
  "family %# draws probabilities, the same for the same seed, of every strength",
  (_, family) => {
    const found: number[] = [];
    for (let k = 0; k < 60; k++) {
      const [rows, columns] = [2 + (k % 13), 2 + ((k * 5) % 17)];
      const law = family(new Random(5, k), rows, columns);
      expect(law.p).toEqual(family(new Random(5, k), rows, columns).p);
      expect(law.p).toHaveLength(rows * columns);
      expect(law.p.every((p) => p >= 0)).toBe(true);
      expect(law.p.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      const mi = informationOf(law);
      expect(mi).toBeLessThanOrEqual(Math.log(Math.min(rows, columns)) + 1e-9);
      expect(informationOf(exchanged(law))).toBeCloseTo(mi, 9);
      found.push(mi);
    }
    expect(Math.max(...found)).toBeGreaterThan(0.5);
  },
);

test("noise of a large parameter is nearly independent", () => {
  const found = Array.from({ length: 100 }, (_, k) => informationOf(noise(new Random(9, k), 10, 10)));
  expect(Math.min(...found)).toBeLessThan(0.02);
  expect(Math.max(...found)).toBeGreaterThan(1);
});
