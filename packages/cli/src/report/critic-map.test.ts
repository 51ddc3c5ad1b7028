import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { HOSTILE } from "../testing/hostile.js";
import { normalCopula, normalLogDensity, normalQuantile } from "../testing/normal-copula.js";
import { all, parsePage, texts } from "../testing/page.js";
import { column } from "../testing/samples.js";
import { tableCopula } from "../testing/table-copula.js";
import type { Axis } from "./axis.js";
import { criticMap, picture, ratioLegend } from "./critic-map.js";
import { blockRatio } from "./density.js";
import { pageText } from "./html.js";
import { ratioPixel, ratioStep } from "./palette.js";
import { pngUri } from "./png.js";

const axis = (given: TableColumn): Axis => ({ column: given, sorted: given.values.slice().sort() });
const copula = normalCopula(0.6);
const numbers = axis(
  column(
    "n",
    Array.from({ length: 100 }, (_, k) => k * k + 100),
  ),
);
const kinds = axis(
  column(
    "kind",
    Array.from({ length: 100 }, (_, k) => (k < 50 ? 0 : k < 97 ? 1 : 2)),
    ["dry", "wet", "rare"],
  ),
);

describe("criticMap", () => {
  test("labels the quantiles of numbers on both axes", () => {
    const map = parsePage(criticMap(copula, numbers, numbers, pngUri));
    expect(texts(map, "text")).toEqual([
      ..."200 1000 2600 5000 8200".split(" "),
      "n, by rank →",
      ..."200 1000 2600 5000 8200".split(" "),
      "n, by rank →",
    ]);
  });

  test("labels the bands of categories, except those too narrow to read, and draws their edges", () => {
    const map = parsePage(criticMap(copula, kinds, numbers, pngUri));
    expect(texts(map, "text").slice(0, 3)).toEqual(["dry", "wet", "kind, by rank →"]);
    expect(all(map, ".band").map((edge) => edge.getAttribute("d"))).toEqual(["M228,8v300", "M369,8v300"]);
  });

  test("labels the values of numbers that have few, as those of categories", () => {
    const few = axis(
      column(
        "few",
        Array.from({ length: 100 }, (_, k) => (k < 50 ? 4 : 6)),
      ),
    );
    const map = parsePage(criticMap(copula, few, few, pngUri));
    expect(texts(map, "text")).toEqual(["4", "6", "few, by rank →", "4", "6", "few, by rank →"]);
    expect(all(map, ".band")).toHaveLength(2);
  });

  test("has the same picture twice, for both appearances", () => {
    const [light, dark] = all(parsePage(criticMap(copula, numbers, numbers, pngUri)), "image").map((image) =>
      image.getAttribute("href"),
    );
    for (const image of [light, dark]) expect(image).toMatch(/^data:image\/png;base64,/);
    expect(light).not.toBe(dark);
  });

  test("says in words what it shows, and escapes names and categories", () => {
    for (const name of HOSTILE) {
      const hostile = axis(column(name, kinds.column.values, [name, name, name]));
      const map = parsePage(criticMap(copula, hostile, hostile, pngUri)).querySelector("svg");
      expect(map?.getAttribute("aria-label")).toContain(
        `Critic map of ${pageText(name)} and ${pageText(name)} on ranks`,
      );
      expect(all(map as never, "script,img,svg,b")).toEqual([]);
    }
  });
});

describe("picture", () => {
  test("is the density at the middle of every pixel, larger values to the right and upwards", () => {
    const skew = { ...copula, logDensity: (u: number, v: number) => copula.logDensity(u, v) + u - 2 * v };
    const { width, height, indices } = picture(skew, numbers, numbers);
    expect([width, height, indices.length]).toEqual([150, 150, 22_500]);
    for (const [i, j] of [
      [0, 0],
      [149, 0],
      [20, 130],
      [75, 40],
      [149, 149],
    ]) {
      const [u, v] = [(i + 0.5) / 150, (j + 0.5) / 150];
      const density = normalLogDensity(0.6, normalQuantile(u), normalQuantile(v)) + u - 2 * v;
      expect(indices[(149 - j) * 150 + i]).toBe(ratioStep(density));
    }
  });

  test("has one colour a block where both columns are categories", () => {
    const { width, height, indices } = picture(copula, kinds, kinds);
    expect([width, height]).toEqual([300, 300]);
    const dry = { from: 0, to: 0.5 };
    const wet = { from: 0.5, to: 0.97 };
    const at = (i: number, j: number) => indices[(299 - j) * 300 + i];
    for (const j of [0, 70, 149]) {
      for (const i of [0, 149]) expect(at(i, j)).toBe(ratioStep(Math.log(blockRatio(copula, dry, dry))));
      for (const i of [150, 290]) expect(at(i, j)).toBe(ratioStep(Math.log(blockRatio(copula, wet, dry))));
    }
    expect(new Set(indices).size).toBeLessThanOrEqual(9);
  });

  test("is even along categories and smooth along numbers", () => {
    const upright = picture(copula, kinds, numbers);
    expect([upright.width, upright.height]).toEqual([300, 150]);
    const level = picture(copula, numbers, kinds);
    expect([level.width, level.height]).toEqual([150, 300]);
    for (let k = 0; k < 150; k++) {
      const row = upright.indices.subarray(k * 300, (k + 1) * 300);
      expect(new Set(row).size).toBeLessThanOrEqual(3);
      // The normal copula is the same either way.
      expect(level.indices[299 * 150 + k]).toBe(upright.indices[(149 - k) * 300]);
    }
    expect(new Set(upright.indices.filter((_, k) => k % 300 === 0)).size).toBeGreaterThan(50);
  });
});

