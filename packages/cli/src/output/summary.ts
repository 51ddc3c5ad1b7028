import type { PairDecomposition, TableSummary } from "infonet";
import type { Table } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad } from "../terminal/width.js";
import { fixed, formatP, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { BAR } from "./labelled.js";

/** The result of `infonet summary` as JSON. */
export function summaryJson(file: string, summary: TableSummary): string {
  return `${toJson({ file, ...summary }, 2)}\n`;
}

/** What each column tells, the strongest first, then the parts of what two tell. */
export function summaryText(
  { file, rows }: Pick<Table, "file" | "rows">,
  summary: TableSummary,
  style: Style,
): string {
  const { target, entropy, columns, pairs, units, failed } = summary;
  const width = Math.max(6, ...columns.map(({ column }) => displayWidth(printable(column))));
  const all = entropy === undefined ? "" : `, entropy ${fixed(entropy)}`;
  const head = `  ${pad("column", width)}  ${pad("kind", 7)}  ${pad("entropy", 7)}  ${pad("explains", BAR + 6)}  ${pad("MI", 6, "right")}  ${pad("90 % interval", 15)}  p`;
  const lines = columns.map(({ column, kind, entropy: own, explained, mi, interval, pValue }) =>
    [
      `  ${pad(style("bold", printable(column)), width)}`,
      pad(kind, 7),
      pad(own === undefined ? "–" : fixed(own), 7, "right"),
      `${style("cyan", pad(bar(explained, BAR), BAR))} ${pad(`${Math.round(100 * explained)} %`, 5, "right")}`,
      pad(fixed(mi), 6, "right"),
      pad(`${fixed(interval[0])} – ${fixed(interval[1])}`, 15),
      formatP(pValue),
    ].join("  "),
  );
  return `${[
    `What columns tell of ${style("bold", printable(target))} in ${printable(file)} (${units}${all})`,
    style("dim", head),
    ...lines,
    ...pairLines(pairs, rows, style),
    ...failed.map(
      ({ column, other, error }) =>
        `  ! ${printable(column)}${other === undefined ? "" : ` and ${printable(other)}`}: ${printable(error)}`,
    ),
  ].join("\n")}\n`;
}

function pairLines(pairs: readonly PairDecomposition[], rows: number, style: Style): string[] {
  if (pairs.length === 0) return [];
  const [wx, wy] = [
    Math.max(1, ...pairs.map(({ x }) => displayWidth(printable(x)))),
    Math.max(1, ...pairs.map(({ y }) => displayWidth(printable(y)))),
  ];
  const line = (x: string, y: string, cells: readonly string[], last: string): string =>
    `  ${pad(x, wx)}  ${pad(y, wy)}  ${cells.map((cell) => pad(cell, 8, "right")).join("  ")}  ${last}`.trimEnd();
  const titles = ["both", "only x", "only y", "same", "together"];
  return [
    "",
    style("bold", "Two by two: what only one tells, what both tell the same, what only both together tell"),
    style("dim", line("x", "y", titles, "interaction, 90 % interval")),
    ...pairs.map(({ x, y, mi, unique, redundant, synergistic, interaction, n }) =>
      line(
        printable(x),
        printable(y),
        [mi, ...unique, redundant, synergistic].map((value) => fixed(value)),
        [
          interaction === undefined
            ? "–"
            : `${fixed(interaction.mi)} (${interaction.interval.map((end) => fixed(end)).join(" – ")})`,
          ...(n === rows ? [] : [`${grouped(n)} of ${grouped(rows)} rows`]),
        ].join("; "),
      ),
    ),
  ];
}
