import { expect, test } from "vitest";
import type { JitteredCells } from "./jittered-cells.js";
import { pullSums, SumSlopesCollector } from "./sum-slopes.js";

/** Two open cells: points 3 and 1 in the first, point 0 in the second. */
const cells = {
  starts: Uint32Array.of(0, 2, 3, 99),
  openCount: 2,
  points: Uint32Array.of(3, 1, 0, 99),
  slopesU: Float64Array.of(1, 2, 3, 99),
  slopesV: Float64Array.of(10, 20, 30, 99),
} as unknown as JitteredCells;

test("what was collected is told run by run, in arrays of its own", () => {
  const collector = new SumSlopesCollector();
  collector.add(cells, Uint16Array.of(5, 6), Float64Array.of(2, 3, 4, 99));
  collector.add(cells, Uint16Array.of(7, 8), Float64Array.of(1, 1, 1, 99));
  const taken = collector.take();
  expect([...taken.points]).toEqual([3, 1, 0, 3, 1, 0]);
  expect([...taken.byU]).toEqual([2, 6, 12, 1, 2, 3]);
  expect([...taken.byV]).toEqual([20, 60, 120, 10, 20, 30]);
  expect([...taken.ends]).toEqual([2, 3, 5, 6]);
  expect([...taken.sums]).toEqual([5, 6, 7, 8]);
  collector.clear();
  collector.add(cells, Uint16Array.of(1, 2), Float64Array.of(0, 0, 1));
  expect([...taken.byU]).toEqual([2, 6, 12, 1, 2, 3]);
  expect(collector.take()).toEqual({
    points: Uint32Array.of(3, 1, 0),
    byU: Float32Array.of(0, 0, 3),
    byV: Float32Array.of(0, 0, 30),
    ends: Uint32Array.of(2, 3),
    sums: Uint16Array.of(1, 2),
  });
});

test("nothing collected is nothing told", () => {
  expect(new SumSlopesCollector().take().points).toHaveLength(0);
});

test("derivatives by the sums are handed on to the points, and added to theirs", () => {
  const slopes = {
    points: Uint32Array.of(3, 1, 1),
    byU: Float32Array.of(1, 2, 3),
    byV: Float32Array.of(10, 20, 30),
    ends: Uint32Array.of(2, 3),
    sums: Uint16Array.of(1, 0),
  };
  const [u, v] = [Float64Array.of(5, 5, 5, 5), Float64Array.of(6, 6, 6, 6)];
  pullSums(slopes, Float64Array.of(100, 1000), u, v);
  expect([...u]).toEqual([5, 2305, 5, 1005]);
  expect([...v]).toEqual([6, 23_006, 6, 10_006]);
});

test("room is made for many points of few runs, and for many runs of few points", () => {
  const cellsOf = (ends: readonly number[]): JitteredCells => {
    const count = ends[ends.length - 1];
    return {
      starts: Uint32Array.of(0, ...ends),
      openCount: ends.length,
      points: Uint32Array.from({ length: count }, (_, i) => i),
      slopesU: new Float64Array(count).fill(1),
      slopesV: new Float64Array(count).fill(2),
    } as unknown as JitteredCells;
  };
  const many = Array.from({ length: 40 }, (_, run) => run);
  for (const parts of [
    [[1, 2, 3], [50]],
    [[100], many],
  ]) {
    const collector = new SumSlopesCollector();
    for (const ends of parts) {
      const weights = new Float64Array(ends[ends.length - 1]).fill(1);
      collector.add(cellsOf(ends), Uint16Array.from(ends), weights);
    }
    const [first, second] = parts;
    const size = first[first.length - 1];
    const { ends, sums, byU } = collector.take();
    expect([...ends]).toEqual([...first, ...second.map((end) => size + end)]);
    expect([...sums]).toEqual([...first, ...second]);
    expect([...byU]).toEqual(new Array(size + second[second.length - 1]).fill(1));
  }
});
