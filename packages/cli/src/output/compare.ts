import type { Differences } from "infonet";
import { quoteField } from "../table/record.js";
import type { Style } from "../terminal/io.js";
import { displayWidth, pad } from "../terminal/width.js";
import { count, fixed, formatP, grouped, inPercent } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";

/** The result of a comparison as JSON. */
export function differencesJson(file: string, differences: Differences): string {
  return `${toJson({ file, ...differences }, 2)}\n`;
}

/** Its numbers, one row a group of a pair: the matrices of all groups one below another, with the test of the pair in every row. */
export function differencesCsv({ groups, pairs, units }: Differences): string {
  const head = ["x", "y", "group", "n", "mi", "low", "high", "units", "difference", "p_value", "q_value"];
  const rows = pairs.flatMap(({ x, y, mi, interval, difference, pValue, qValue }) =>
    groups.map(({ level, n }, k) => [
      x,
      y,
      level,
      n,
      mi[k],
      ...interval[k],
      units,
      difference,
      pValue,
      qValue,
    ]),
  );
  return `${[head, ...rows].map((row) => row.map((value) => quoteField(String(value))).join(",")).join("\n")}\n`;
}

/** Width of a column of numbers, at least. */
const NUMBER = 6;

/** The columns that differ, then the information of each pair in every group, the surest difference first. */
export function differencesText(
  file: string,
  differences: Differences,
  { style, top, rate }: { style: Style; top: number; rate?: number | undefined },
): string {
  const { by, groups, leftOut, columns, pairs, failed, units } = differences;
  const sizes = groups.map(({ level, n }) => `${printable(level)} (${count(n, "row")})`).join(", ");
  const lines = [
    `By ${style("bold", printable(by))} in ${printable(file)} (${units}): ${sizes}`,
    ...(leftOut.length === 0
      ? []
      : [
          style(
            "dim",
            `  too small to compare: ${leftOut.map(({ level, n }) => `${printable(level)} (${grouped(n)})`).join(", ")}`,
          ),
        ]),
    ...columnLines(columns, { style, top }),
    ...pairLines(groups, pairs, { style, top }),
    ...(rate !== undefined && columns.length + pairs.length === 0
      ? ["", `No column and no dependence differs at a false discovery rate of ${inPercent(rate)} %.`]
      : []),
  ];
  if (failed.length > 0) {
    const [{ x, y, error }] = failed;
    lines.push(
      `${count(failed.length, "pair")} without an answer, such as ${printable(x)} × ${printable(y)}: ${printable(error)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function columnLines(
  columns: Differences["columns"],
  { style, top }: { style: Style; top: number },
): string[] {
  if (columns.length === 0) return [];
  const shown = columns.slice(0, top);
  const width = Math.max(1, ...shown.map(({ column }) => displayWidth(printable(column))));
  const line = (name: string, mi: string, share: string, p: string, q: string): string =>
    `  ${pad(name, width)}  ${pad(mi, NUMBER, "right")}  ${pad(share, NUMBER, "right")}  ${pad(p, 7)}  ${q}`.trimEnd();
  return [
    "",
    style("bold", "Columns"),
    style("dim", line("", "MI", "share", "p", "q")),
    ...shown.map(({ column, mi, normalized, pValue, qValue }) =>
      line(
        printable(column),
        fixed(mi),
        `${Math.round(100 * normalized)} %`,
        formatP(pValue),
        formatP(qValue),
      ),
    ),
    ...(columns.length > shown.length ? [style("dim", more(columns.length - shown.length))] : []),
  ];
}

function pairLines(
  groups: Differences["groups"],
  pairs: Differences["pairs"],
  { style, top }: { style: Style; top: number },
): string[] {
  if (pairs.length === 0) return [];
  const names = groups.map(({ level }) => printable(level));
  const widths = names.map((name) => Math.max(NUMBER, displayWidth(name)));
  const shown = pairs.slice(0, top);
  const [wx, wy] = [
    Math.max(1, ...shown.map(({ x }) => displayWidth(printable(x)))),
    Math.max(1, ...shown.map(({ y }) => displayWidth(printable(y)))),
  ];
  const line = (x: string, y: string, numbers: readonly string[], p: string, q: string): string =>
    `  ${pad(x, wx)}  ${pad(y, wy)}  ${numbers.map((text, k) => pad(text, widths[k], "right")).join("  ")}  ${pad(p, 7)}  ${q}`.trimEnd();
  return [
    "",
    style("bold", "Dependences"),
    style("dim", line("", "", names, "p", "q")),
    ...shown.map(({ x, y, mi, pValue, qValue }) =>
      line(
        printable(x),
        printable(y),
        mi.map((value) => fixed(value)),
        formatP(pValue),
        formatP(qValue),
      ),
    ),
    ...(pairs.length > shown.length ? [style("dim", more(pairs.length - shown.length))] : []),
  ];
}

const more = (left: number): string => `  … and ${grouped(left)} more; --format json has all.`;