describe("a table of levels", () => {
  const levels = (codes: number[], names: string[]): Axis => ({
    ...axis(column("levels", codes, names)),
    kind: "levels",
  });
  const counts = [
    [30, 0, 20],
    [10, 1, 39],
  ];
  const cells = counts.flatMap((row, j) =>
    row.flatMap((count, i) => Array.from({ length: count }, () => [i, j])),
  );
  const x = levels(
    cells.map(([i]) => i),
    ["a", "b", "c"],
  );
  const y = levels(
    cells.map(([, j]) => j),
    ["p", "q"],
  );
  const table = tableCopula(counts);

  test("has one colour a cell, which is that of its count, and stripes where levels never meet", () => {
    const { width, height, indices } = picture(table, x, y);
    expect([width, height]).toEqual([300, 300]);
    const at = (u: number, v: number) => {
      const [from, row] = [Math.floor(u * 300), 299 - Math.floor(v * 300)];
      return indices[row * 300 + from];
    };
    const ratio = (i: number, j: number) => (counts[j][i] * 100) / ([40, 1, 59][i] * 50);
    for (const [i, us] of [
      [0, [0, 0.2, 0.39]],
      [2, [0.42, 0.7, 0.999]],
    ] as const) {
      for (const u of us) {
        for (const v of [0, 0.2, 0.49]) expect(at(u, v)).toBe(ratioStep(Math.log(ratio(i, 0))));
        for (const v of [0.51, 0.8, 0.999]) expect(at(u, v)).toBe(ratioStep(Math.log(ratio(i, 1))));
      }
    }
    const never = [...indices].filter((_, k) => k % 300 === 121 && k >= 150 * 300);
    expect(new Set(never)).toEqual(
      new Set(Array.from({ length: 7 }, (_, k) => ratioPixel(Number.NEGATIVE_INFINITY, k, 0))),
    );
  });

  test("says in its cells how often levels meet, where there is room, and names the levels", () => {
    const map = parsePage(criticMap(table, x, y, pngUri));
    expect(texts(map, ".ratios text")).toEqual(["1.5×", "0.68×", "0.50×", "1.3×"]);
    expect(texts(map, "text").slice(0, 3)).toEqual(["a", "c", "levels, by share of rows →"]);
    expect(map.querySelector("svg")?.getAttribute("aria-label")).toMatch(
      /^Table of levels and levels as it was/,
    );
    const wide = parsePage(
      criticMap(
        tableCopula([
          [1, 0],
          [0, 1],
        ]),
        levels([0, 1], ["a", "b"]),
        levels([0, 1], ["p", "q"]),
        pngUri,
      ),
    );
    expect(texts(wide, ".ratios text")).toEqual(["2.0×", "never", "never", "2.0×"]);
  });

  test("has ticks where numbers are too many levels to be named one by one", () => {
    const ages = Array.from({ length: 400 }, (_, k) => 20 + (k % 40));
    const many: Axis = { ...axis(column("age", ages)), kind: "levels" };
    const map = parsePage(criticMap(normalCopula(0), many, y, pngUri));
    expect(texts(map, "text").slice(0, 6)).toEqual(["24", "32", "40", "48", "56", "age, by share of rows →"]);
    expect(all(map, ".band")).toHaveLength(1);
    expect(picture(normalCopula(0), many, numbers)).toMatchObject({ width: 300, height: 300 });
  });
});

test("ratioLegend names the factors from left to right", () => {
  const legend = parsePage(ratioLegend(pngUri));
  expect(texts(legend, "text")).toEqual(["1/16", "1/4", "as often", "4×", "16×", "never"]);
  const xs = all(legend, "text").map((text) => Number(text.getAttribute("x")));
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
});
