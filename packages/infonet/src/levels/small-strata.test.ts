import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InfoNet } from "../infonet.js";
import { draws } from "../testing/random.js";

let net: InfoNet;

beforeAll(async () => {
  net = await InfoNet.load();
});

afterAll(() => net.dispose());

const ROWS = 1000;
const SHIFT = 1.2;

/** I of a level that is there with a probability, and a normal number that it shifts, by a sum over a fine grid. */
function shiftedInformation(share: number, shift: number): number {
  const step = 0.002;
  let sum = 0;
  for (let v = -8; v < 10; v += step) {
    const [without, within] = [v, v - shift].map((z) => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI));
    const all = (1 - share) * without + share * within;
    sum += step * ((1 - share) * without * Math.log(without / all) + share * within * Math.log(within / all));
  }
  return sum;
}

/** A level that shifts a number, both of which strata change; 1000 rows. */
function drawn(strata: number, { shares = false, spreads = false, turned = false, shift = SHIFT }) {
  const { uniform, normal } = draws(11 * strata);
  const own = Array.from({ length: strata }, () => ({
    middle: 3 * normal(),
    share: shares ? uniform() : 0.5,
    spread: spreads ? Math.exp(0.5 * normal()) : 1,
    sign: turned && uniform() < 0.5 ? -1 : 1,
  }));
  const c = Array.from({ length: ROWS }, () => Math.floor(strata * uniform()));
  const a = c.map((k) => uniform() < own[k].share);
  const v = c.map(
    (k, row) => own[k].middle + own[k].spread * ((a[row] ? own[k].sign * shift : 0) + normal()),
  );
  const truth = own.reduce((sum, { share }) => sum + shiftedInformation(share, shift) / strata, 0);
  return { a, v, strata: c.map((k) => `s${k}`), truth };
}

describe.each([20, 50, 100, 200, 300])("1000 rows in %i strata", (strata) => {
  test.each([
    { shares: false, spreads: false },
    { shares: true, spreads: false },
    { shares: false, spreads: true },
  ])("a level that shifts a number: shares differ $shares, spreads differ $spreads", async (law) => {
    const { a, v, strata: given, truth } = drawn(strata, law);
    const { mi, interval, pValue } = await net.conditional(a, v, [given]);
    expect(Math.abs(mi - truth)).toBeLessThan(0.25 * truth);
    expect(interval[1]).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(pValue).toBeLessThan(1e-9);
  });

  test("a level that shifts nothing", async () => {
    const { a, v, strata: given } = drawn(strata, { shift: 0 });
    const { mi, interval, pValue } = await net.conditional(a, v, [given]);
    expect(mi).toBeLessThan(0.01);
    expect(interval[0]).toBe(0);
    expect(pValue).toBeGreaterThan(0.05);
  });
});

test("where strata turn the shift round, the test sees it and the interval is open", async () => {
  const { a, v, strata: given } = drawn(100, { turned: true });
  const { interval, pValue, warnings } = await net.conditional(a, v, [given]);
  expect(interval[1]).toBe(Number.POSITIVE_INFINITY);
  expect(warnings.map(({ code }) => code)).toContain("open-interval");
  expect(pValue).toBeLessThan(1e-9);
});
