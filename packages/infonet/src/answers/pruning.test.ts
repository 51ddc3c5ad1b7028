import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { aboveBackground, backgroundTail } from "./background.js";
import { TOLERANCE, withoutWeakest } from "./data-processing.js";
import type { Link } from "./link.js";

const link = (x: number, y: number, mi: number): Link => ({
  ...{ x, y, mi, pValue: 0, given: [], direct: mi, pGiven: undefined, stands: true },
});

test("data processing: the weakest of three goes through the third, unless it is nearly as strong", () => {
  const links = [link(0, 1, 0.5), link(1, 2, 0.4), link(0, 2, 0.2), link(2, 3, 0.1)];
  withoutWeakest(links, 4);
  expect(links.map(({ stands }) => stands)).toEqual([true, true, false, true]);
  expect(links[2].given).toEqual([1]);
  const near = [link(0, 1, 0.5), link(1, 2, 0.4), link(0, 2, 0.4 * (1 - TOLERANCE) + 0.01)];
  withoutWeakest(near, 3);
  expect(near.every(({ stands }) => stands)).toBe(true);
});

test("data processing: triples are judged by the links as they were, so that their order means nothing", () => {
  const strengths: [number, number, number][] = [];
  for (let x = 0; x < 6; x++) {
    for (let y = x + 1; y < 6; y++) strengths.push([x, y, 1 / (1 + ((7 * x + 11 * y) % 13))]);
  }
  const run = (list: typeof strengths): string[] => {
    const links = list.map(([x, y, mi]) => link(x, y, mi));
    withoutWeakest(links, 6);
    return links.map(({ x, y, stands, given }) => `${x}${y} ${stands} ${given}`).sort();
  };
  expect(run([...strengths].reverse())).toEqual(run(strengths));
});

test("background: a link of two quiet columns is above it, the same link of two loud ones is not", () => {
  const pairs = [];
  for (let x = 0; x < 10; x++) {
    for (let y = x + 1; y < 10; y++) {
      const loud = x < 4 && y < 4;
      pairs.push({ x, y, mi: (loud ? 0.3 : 0.01) + 0.001 * ((3 * x + 5 * y) % 7) });
    }
  }
  const quiet = pairs.findIndex(({ x, y }) => x === 6 && y === 8);
  pairs[quiet].mi = 0.3;
  const links = pairs.map(({ x, y, mi }) => link(x, y, mi));
  aboveBackground(links, pairs, 10);
  const strongest = links.reduce((a, b) => ((b.score as number) > (a.score as number) ? b : a));
  expect([strongest.x, strongest.y]).toEqual([6, 8]);
});

test("background: the tail is that of two normal numbers, cut off below 0", () => {
  const { normal } = draws(5);
  const lengths = Array.from({ length: 20_000 }, () =>
    Math.hypot(Math.max(0, normal()), Math.max(0, normal())),
  );
  for (const score of [0.5, 1, 2]) {
    const share = lengths.filter((length) => length >= score).length / lengths.length;
    // Three standard errors.
    expect(Math.abs(share - backgroundTail(score))).toBeLessThan(0.011);
  }
  expect(backgroundTail(0)).toBe(1);
});
