import type { Estimate } from "infonet";
import { describe, expect, test } from "vitest";
import { uniform } from "../random.js";
import type { TableColumn } from "../table/types.js";
import { normalCopula } from "../testing/normal-copula.js";
import { all, parsePage, texts } from "../testing/page.js";
import { column, estimated, fakeEstimate, resultOf, tableOf } from "../testing/samples.js";
import { countsOf, tableCopula } from "../testing/table-copula.js";
import { card } from "./card.js";
import { viewOf } from "./view.js";

async function show(x: TableColumn, y: TableColumn, change: Partial<Estimate> = {}) {
  const { critic, copula, pointwise, ...numbers } = { ...(await fakeEstimate(x, y)), ...change };
  const cell = estimated(x.name, y.name, numbers.mi, numbers);
  const view = viewOf(resultOf([cell]), tableOf([x, y]));
  return parsePage(card(view, cell, { ...numbers, critic, copula, pointwise }, 0));
}

const ramp = Array.from({ length: 200 }, (_, k) => k);
const random = uniform(5);
const noisy = ramp.map((value) => value + random() * 100);

describe("card", () => {
  test("has the numbers, both pictures and a way back", async () => {
    const page = await show(column("a", ramp), column("b", noisy), { pValue: 0.0001 });
    expect(texts(page, "h3")).toEqual(["1 a × b"]);
    expect(page.querySelector("h3 a")?.getAttribute("href")).toBe("#pair-1");
    expect(texts(page, "dt")).toEqual([
      "90 % interval",
      "strength, 0 to 1",
      "rank correlation ρ",
      "lower bound",
      "p (independence)",
      "complete rows",
      "taken for",
    ]);
    expect(all(page, "figure svg").map((svg) => svg.getAttribute("class"))).toEqual([
      "plot scatter",
      "plot critic",
    ]);
    expect(texts(page, "figcaption")).toEqual(["The data 200 rows", "What the critic sees on ranks"]);
  });

  test("leaves out p where the model has no null table, and shows warnings in full", async () => {
    const page = await show(column("a", ramp.slice(0, 50)), column("b", noisy.slice(0, 50)));
    expect(texts(page, "dt")).not.toContain("p (independence)");
    expect(texts(page, ".caution")).toEqual(["few-samples n is 50; below 100 the interval is wide."]);
  });

  test("says how many of many rows are drawn", async () => {
    const many = Array.from({ length: 3000 }, (_, k) => k);
    const page = await show(column("a", many), column("b", many));
    expect(texts(page, "figcaption")[0]).toBe("The data 2 000 of 3 000 rows");
  });

  test.each([
    [
      "a rising dependence",
      noisy,
      undefined,
      "One rises as the other rises; the rank correlation tells most of it.",
    ],
    ["a falling one", noisy.map((value) => -value), undefined, "One falls as the other rises"],
    ["one that turns", ramp.map((value) => Math.abs(value - 100)), 0.8, "a correlation would miss it."],
    [
      "a mixture",
      ramp.map((value) => (value < 140 ? value : 280 - value)),
      1.5,
      "more than the rank correlation sees.",
    ],
  ])("says in words what a correlation makes of %s", async (_name, values, mi, words) => {
    const page = await show(column("a", ramp), column("b", values), mi === undefined ? {} : { mi });
    expect(texts(page, ".facts p").join("\n")).toContain(words);
  });

  test("tells of two columns of levels what was counted", async () => {
    // By hand: of 200 rows 40 are a, 60 are p, and 3 are both.
    const pairs: [number, number, number][] = [
      [0, 0, 3],
      [0, 1, 37],
      [1, 0, 57],
      [1, 1, 100],
      [2, 1, 3],
    ];
    const rows = pairs.flatMap(([x, y, count]) => Array.from({ length: count }, () => [x, y]));
    const [x, y] = [0, 1].map((side) => rows.map((row) => row[side]));
    const page = await show(column("k", x, ["a", "b", "rare"]), column("l", y, ["p", "q"]), {
      copula: tableCopula(countsOf(x, y)),
      entropies: [0.6, 0.61],
      normalized: 0.004,
    });
    expect(texts(page, "dd").slice(-2)).toEqual(["levels × levels", "<1 %"]);
    expect(texts(page, "figcaption")[1]).toBe("How often they meet as counted");
    // 37 · 200 / (40 · 140) and 3 · 200 / (40 · 60); the rare level would meet p once by chance, which says nothing.
    expect(texts(page, ".facts p").at(-1)).toBe(
      "Most above chance: a with q, 1.3 times as often as if independent. Most below: a with p, 0.25 times as often.",
    );
  });

  test("tells a rare meeting of levels as it was counted, and hardly any of numbers as that", async () => {
    // 1 · 402 / (101 · 200) = 0.0199.
    const x = Array.from({ length: 402 }, (_, k) => (k < 101 ? 0 : 1));
    const y = x.map((_, k) => (k < 100 ? 1 : k < 300 ? 0 : 1));
    const copula = tableCopula(countsOf(x, y));
    const levels = await show(column("k", x, ["a", "b"]), column("l", y, ["p", "q"]), { copula });
    expect(texts(levels, ".facts p").at(-1)).toMatch(/Most below: a with p, 0\.02 times as often\.$/);
    const numbers = await show(column("k", x), column("l", y), { copula });
    expect(texts(numbers, ".facts p").at(-1)).toMatch(/Most below: 0 with 0, hardly ever\.$/);
  });

  test("names two levels that never meet", async () => {
    const x = ramp.map((k) => (k < 80 ? 0 : 1));
    const y = ramp.map((k) => (k < 120 ? 0 : 1));
    const page = await show(column("k", x, ["a", "b"]), column("l", y, ["p", "q"]), {
      copula: tableCopula(countsOf(x, y)),
    });
    expect(texts(page, ".facts p").at(-1)).toMatch(/Most below: a with q, never\.$/);
  });

  test("names the values that come together most and least", async () => {
    const kind = column(
      "kind",
      ramp.map((value) => (value < 100 ? 0 : 1)),
      ["low half", "high half"],
    );
    const text = texts(await show(kind, column("b", ramp)), ".facts p").join("\n");
    expect(text).toMatch(
      /Most above chance: (low|high) half with \d+ to \d+, \d\.\d times as often as if independent/,
    );
    expect(text).toMatch(
      /Most below: (low|high) half with \d+ to \d+, (hardly ever|0\.\d\d times as often)\./,
    );
  });

  test("says nothing where there is nothing to say", async () => {
    const page = await show(column("a", ramp), column("b", noisy), { mi: 0.001, copula: normalCopula(0) });
    expect(texts(page, ".facts p")).toEqual(["0.001nats"]);
  });

  test("draws the middle and the spread of one number given another, and says what they are", async () => {
    const page = await show(column("a", ramp), column("b", noisy), { pValue: 0.01 });
    expect(all(page, ".scatter .median")).toHaveLength(1);
    expect(all(page, ".scatter .spread")).toHaveLength(1);
    expect(texts(page, "figure .key")).toEqual(["line: median of b given a; band: 5 to 95 %"]);
    expect(texts(page, ".facts p").join("\n")).toMatch(
      /At the lowest tenth of a the middle b is about [\d.]+, at the highest tenth about [\d.]+\./,
    );
  });

  const halves = ["low half", "high half"];
  test.each<[string, TableColumn, Partial<Estimate>]>([
    [
      "categories",
      column(
        "a",
        ramp.map((k) => (k < 100 ? 0 : 1)),
        halves,
      ),
      { pValue: 0.001 },
    ],
    [
      "few values",
      column(
        "a",
        ramp.map((k) => k % 10),
      ),
      { pValue: 0.001 },
    ],
    ["a pair that may be independent", column("a", ramp), { pValue: 0.06 }],
  ])("draws no line for %s", async (_name, x, change) => {
    const page = await show(x, column("b", noisy), change);
    expect(all(page, ".median, .halo, .spread, .key")).toEqual([]);
    expect(texts(page, ".facts p").join("\n")).not.toContain("tenth");
  });
});
