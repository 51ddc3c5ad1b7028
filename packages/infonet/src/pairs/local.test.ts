import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { normalLogDensity, normalMixture } from "../testing/mixtures.js";
import { permutation } from "../testing/random.js";
import { LocalInformation } from "./local.js";
import type { NetworkPart, PairPlan } from "./plan.js";

const STRAIGHT = { flipU: false, flipV: false, swap: false };
const RHO = 0.7;

/** A plan of two numbers of n rows, of which only what the density is read at matters. */
function planOf(n: number, rows: Uint32Array | undefined, orientation = STRAIGHT) {
  const [xRanks, yRanks] = [permutation(1, n), permutation(2, n)];
  const numbers = { share: 1, sample: { orientation } } as NetworkPart;
  const sides = [xRanks, yRanks].map((places) => ({ column: { places, distinct: n, missing: 0 } }));
  const plan = { kinds: ["number", "number"], sides, rows, n, numbers } as unknown as PairPlan;
  return { xRanks, yRanks, plan };
}

/** Its information where the network says that it is normal. */
function localOf(plan: PairPlan): LocalInformation {
  return new LocalInformation(plan, new Map([[plan.numbers as NetworkPart, normalMixture(RHO)]]));
}

test("every row has what the density says in the middle of its share, in the unit asked for; rows without a value have none", () => {
  const n = 40;
  const rows = Uint32Array.from({ length: n }, (_, k) => 2 * k + 1);
  const { xRanks, yRanks, plan } = planOf(n, rows);
  const values = localOf(plan).pointwise(2 * n + 1, 10);
  for (let k = 0; k < n; k++) {
    expect(values[2 * k]).toBeNaN();
    const [u, v] = [(xRanks[k] + 0.5) / n, (yRanks[k] + 0.5) / n];
    expect(Math.abs(values[2 * k + 1] - 10 * normalLogDensity(RHO, u, v))).toBeLessThan(0.01);
  }
  expect(values[2 * n]).toBeNaN();
  const whole = localOf({ ...plan, rows: undefined }).pointwise(n, 10);
  expect([...whole]).toEqual(Array.from(rows, (row) => values[row]));
});

test("the bound is the mean of what is said of the rows", () => {
  const n = 60;
  const local = localOf(planOf(n, undefined).plan);
  const sum = local.pointwise(n, 1).reduce((total, value) => total + value, 0);
  expect(local.lowerBound()).toBe(sum / n);
});

test("the table has the density at the middles of its cells, the user's way round, in the unit asked for", () => {
  const turned = { ...STRAIGHT, flipU: true };
  const local = localOf(planOf(20, undefined, turned).plan);
  const { size, values } = local.critic(2);
  expect(values).toHaveLength(size * size);
  expect(local.critic(2).values).toEqual(values);
  for (const [i, j] of [
    [0, 0],
    [10, 20],
    [50, 3],
  ]) {
    const exact = normalLogDensity(-RHO, (i + 0.5) / size, (j + 0.5) / size);
    expect(Math.abs(values[j * size + i] - 2 * exact)).toBeLessThan(2e-3 * (1 + Math.abs(exact)));
    expect(local.view().logDensity((i + 0.5) / size, (j + 0.5) / size)).toBeCloseTo(
      values[j * size + i] / 2,
      5,
    );
  }
});

test("the density as it is asked: conditional both ways, quantile, draws; what is outside is refused", () => {
  const view = localOf(planOf(20, undefined, { ...STRAIGHT, swap: true }).plan).view();
  const { u, v } = view.conditional(0.3, 0.8);
  expect(view.quantile(v, 0.3)).toBeCloseTo(0.8, 6);
  // The normal copula is symmetric.
  expect(view.conditional(0.8, 0.3).v).toBeCloseTo(u, 6);
  expect(view.sample(5)).toEqual(view.sample(5, 0));
  const [a, b] = [0.1, 0.5].map((u) => view.logDensity(u, 0.2));
  view
    .logDensities([0.1, 0.5], [0.2, 0.2])
    .forEach((value, k) => void expect(value).toBeCloseTo([a, b][k], 6));
  const refused = (call: () => unknown, message: string) =>
    expect(call).toThrow(new InfoNetError("invalid-option", message));
  refused(() => view.logDensity(0, 0.5), "u is 0; pass a number between 0 and 1, both excluded.");
  refused(
    () => view.logDensities([0.5, 1], [0.5, 0.5]),
    "u[1] is 1; pass a number between 0 and 1, both excluded.",
  );
  expect(() => view.logDensities([0.5], [])).toThrow("u has 1 row and v has 0;");
  refused(() => view.conditional(0.5, 2), "v is 2; pass a number between 0 and 1, both excluded.");
  refused(() => view.quantile(Number.NaN, 0.5), "p is NaN; pass a number between 0 and 1, both excluded.");
  refused(() => view.sample(0.5), "n is 0.5; pass a whole number from 1 to 100000000.");
});
