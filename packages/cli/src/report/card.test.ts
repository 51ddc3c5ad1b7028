import type { Estimate } from "infonet";
import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { all, parsePage, texts } from "../testing/page.js";
import { column, estimated, fakeEstimate, resultOf, tableOf } from "../testing/samples.js";
import { blockRatios, card } from "./card.js";
import { uniform } from "./random.js";
import { viewOf } from "./view.js";

async function show(x: TableColumn, y: TableColumn, change: Partial<Estimate> = {}) {
  const { critic, pointwise, ...numbers } = { ...(await fakeEstimate(x, y)), ...change };
  const cell = estimated(x.name, y.name, numbers.mi, numbers);
  const view = viewOf(resultOf([cell]), tableOf([x, y]), undefined);
  return parsePage(card(view, cell, { ...numbers, critic, pointwise }, 0));
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
    const flat = { size: 64, values: new Float32Array(64 * 64) };
    const page = await show(column("a", ramp), column("b", noisy), { mi: 0.001, critic: flat });
    expect(texts(page, ".facts p")).toEqual(["0.001nats"]);
  });
});

describe("blockRatios", () => {
  const halves = [
    { from: 0, to: 0.5, label: "low" },
    { from: 0.5, to: 1, label: "high" },
  ];

  test("is the mean ratio of each block, in the right corner", () => {
    const large = new Float32Array(64 * 64);
    for (let j = 32; j < 64; j++) large.fill(Math.log(3), j * 64, j * 64 + 32);
    const ratios = blockRatios({ size: 64, values: large }, "nats", halves, halves);
    expect(ratios.map(({ x, y, ratio }) => [x.label, y.label, Number(ratio.toFixed(6))])).toEqual([
      ["low", "low", 1],
      ["high", "low", 1],
      ["low", "high", 3],
      ["high", "high", 1],
    ]);
    const inBits = large.map((value) => value / Math.LN2);
    expect(blockRatios({ size: 64, values: inBits }, "bits", halves, halves)[2].ratio).toBeCloseTo(3, 5);
  });

  test("leaves out bands too narrow to be resolved", () => {
    const narrow = [{ from: 0, to: 0.04, label: "rare" }, ...halves];
    const blocks = blockRatios({ size: 64, values: new Float32Array(64 * 64) }, "nats", narrow, halves);
    expect(blocks.map(({ x }) => x.label)).not.toContain("rare");
    expect(blocks).toHaveLength(4);
  });
});
