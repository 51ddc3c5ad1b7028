/** Two stages by the released model: what is screened out shows nothing, and what goes on is estimated as without. */
import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { MatrixCell } from "../types.js";

const net = await releasedNet();

const N = 300;

/** Columns of which every fifth follows the one before it, one has levels, one holes, and one is constant. */
function table(): Record<string, Float64Array | string[]> {
  const { normal, uniform } = draws(17);
  const columns: Record<string, Float64Array | string[]> = {};
  let last = new Float64Array(N);
  for (let k = 0; k < 30; k++) {
    const follows = k % 5 === 4;
    const of = last;
    last = Float64Array.from({ length: N }, (_, row) => (follows ? of[row] ** 2 + 0.3 * normal() : normal()));
    columns[`c${k}`] = last;
  }
  columns.level = Array.from({ length: N }, () => "abc"[Math.floor(3 * uniform())]);
  columns.holes = (columns.c3 as Float64Array).map((value, row) => (row % 4 === 0 ? Number.NaN : value));
  columns.constant = new Float64Array(N).fill(1);
  return columns;
}

const miOf = (cell: MatrixCell | undefined): number | undefined =>
  cell?.error === undefined ? cell?.mi : undefined;

test("pairs that go on have the numbers they would have had, and those that do not show nothing", async () => {
  const columns = table();
  const whole = await net.matrix(columns);
  const screened = await net.matrix(columns, { screen: 0.01 });
  const out = screened.screened;
  expect(out?.threshold).toBe(0.01);
  expect(whole.screened).toBeUndefined();
  expect(screened.pairs.length + (out?.pairs ?? 0)).toBe(whole.pairs.length);
  // About one in a hundred of the independent pairs goes on, and all with a level or a constant.
  expect(out?.pairs).toBeGreaterThan(400);
  for (const cell of screened.pairs) {
    const { qValue: _, ...before } = whole.get(cell.x, cell.y) as { qValue?: number };
    const { qValue: __, ...now } = cell as { qValue?: number };
    expect(now).toEqual(before);
  }
  for (const cell of whole.pairs) {
    if (screened.get(cell.x, cell.y) !== undefined) continue;
    expect(cell.error).toBeUndefined();
  }
  expect(out?.below).toBeGreaterThan(0.05);
  expect(out?.below).toBeLessThan(0.2);
  for (const k of [4, 9, 14, 19, 24, 29])
    expect(miOf(screened.get(`c${k - 1}`, `c${k}`))).toBeGreaterThan(0.3);
  expect(miOf(screened.get("holes", "c3"))).toBeGreaterThan(1);
  expect(screened.get("constant", "c0")?.code).toBe("constant");
  // What was screened out still counts among the tests.
  const tests = whole.pairs.filter((cell) => cell.error === undefined).length;
  const largest = Math.max(
    ...screened.pairs.map((cell) => (cell.error === undefined ? (cell.qValue ?? 0) : 0)),
  );
  expect(largest).toBeGreaterThan(0.1);
  expect(tests).toBe((out?.pairs ?? 0) + screened.pairs.filter((cell) => cell.error === undefined).length);
});

test("targets and lists of pairs change nothing", async () => {
  const columns = table();
  const one = await net.matrix(columns, { screen: 0.05 });
  const target = await net.matrix(columns, { screen: 0.05, target: ["c4", "c3"] });
  const withTarget = one.pairs.filter(({ x, y }) => [x, y].some((name) => name === "c4" || name === "c3"));
  const names = ({ x, y }: { x: string; y: string }): string => [x, y].sort().join();
  expect(target.pairs.map(names).sort()).toEqual(withTarget.map(names).sort());
  const pairs = [
    ["c4", "c3"],
    ["c0", "c1"],
  ] as const;
  const listed = await net.matrix(columns, { screen: 0.001, pairs });
  expect(listed.pairs.map(names)).toEqual(["c3,c4"]);
  expect(listed.screened?.pairs).toBe(1);
});

test("progress counts every pair; an end before time keeps what is finished", async () => {
  const columns = table();
  const seen: number[] = [];
  const whole = await net.matrix(columns, {
    screen: 0.01,
    onProgress: ({ done, total }) => seen.push(done, total),
  });
  const pairs = whole.pairs.length + (whole.screened?.pairs ?? 0);
  expect(seen.slice(-2)).toEqual([pairs, pairs]);
  const controller = new AbortController();
  const call = net.matrix(columns, {
    screen: 0.9,
    signal: controller.signal,
    onProgress: ({ done }) => done > 250 && controller.abort(),
  });
  await expect(call).rejects.toMatchObject({ partial: { screened: { threshold: 0.9 } } });
});

test("what cannot be screened is refused", async () => {
  const columns = { a: [1, 2, 3], b: [3, 1, 2] };
  await expect(net.matrix(columns, { screen: 1 })).rejects.toThrow(
    "screen is 1; pass a p-value above 0 and below 1, such as 0.001.",
  );
  await expect(net.matrix(columns, { screen: 0.01, counts: [1, 1, 1] })).rejects.toThrow(
    "screen is 0.01 and counts is given; the first look takes every row for itself. Leave one of them out.",
  );
});
