/** Pairs, strongest first: the text alternative of the map, and its own way to a pair. */
import type { Cell, Estimated } from "@infonet/cli/output/result.js";
import { type Html, html } from "@infonet/cli/report/html.js";
import { count } from "@infonet/cli/text/numbers.js";
import { STRENGTH_HEADS, strengthCells } from "../pictures/strength-cells.js";
import { warningText } from "../warnings.js";

/** What the list shows. */
export interface ListOptions {
  cells: readonly Cell[];
  /** Only the other column is named. */
  target?: string | undefined;
  /** Rows that are shown; the others are counted. */
  most: number;
  /** The pair that is looked at. */
  chosen?: readonly [string, string] | undefined;
}

/** The list; buttons hold the position of their pair in `cells`. */
export function rankedList({ cells, target, most, chosen }: ListOptions): Html {
  const estimated = cells.filter((cell): cell is Estimated => cell.error === undefined);
  const failed = cells.filter((cell) => cell.error !== undefined);
  const shown = estimated.slice(0, most);
  const left = estimated.length - shown.length;
  const about = target === undefined ? "Pair" : "Column";
  return html`<table class="ranked"><thead><tr><th scope="col">${about}</th>${STRENGTH_HEADS}</tr></thead><tbody>
${shown.map((cell) => row(cell, cells.indexOf(cell), target, chosen))}
</tbody></table>
${left > 0 && html`<p><button type="button" class="quiet" data-more>Show ${count(left, "weaker pair")}</button></p>`}
${failed.length > 0 && html`<details><summary>${count(failed.length, "pair")} without a number</summary><ul class="reasons">${failed.slice(0, 100).map(({ x, y, error }) => html`<li><b>${x}</b> and <b>${y}</b>: ${error}</li>`)}</ul></details>`}`;
}

function row(cell: Estimated, at: number, target: string | undefined, chosen: ListOptions["chosen"]): Html {
  const { x, y, warnings } = cell;
  const name = target === undefined ? html`${x} <span class="times">and</span> ${y}` : x === target ? y : x;
  const current = chosen?.includes(x) && chosen.includes(y);
  const doubtful = (cell.qValue ?? cell.pValue ?? 0) > 0.05;
  const careful = warnings.map((warning) => warningText(warning, cell, true)).join(" ");
  return html`<tr class="${[current && "current", doubtful && "doubtful"].filter(Boolean).join(" ")}"><th scope="row"><button type="button" class="link" data-pair="${at}"${current && html` aria-current="true"`}>${name}</button>${careful !== "" && html` <span class="warning" title="${careful}">careful<span class="visually-hidden">: ${careful}</span></span>`}</th>${strengthCells(cell)}</tr>
`;
}
