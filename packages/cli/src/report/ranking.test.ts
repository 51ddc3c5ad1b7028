import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Estimated } from "../output/result.js";
import { all, parsePage, texts } from "../testing/page.js";
import { column, estimated, resultOf, tableOf } from "../testing/samples.js";
import { axisTicks } from "./interval-bar.js";
import { ranking, signedCorrelation } from "./ranking.js";
import { viewOf } from "./view.js";

const columns = [
  column("a", [1, 2, 3, 4]),
  column("b", [4, 3, 2, 1]),
  column("two", [0, 1, 0, 1], ["no", "yes"]),
  column("three", [0, 1, 2, 0], ["x", "y", "z"]),
];
const view = (pairs: Estimated[]) => viewOf(resultOf(pairs), tableOf(columns));

describe("ranking", () => {
  test("has a row a pair, with links to those that are shown close up", () => {
    const page = parsePage(ranking(view([estimated("a", "b", 0.5), estimated("a", "two", 0.1)]), 1));
    expect(texts(page, "tbody th")).toEqual(["a × b", "a × two"]);
    expect(all(page, "tbody a").map((link) => link.getAttribute("href"))).toEqual(["#card-1"]);
    expect(all(page, "tbody tr").map(({ id }) => id)).toEqual(["pair-1", "pair-2"]);
    expect(texts(page, "tbody tr:first-child td")).toEqual([
      "1",
      "",
      "0.500",
      "0.400–0.600",
      "0.80",
      "−1.00",
      "100",
    ]);
  });

  test("has a column of p-values only where there are any", () => {
    const heads = (pValue?: number) =>
      texts(parsePage(ranking(view([estimated("a", "b", 0.5, { pValue })]), 0)), "thead th");
    expect(heads()).not.toContain("p");
    expect(heads(0.5)).toContain("p");
  });

  test("shows warnings with their messages", () => {
    const warnings = [{ code: "missing", message: '40 % of "a" is missing.' }] as const;
    const page = parsePage(ranking(view([estimated("a", "b", 0.5, { warnings: [...warnings] })]), 0));
    expect(texts(page, ".warning")).toEqual(["missing"]);
    expect(page.querySelector(".warning")?.getAttribute("title")).toBe('40 % of "a" is missing.');
  });

  test("draws the interval within the bar", () => {
    const page = parsePage(ranking(view([estimated("a", "b", 0.4, { interval: [0.2, 0.6] })]), 0));
    const range = page.querySelector(".range");
    const percents = [
      range?.getAttribute("x1"),
      page.querySelector("circle")?.getAttribute("cx"),
      range?.getAttribute("x2"),
    ];
    expect(percents).toEqual(["32.7%", "65.4%", "98%"]);
  });

  test("folds what lies beyond 25 rows, and ends at 200", () => {
    const many = Array.from({ length: 230 }, (_, k) => estimated("a", "b", 1 - k / 1000));
    const page = parsePage(ranking(view(many), 12));
    expect(all(page, "tbody tr")).toHaveLength(200);
    expect(all(page, "details tbody tr")).toHaveLength(175);
    expect(texts(page, "summary, .note")).toEqual([
      "175 more pairs",
      "30 weaker pairs not shown here; infonet matrix --format csv lists every pair.",
    ]);
    expect(all(page, "tbody tr").at(-1)?.id).toBe("pair-200");
  });
});

describe("signedCorrelation", () => {
  test("has its sign, and is a dash where the order of categories means nothing", () => {
    const of = (x: string, y: string) => signedCorrelation(view([]), estimated(x, y, 0.1));
    expect(of("a", "a")).toBe("+1.00");
    expect(of("a", "b")).toBe("−1.00");
    expect(of("a", "two")).toBe("–");
    expect(of("a", "three")).toBe("–");
  });
});

describe("axisTicks", () => {
  test("are round, begin at 0 and end before the limit", () => {
    expect(axisTicks(1)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(axisTicks(0.051)).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
    expect(axisTicks(7)).toEqual([0, 2, 4, 6]);
  });

  test("are three to six, whatever the limit", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 50, noNaN: true }), (limit) => {
        const ticks = axisTicks(limit);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)).toBeLessThan(limit);
      }),
    );
  });
});
