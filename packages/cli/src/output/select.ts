import type { Selection } from "infonet";
import type { Table } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad } from "../terminal/width.js";
import { fixed, formatP, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { BAR } from "./labelled.js";

/** The result of `infonet select` as JSON. */
export function selectionJson(file: string, selection: Selection): string {
  return `${toJson({ file, ...selection }, 2)}\n`;
}

/** The result of `infonet select` as a table: what each column adds, and what all have told by then. */
export function selectionText(
  { file, rows }: Pick<Table, "file" | "rows">,
  selection: Selection,
  style: Style,
): string {
  const { target, selected, stopped, units, failed } = selection;
  const title = `What tells of ${style("bold", printable(target))} in ${printable(file)}`;
  if (selected.length === 0) {
    const which = failed.length === 0 ? "no column" : "none of the columns that can be used";
    return `${[title, `  nothing: ${which}, and no two together, tell anything of it.`, ...failures(failed)].join("\n")}\n`;
  }
  const width = Math.max(6, ...selected.map(({ column }) => displayWidth(printable(column))));
  const most = Math.max(...selected.map(({ gain }) => gain), Number.MIN_VALUE);
  const head = `  ${pad("column", width)}  ${pad("", BAR)}  ${pad("gain", 6, "right")}  ${pad("90 % interval", 15)}  ${pad("total", 6, "right")}  p`;
  const lines = selected.map(({ column, gain, interval, total, pValue, n, same, together, stability }) => {
    const [low, high] = interval;
    const range = `${fixed(low)} – ${Number.isFinite(high) ? fixed(high) : "?"}`;
    const also = [
      ...(n === rows ? [] : [`${grouped(n)} of ${grouped(rows)} rows`]),
      ...(together === undefined ? [] : [`with ${printable(together)}`]),
      ...(same.length === 0 ? [] : [`${[column, ...same].map(printable).join(" and ")} say the same`]),
      ...(stability === undefined ? [] : [`in ${Math.round(100 * stability)} % of the halves`]),
    ];
    const more = also.length === 0 ? "" : style("dim", `  ${also.join("; ")}`);
    return `  ${pad(style("bold", printable(column)), width)}  ${style("cyan", pad(bar(gain / most, BAR), BAR))}  ${pad(fixed(gain), 6, "right")}  ${pad(range, 15)}  ${pad(fixed(total), 6, "right")}  ${formatP(pValue)}${more}`;
  });
  return `${[
    `${title} (${units})`,
    style("dim", head),
    ...lines,
    style("dim", `  ${END[stopped]}`),
    ...failures(failed),
  ].join("\n")}\n`;
}

const END: Record<Selection["stopped"], string> = {
  "nothing more is told": "No other column tells anything beyond these.",
  "as many as asked for": "As many as asked for; others may tell more (--most).",
  "all columns are selected": "These are all columns.",
};

function failures(failed: Selection["failed"]): string[] {
  return failed.map(({ column, error }) => `  ! ${printable(column)}: ${printable(error)}`);
}
