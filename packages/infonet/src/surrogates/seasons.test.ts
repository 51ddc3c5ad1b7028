import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { seasonsOf, sharedSeason } from "./seasons.js";

const n = 480;
const all = Uint32Array.of(0, n);
const cycle = (random: ReturnType<typeof draws>, period: number, phase: number): Float64Array =>
  Float64Array.from(
    { length: n },
    (_, t) => 1.5 * Math.sin((2 * Math.PI * t) / period + phase) + random.normal(),
  );

test("two series that repeat after the same number of rows share a season, whatever their phases", () => {
  const random = draws(1);
  const [a, b, other] = [cycle(random, 12, 0), cycle(random, 12, 2), cycle(random, 17, 0)];
  const [x, y, z] = [a, b, other].map((values) => seasonsOf(values, all));
  expect(sharedSeason(x, y)).toBe(12);
  expect(sharedSeason(x, z)).toBeUndefined();
});

test("series without a season have none, persistent ones too", () => {
  for (let k = 0; k < 20; k++) {
    const { normal } = draws(20 + k);
    const values = new Float64Array(n);
    for (let t = 1; t < n; t++) values[t] = 0.95 * values[t - 1] + normal();
    expect(Math.max(...seasonsOf(values, all))).toBe(0);
  }
});

test("the longest series of a panel is looked at", () => {
  const random = draws(3);
  const values = Float64Array.from([
    ...Float64Array.from({ length: 20 }, random.normal),
    ...cycle(random, 7, 1),
  ]);
  const seasons = seasonsOf(values, Uint32Array.of(0, 20, 20 + n));
  expect(seasons.indexOf(Math.max(...seasons)) % 7).toBe(0);
});
