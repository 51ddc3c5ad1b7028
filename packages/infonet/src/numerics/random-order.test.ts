import { expect, test } from "vitest";
import { CHANCE, rarity } from "../testing/goodness-of-fit.js";
import { chosenPlaces, shuffled, stream } from "./random.js";
import { allRows } from "./rows.js";

test("a random order holds every number once, and takes n − 1 numbers of its stream", () => {
  for (const n of [0, 1, 2, 7, 1000]) {
    const [own, twin] = [stream(1, n), stream(1, n)];
    const order = shuffled(n, own);
    expect(order.toSorted()).toEqual(allRows(n));
    for (let k = 0; k < n - 1; k++) twin.uniform();
    expect(own.uniform(), `after ${n}`).toBe(twin.uniform());
  }
});

test("all 24 orders of four are equally probable", () => {
  const random = stream(2);
  const counts = new Map<string, number>();
  for (let k = 0; k < 4800; k++) {
    const order = shuffled(4, random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(rarity([...counts.values()])).toBeGreaterThan(CHANCE);
});

test("orders and choices that are pinned as this generator's own: a seed keeps its answers", () => {
  expect([...shuffled(10, stream(1))]).toEqual([1, 2, 3, 6, 7, 4, 8, 5, 0, 9]);
  expect([...chosenPlaces(20, 6)]).toEqual([4, 6, 7, 11, 14, 17]);
});

test("chosen places ascend, are as many as asked for, and all of them where all are asked for", () => {
  for (const n of [0, 1, 2, 5, 17]) {
    for (let size = 0; size <= n; size++) {
      const places = [...chosenPlaces(n, size)];
      expect(places).toHaveLength(size);
      expect(places.every((place, k) => place < n && (k === 0 || place > places[k - 1]))).toBe(true);
    }
    expect(chosenPlaces(n, n)).toEqual(allRows(n));
  }
});

test("chosen places lie everywhere alike", () => {
  const cells: number[] = new Array(20).fill(0);
  for (const place of chosenPlaces(100_000, 10_000)) cells[Math.floor(place / 5000)]++;
  expect(rarity(cells)).toBeGreaterThan(CHANCE);
});
