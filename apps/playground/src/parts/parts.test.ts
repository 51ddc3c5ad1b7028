import type { Cell } from "@infonet/cli/output/result.js";
import { expect, test } from "vitest";
import type { TableSummary } from "../messages.js";
import { columnTable, kindsInWords } from "./column-table.js";
import { rankedList } from "./ranked-list.js";

const cell = (x: string, y: string, mi: number, pValue = 0): Cell => ({
  x,
  y,
  mi,
  interval: [mi / 2, mi * 2],
  pValue,
  n: 100,
  kinds: ["number", "number"],
  entropies: [undefined, undefined],
  normalized: undefined,
  warnings: [],
});

test("the list names pairs, or what is paired with the target; counts what it leaves out; tells reasons", () => {
  const cells = [
    cell("a", "b", 0.5),
    cell("b", "<c>", 0.1, 0.3),
    { x: "a", y: "d", error: "d is constant." },
  ];
  const whole = rankedList({ cells, most: 1 }).text;
  expect(whole).toMatch(/a <span class="times">and<\/span> b/);
  expect(whole).toContain("Show 1 weaker pair");
  expect(whole).toMatch(/1 pair without a number.*d is constant\./s);
  const aimed = rankedList({ cells, target: "b", most: 9, chosen: ["<c>", "b"] }).text;
  expect(aimed).toMatch(
    /data-pair="0">a<.*class="current doubtful".*data-pair="1" aria-current="true">&lt;c&gt;</s,
  );
});

test("the columns are listed with their kinds, which can be changed", () => {
  const column = { asked: "auto", missing: 0, different: 4, examples: ["1", "2"], remarks: [] } as const;
  const summary = {
    columns: [
      { ...column, name: "a", kind: "number" },
      { ...column, name: "b", kind: "number" },
      { ...column, name: "<i>", kind: "unusable", asked: "category", remarks: ["is odd"] },
    ],
  } as unknown as TableSummary;
  expect(kindsInWords(summary)).toBe("2 numbers, 1 not usable");
  const markup = columnTable(summary).text;
  expect(markup).toMatch(/<option value="auto" selected>Numbers<\/option>/);
  expect(markup).toMatch(/aria-label="Kind of &lt;i&gt;".*<option value="category" selected>/s);
  expect(markup).toContain("<small>is odd</small>");
});
