import { expect, test } from "vitest";
import { all, parsePage, texts } from "../testing/page.js";
import { column, resultOf, tableOf } from "../testing/samples.js";
import { reading } from "./reading.js";
import { viewOf } from "./view.js";

const draw = (table: Parameters<typeof viewOf>[1]) => parsePage(reading(viewOf(resultOf([]), table)));

test("draws a bar a column, in the colour of its kind and as high as values are there", () => {
  const a = column("a", [1, Number.NaN, 3, 4]);
  const b = column("<b>", [0, 1, 0, 1], ["p", "q"]);
  const page = draw(
    tableOf([a, b], {
      names: ["a", "<b>", "id"],
      unusable: [{ name: "id", reason: "looks like an identifier" }],
    }),
  );
  expect(texts(page, "title")).toEqual(["a: number, 1 row missing", "<b>: category", "id: not usable"]);
  expect(all(page, "g rect:not(.absent)").map((bar) => bar.getAttribute("class"))).toEqual([
    "kind-number",
    "kind-category",
    "kind-unusable",
  ]);
  expect(all(page, "g rect:not(.absent)").map((bar) => bar.getAttribute("height"))).toEqual([
    "19.5",
    "26",
    "0",
  ]);
  expect(texts(page, "figcaption > span").map((text) => text.trim())).toEqual([
    "1 number",
    "1 category",
    "1 column not usable",
    "13 % of the cells missing in the others",
  ]);
  expect(all(page, "li")).toEqual([]);
});

test("tells what holds for the table and for several columns, and where the rest stands", () => {
  const columns = ["a", "b", "c"].map((name) => column(name, [1, 2]));
  const unit = { text: 'read without the unit "kg"', shared: { what: 'read without the unit "kg"' } };
  const remarks = new Map([
    ["a", [unit]],
    ["b", [unit, { text: "1 value is odd" }]],
  ]);
  expect(texts(draw(tableOf(columns, { notes: ["read as utf-16le"], remarks })), "li")).toEqual([
    "read as utf-16le",
    'read without the unit "kg" in 2 columns: a, b',
    "1 column has a remark of its own, below",
  ]);
});
