import { expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws } from "../testing/random.js";
import { panelOf, rowsBeside, timesOf } from "./index.js";

/** All pairs of rows whose times are so far apart, one by one. */
function pairsBeside(times: ArrayLike<number>, segments: Uint32Array, lag: number): string[] {
  const pairs: string[] = [];
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let x = segments[s]; x < segments[s + 1]; x++) {
      for (let y = segments[s]; y < segments[s + 1]; y++)
        if (times[y] === times[x] + lag) pairs.push(`${x} ${y}`);
    }
  }
  return pairs;
}
const written = (stretches: ReturnType<typeof rowsBeside>): string[] =>
  stretches.flatMap(([x, y, rows]) => Array.from({ length: rows }, (_, k) => `${x + k} ${y + k}`));

test("rows at a lag are those so many rows of the input apart, in every series, gaps and all", () => {
  const { uniform } = draws(1);
  for (let trial = 0; trial < 20; trial++) {
    const total = 60;
    const clusters = codeColumn(Float64Array.from({ length: total }, () => Math.floor(3 * uniform())));
    const rows = Uint32Array.from({ length: total }, (_, row) => row).filter(() => uniform() < 0.8);
    const own = { ...clusters, places: clusters.places.filter((_, row) => rows.includes(row)) };
    const panel = panelOf(rows.length, own);
    const times = timesOf(panel, rows, clusters)!;
    for (const lag of [-7, -1, 0, 2, 5]) {
      const stretches = rowsBeside(panel.segments, lag, times);
      expect(written(stretches)).toEqual(pairsBeside(times, panel.segments, lag));
    }
  }
});

test("without gaps they are one stretch a series", () => {
  const segments = Uint32Array.of(0, 4, 10);
  expect(rowsBeside(segments, 2)).toEqual([
    [0, 2, 2],
    [4, 6, 4],
  ]);
  expect(rowsBeside(segments, -5)).toEqual([[9, 4, 1]]);
  const times = Uint32Array.from({ length: 10 }, (_, row) => row);
  expect(rowsBeside(segments, 2, times)).toEqual(rowsBeside(segments, 2));
});
