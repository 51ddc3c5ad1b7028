import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { parsePage, texts } from "../testing/page.js";
import { column, estimated, resultOf, tableOf } from "../testing/samples.js";
import { explanation, failures, partnerTable, summary } from "./sections.js";
import { viewOf } from "./view.js";

const a = column("a", [1, 2, Number.NaN, 2012]);
const kind = column("kind", [0, 1, 2, 3], ["p", "q", "r", "s", "t"]);
const date: TableColumn = { ...column("date", [0, 86_400, 2 * 86_400, 0]), kind: "date" };
const unusable = [{ name: "id", reason: "looks like an identifier" }];
const table = tableOf([a, kind, date], { unusable, names: ["a", "kind", "date", "id"] });
const failed = [
  { x: "kind", y: "date", error: "share 0 rows" },
  { x: "a", y: "id", error: "id looks like an identifier" },
];
const pairs = [
  estimated("a", "kind", 0.5, { pValue: 0.001, qValue: 0.002 }),
  estimated("a", "date", 0.1, { pValue: 0.9, qValue: 0.9 }),
];
const view = viewOf(resultOf([...pairs, ...failed]), table);
const bare = viewOf(resultOf([estimated("a", "kind", 0.5)]), tableOf([a, kind]));

describe("summary", () => {
  test("counts rows, columns, pairs and dependent pairs, and names the strongest", () => {
    expect(texts(parsePage(summary(view)), "li")).toEqual([
      "4 rows",
      "3 columns1 more not usable",
      "2 pairs2 not computed",
      "1 dependent pairfalse discovery rate 5 %",
      "0.50 nats strongest paira × kind",
    ]);
    expect(texts(parsePage(summary(bare)), "li")).toEqual([
      "4 rows",
      "2 columns",
      "1 pair",
      "0.50 nats strongest paira × kind",
    ]);
  });
});

describe("partnerTable", () => {
  test("tells kind, range, gaps and the strongest partner of each column", () => {
    const cells = texts(parsePage(partnerTable(view)), "tbody th, tbody td");
    expect(cells).toEqual([
      ..."a|number||1 to 2012|1 (25 %)|kind|0.80".split("|"),
      ..."kind|category||p, q, r, s … (5)|–|a|0.80".split("|"),
      ..."date|date||1970-01-01 to 1970-01-03|–|a|0.43".split("|"),
    ]);
  });

  test("ends at 1000 columns", () => {
    const many = tableOf(Array.from({ length: 1003 }, (_, k) => column(`c${k}`, [1, 2])));
    const page = parsePage(partnerTable(viewOf(resultOf([]), many)));
    expect(texts(page, "tbody tr")).toHaveLength(1000);
    expect(texts(page, ".note")).toEqual(["… and 3 more columns."]);
  });
});

describe("failures", () => {
  test("lists columns once, not their pairs, and other pairs with their reasons", () => {
    expect(texts(parsePage(failures(view) ?? ""), "li")).toEqual([
      "id looks like an identifier.",
      "kind × date: share 0 rows",
    ]);
  });

  test("is nothing where nothing failed", () => {
    expect(failures(bare)).toBeUndefined();
  });
});

describe("explanation", () => {
  test("explains p only where it is shown, and the unit that is used", () => {
    const terms = (given: typeof view) => texts(parsePage(explanation(given)), "dt");
    expect(terms(view)).toContain("p");
    expect(terms(bare)).not.toContain("p");
    expect(explanation({ ...view, units: "bits" }).text).toContain("in bits (1 bit is 0.69 nats)");
  });

  test("explains every warning there is", () => {
    const { text } = explanation(view);
    for (const code of [
      "few-samples",
      "missing",
      "many-levels",
      "near-ceiling",
      "repeated-rows",
      "serial-dependence",
      "extrapolated",
    ]) {
      expect(text).toContain(`<i>${code}</i>`);
    }
  });
});
