import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws } from "../testing/random.js";
import { freedTarget, type KnownColumn, lookAt, randomSigns, sourceEvidence } from "./covariance-given.js";

type Draws = ReturnType<typeof draws>;

const column = (values: Float64Array, kind: KnownColumn["kind"] = "number"): KnownColumn => ({
  coded: codeColumn(values),
  kind,
});

/** x_t = φ x_{t−1} + noise, and y that may follow it. */
function system({ normal }: Draws, n: number, phi: number, told: (x: number, y: number) => number) {
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  for (let t = 1; t < n; t++) {
    x[t] = phi * x[t - 1] + normal();
    y[t] = phi * y[t - 1] + told(x[t - 1], y[t - 1]) + normal();
  }
  return { target: y.slice(1), source: x.slice(0, -1), past: y.slice(0, -1) };
}

function pValueOf({ target, source, past }: ReturnType<typeof system>): number {
  const freed = freedTarget(column(target), [column(past)]);
  if (freed === undefined) throw new Error("too few rows");
  const [found] = sourceEvidence([[lookAt(randomSigns(target.length, 0), freed, column(source))]]);
  return Math.exp(found.logP);
}

describe("covariances of what is left", () => {
  test("of sources that tell nothing, few are found, whatever both hang on", () => {
    let found = 0;
    for (let k = 0; k < 40; k++) if (pValueOf(system(draws(700 + k), 150, 0.9, () => 0)) <= 0.05) found++;
    // More than 9 of 40 at a level of 5 % come once in ten thousand times.
    expect(found).toBeLessThanOrEqual(9);
  });

  test.each([
    ["lines", (x: number) => 0.5 * x],
    ["bows", (x: number) => 0.3 * x * x],
    ["lines whose sign hangs on the past", (x: number, y: number) => 0.6 * x * Math.sign(y)],
  ])("%s are found, far beyond the number of draws", (_, told) => {
    expect(pValueOf(system(draws(3), 400, 0.5, told))).toBeLessThan(1e-3);
  });

  test("levels are looked at by their indicators", () => {
    const random = draws(5);
    const { source, past, target } = system(random, 400, 0.5, (x) => (x > 0.5 ? 1 : 0));
    const levels = column(
      source.map((x) => Number(x > 0.5)),
      "category",
    );
    const freed = freedTarget(column(target), [column(past)])!;
    const signs = randomSigns(target.length, 0);
    expect(sourceEvidence([[lookAt(signs, freed, levels)]])[0].logP).toBeLessThan(Math.log(1e-3));
  });

  test("what is given tells nothing more", () => {
    const { past, target } = system(draws(6), 200, 0.5, () => 0);
    const freed = freedTarget(column(target), [column(past)])!;
    const { seen } = lookAt(randomSigns(target.length, 0), freed, column(past));
    // Squares of the given column by functions of it are left; its own functions are told to rounding.
    expect(seen).toBeLessThan(3);
  });

  test("the p-value of all sources is that of the largest, and never below that of one", () => {
    const random = draws(8);
    const { source, past, target } = system(random, 200, 0.5, (x) => 0.3 * x);
    const freed = freedTarget(column(target), [column(past)])!;
    const signs = randomSigns(target.length, 1);
    const others = Array.from({ length: 5 }, () => column(Float64Array.from(target, random.normal)));
    const found = sourceEvidence([
      [lookAt(signs, freed, column(source))],
      others.map((own) => lookAt(signs, freed, own)),
    ]);
    for (const { lags, logP, familyLogP } of found) {
      expect(familyLogP).toBeGreaterThanOrEqual(logP);
      for (const lag of lags) expect(lag.familyLogP).toBeGreaterThanOrEqual(lag.logP);
      expect(logP).toBeGreaterThanOrEqual(Math.min(...lags.map((lag) => lag.logP)));
    }
    expect(found[0].familyLogP).toBeLessThan(found[1].familyLogP);
  });

  test("more columns than rows can tell apart are refused", () => {
    const { normal } = draws(9);
    const many = Array.from({ length: 10 }, () => column(Float64Array.from({ length: 40 }, normal)));
    expect(freedTarget(many[0], many.slice(1))).toBeDefined();
    expect(freedTarget(many[0], many)).toBeUndefined();
  });
});
