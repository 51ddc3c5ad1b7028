import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { HOSTILE } from "../testing/hostile.js";
import { all, drawnTogether, type Element, parsePage, texts } from "../testing/page.js";
import { column } from "../testing/samples.js";
import type { Axis } from "./axis.js";
import { pageText } from "./html.js";
import { completeRows } from "./rank-correlation.js";
import { scatter } from "./scatter.js";
import type { SpreadPoint } from "./spread.js";
import { clip } from "./values.js";

const axis = (given: TableColumn): Axis => ({ column: given, sorted: given.values.slice().sort() });

function draw(x: TableColumn, y: TableColumn, spread?: SpreadPoint[]): Element {
  const drawing = scatter(axis(x), axis(y), completeRows(x.values, y.values), spread);
  return parsePage(drawing).querySelector("svg") as Element;
}

/** Centres of the points, in the order they are drawn. */
function points(svg: Element): [number, number][] {
  const paths = all(svg, ".dots path").map((path) => path.getAttribute("d") as string);
  return [...paths.join("").matchAll(/M(-?[\d.]+),(-?[\d.]+)h0/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

const ramp = column(
  "ramp",
  Array.from({ length: 60 }, (_, k) => k),
);
const label = (svg: Element, axisName: string) =>
  texts(svg, `[data-part="${axisName}-axis tick label"] text`);

describe("scatter", () => {
  test("draws every row within the frame, larger to the right and upwards", () => {
    const drawn = points(draw(ramp, ramp)).sort(([a], [b]) => a - b);
    expect(drawn).toHaveLength(60);
    const ys = drawn.map(([, y]) => y);
    expect(ys).toEqual([...ys].sort((a, b) => b - a));
    for (const [x, y] of drawn) {
      expect(x).toBeGreaterThanOrEqual(78);
      expect(x).toBeLessThanOrEqual(378);
      expect(y).toBeGreaterThanOrEqual(8);
      expect(y).toBeLessThanOrEqual(308);
    }
  });

  test("draws 2000 points of many rows, the same each time", () => {
    const many = column(
      "many",
      Array.from({ length: 5000 }, (_, k) => (k * 7919) % 4999),
    );
    const svg = draw(many, many);
    expect(points(svg)).toHaveLength(2000);
    expect(svg.getAttribute("aria-label")).toBe("Scatter plot of many and many, 2000 of 5000 rows.");
    expect(points(draw(many, many))).toEqual(points(svg));
  });

  test("leaves out rows with a missing value", () => {
    const gaps = column(
      "gaps",
      ramp.values.map((value) => (value % 2 === 0 ? Number.NaN : value)),
    );
    expect(points(draw(gaps, ramp))).toHaveLength(30);
  });

  test("names categories and spreads their points without mixing them", () => {
    const kind = column(
      "kind",
      ramp.values.map((value) => value % 3),
      ["dry", "fog", "wet", "never"],
    );
    const svg = draw(kind, ramp);
    expect(label(svg, "x")).toEqual(["dry", "fog", "wet"]);
    const xs = points(svg).map(([x]) => x);
    expect(new Set(xs).size).toBeGreaterThan(30);
    // Three bands of 100 units with a gap between them.
    for (const x of xs) expect(Math.abs(((x - 78) % 100) - 50)).toBeLessThanOrEqual(32.1);
  });

  test("spreads the points of numbers that are levels, however many", () => {
    const ages = column(
      "age",
      ramp.values.map((value) => 20 + (value % 20)),
    );
    const xs = (kind?: "levels") => {
      const drawing = scatter({ ...axis(ages), kind }, axis(ramp), completeRows(ages.values, ramp.values));
      return new Set(points(parsePage(drawing).querySelector("svg") as Element).map(([x]) => x));
    };
    expect(xs().size).toBe(20);
    expect(xs("levels").size).toBeGreaterThan(40);
  });

  test("uses a logarithmic axis for a long tail and round times for times of day", () => {
    const tail = column(
      "tail",
      ramp.values.map((value) => Math.exp(value / 5)),
    );
    expect(label(draw(tail, ramp), "x")).toEqual(["1", "10", "100", "1000", "10 000", "100k"]);
    const time: TableColumn = {
      ...column(
        "time",
        ramp.values.map((value) => value * 1200),
      ),
      kind: "time",
    };
    expect(label(draw(ramp, time), "y")).toEqual(["00:00", "06:00", "12:00", "18:00"]);
    const short: TableColumn = { ...time, values: ramp.values.map((value) => 36_000 + value * 20) };
    expect(label(draw(ramp, short), "y")).toEqual(["10:00", "10:05", "10:10", "10:15"]);
  });

  test("draws values at the edges of the doubles as those in the middle", () => {
    const middle = points(draw(ramp, ramp));
    for (const [unit, written] of [
      [5e-324, "e\u2212323"],
      [1e-310, "e\u2212309"],
      [3e306, "e+308"],
    ] as const) {
      const far = column(
        "far",
        Array.from(ramp.values, (value) => unit * value),
      );
      const svg = draw(far, ramp);
      // Axes end at round numbers, which are others in another unit.
      points(svg).forEach((point, k) => {
        expect(Math.abs(point[0] - middle[k][0]), `${unit}`).toBeLessThan(20);
      });
      expect(texts(svg, "text").join(" ")).toContain(written);
    }
  });

  test("writes dates as dates", () => {
    const date: TableColumn = {
      ...column(
        "date",
        ramp.values.map((value) => value * 86_400 * 40),
      ),
      kind: "date",
    };
    expect(label(draw(date, ramp), "x").join(" ")).toMatch(/1970.*1976/);
  });

  test("draws the middle as a line and the spread as an area, on the scales of the points", () => {
    const spread = [0, 30, 59].map((x) => ({ x, low: x / 2, middle: x, high: 59 }));
    const svg = draw(ramp, ramp, spread);
    const path = (name: string) => {
      const [d] = all(svg, `.${name} path`).map((each) => each.getAttribute("d") as string);
      return [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    };
    const of = new Map(
      points(svg)
        .sort(([a], [b]) => a - b)
        .map((point, k) => [k, point]),
    );
    const expected = [0, 30, 59].map((k) => of.get(k) as [number, number]);
    for (const [k, [x, y]] of path("median").entries()) {
      expect(x).toBeCloseTo(expected[k][0], 0);
      expect(y).toBeCloseTo(expected[k][1], 0);
    }
    expect(path("median")).toHaveLength(3);
    expect(path("halo")).toEqual(path("median"));
    const top = (of.get(59) as [number, number])[1];
    const ys = path("spread").map(([, y]) => y);
    expect(ys).toHaveLength(6);
    expect(ys.filter((y) => Math.abs(y - top) < 0.1)).toHaveLength(3);
    expect(svg.getAttribute("aria-label")).toContain("the median of the second given the first");
  });

  test("draws no line unless it is given one", () => {
    const svg = draw(ramp, ramp);
    expect(all(svg, ".median path, .halo path, .spread path")).toEqual([]);
    expect(svg.getAttribute("aria-label")).not.toContain("median");
  });

  test("is a picture with names, which it escapes", () => {
    for (const name of HOSTILE) {
      const kind = column(
        name,
        ramp.values.map((value) => value % 2),
        [name, `${name} too`],
      );
      const svg = draw(kind, kind);
      expect(svg.getAttribute("role")).toBe("img");
      expect(svg.getAttribute("aria-label")).toContain(
        `Scatter plot of ${pageText(name)} and ${pageText(name)}`,
      );
      const title = drawnTogether(`${pageText(clip(name, 44))} →`);
      expect(texts(svg, ".axis-title")).toEqual([title, title]);
      // Plot sets every line of a label apart.
      const [line] = clip(pageText(name), 9).split(/\r\n?|\n/);
      expect((label(svg, "y")[0] ?? "").startsWith(drawnTogether(line)), name).toBe(true);
      expect(all(svg, "script,img,svg,style,b")).toEqual([]);
    }
  });
});
