import { expect, test } from "vitest";
import { CopulaDensity } from "../density/index.js";
import { normalQuantile } from "../numerics/normal.js";
import { rankScores } from "../numerics/normal-scores.js";
import { allRows } from "../numerics/rows.js";
import { normalLogDensity, normalMixture } from "../testing/mixtures.js";
import { draws } from "../testing/random.js";
import { CONDITION, type Conditioned, type Part, position, positionAt, shares } from "./condition.js";

const { normal } = draws(41);
const n = 200;
const HELD = 60;
const PLAIN = { flipU: false, flipV: false, swap: false };
const values = () => Float64Array.from({ length: n + HELD }, normal);
const all = allRows(n + HELD);
const at = (column: Float64Array) => position(column, all.subarray(0, n), all.subarray(n));
const [a, b] = [at(values()), at(values())];
/** Even rows in one part, odd ones in the other. */
const places = [0, 1].map((odd) => ({
  fitted: all.filter((row) => row < n && row % 2 === odd),
  held: all.filter((row) => row < HELD && row % 2 === odd),
}));
const run = (parts: readonly Part[], wanted = { next: true, density: true }) =>
  CONDITION.run({ parts, a, b, wanted }, undefined as never) as Conditioned;

test("every part has a copula of its own, and in it the ranks of its rows alone", () => {
  const rhos = [0.9, -0.6];
  const parts = rhos.map((rho, k) => ({
    places: places[k],
    mixture: normalMixture(rho),
    orientation: PLAIN,
  }));
  const { logDensity } = run(parts);
  expect(logDensity).toHaveLength(HELD);
  for (const k of [0, 1]) {
    const [own, other] = [a, b].map((whole) => positionAt(whole, places[k]));
    places[k].held.forEach((row, place) => {
      // Of the density's table, whose steps are narrow.
      expect(logDensity![row]).toBeCloseTo(normalLogDensity(rhos[k], own.held[place], other.held[place]), 1);
    });
  }
});

test("variables given each other: those of the parts, ranked together", () => {
  const parts = [0.9, -0.6].map((rho, k) => ({
    places: places[k],
    mixture: normalMixture(rho),
    orientation: PLAIN,
  }));
  const next = run(parts);
  for (const { ranks, held } of [next.a, next.b]) {
    expect([...ranks].sort((p, q) => p - q)).toEqual([...allRows(n)]);
    for (const place of held) expect(place > 0 && place < 1).toBe(true);
  }
  const given = new Float64Array(n);
  parts.forEach(({ mixture }, k) => {
    const [own, other] = [a, b].map((whole) => positionAt(whole, places[k]));
    const copula = CopulaDensity.read(mixture, PLAIN);
    copula.conditionals(rankScores(own.ranks), rankScores(other.ranks)).u.forEach((value, place) => {
      given[places[k].fitted[place]] = value;
    });
  });
  const sorted = [...allRows(n)].sort((p, q) => given[p] - given[q]);
  sorted.forEach((row, rank) => {
    expect(next.a.ranks[row]).toBe(rank);
  });
});

test("a part without a copula counts as independent: its rows keep their places in it", () => {
  const parts = [
    { places: places[0], orientation: PLAIN },
    { places: places[1], mixture: normalMixture(0.8), orientation: PLAIN },
  ];
  const { a: next, logDensity } = run(parts);
  for (const row of places[0].held) expect(logDensity![row]).toBe(0);
  const order = (ranks: Uint32Array): Uint32Array =>
    places[0].fitted.slice().sort((p, q) => ranks[p] - ranks[q]);
  expect(order(next.ranks)).toEqual(order(a.ranks));
  expect(logDensity!.some((value) => value !== 0)).toBe(true);
});

test("one part of all rows is the pair as a whole", () => {
  const whole = { mixture: normalMixture(0.7), orientation: PLAIN };
  const places = { fitted: all.subarray(0, n), held: all.subarray(0, HELD) };
  const [one, other] = [run([whole]), run([{ ...whole, places }])];
  expect(other.a.ranks).toEqual(one.a.ranks);
  // Places among the rows are computed twice.
  other.logDensity!.forEach((value, k) => {
    expect(value).toBeCloseTo(one.logDensity![k], 9);
  });
});

test("what is not asked for is not made", () => {
  const part = { mixture: normalMixture(0.7), orientation: PLAIN };
  const { a: same, b: too, logDensity } = run([part], { next: false, density: false });
  expect([same, too, logDensity]).toEqual([a, b, undefined]);
});

test("places among some rows: their own ranks, and held-out rows where they lie between them", () => {
  const some = positionAt(
    { ranks: Uint32Array.of(3, 0, 2, 1), held: Float64Array.of(0.01, 0.5, 0.99) },
    { fitted: Uint32Array.of(0, 1, 3), held: Uint32Array.of(0, 1, 2) },
  );
  expect([...some.ranks]).toEqual([2, 0, 1]);
  // Those fitted lie at (rank + ½)/4: 0.125, 0.375 and 0.875; in between it is linear.
  expect([...some.held].map((place) => place.toFixed(4))).toEqual(["0.0833", "0.5833", "0.9167"]);
  expect([...shares(Uint32Array.of(1, 0))]).toEqual([0.75, 0.25]);
  expect(normalQuantile(shares(Uint32Array.of(0))[0])).toBe(0);
});
