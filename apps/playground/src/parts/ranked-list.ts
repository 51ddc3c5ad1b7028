/** Pairs, strongest first: the text alternative of the map, and its own way to a pair. */
import type { Cell, Estimated } from "@infonet/cli/output/result.js";
import { type Html, html } from "@infonet/cli/report/html.js";
import { correlationEquivalent, count, fixed, formatP } from "@infonet/cli/text/numbers.js";

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

const WIDTH = 120;

/** The list; buttons hold the position of their pair in `cells`. */
export function rankedList({ cells, target, most, chosen }: ListOptions): Html {
  const estimated = cells.filter((cell): cell is Estimated => cell.error === undefined);
  const failed = cells.filter((cell) => cell.error !== undefined);
  const shown = estimated.slice(0, most);
  const left = estimated.length - shown.length;
  const about = target === undefined ? "Pair" : "Column";
  return html`<table class="ranked"><thead><tr><th scope="col">${about}</th><th scope="col" class="bar-head"><span>0</span><span>strength</span><span>1</span></th><th scope="col" class="num">Strength</th><th scope="col" class="num wide">nats</th><th scope="col" class="num wide">90 % interval</th><th scope="col" class="num">p</th></tr></thead><tbody>
${shown.map((cell) => row(cell, cells.indexOf(cell), target, chosen))}
</tbody></table>
${left > 0 && html`<p><button type="button" class="quiet" data-more>Show ${count(left, "weaker pair")}</button></p>`}
${failed.length > 0 && html`<details><summary>${count(failed.length, "pair")} without a number</summary><ul class="reasons">${failed.slice(0, 100).map(({ x, y, error }) => html`<li><b>${x}</b> and <b>${y}</b>: ${error}</li>`)}</ul></details>`}`;
}

function row(cell: Estimated, at: number, target: string | undefined, chosen: ListOptions["chosen"]): Html {
  const [low, middle, high] = [cell.interval[0], cell.mi, cell.interval[1]].map((mi) =>
    correlationEquivalent(mi, "nats"),
  );
  const { x, y } = cell;
  const name = target === undefined ? html`${x} <span class="times">and</span> ${y}` : x === target ? y : x;
  const bar = html`<svg class="bar" viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" aria-hidden="true"><line class="track" x1="0" x2="${WIDTH}" y1="7" y2="7"/><line class="range" x1="${WIDTH * low}" x2="${WIDTH * high}" y1="7" y2="7"/><line class="middle" x1="${WIDTH * middle}" x2="${WIDTH * middle}" y1="2" y2="12"/></svg>`;
  const current = chosen?.includes(x) && chosen.includes(y);
  const doubtful = (cell.qValue ?? cell.pValue ?? 0) > 0.05;
  return html`<tr class="${[current && "current", doubtful && "doubtful"].filter(Boolean).join(" ")}"><th scope="row"><button type="button" class="link" data-pair="${at}"${current && html` aria-current="true"`}>${name}</button>${cell.warnings.length > 0 && html` <span class="warning" title="${cell.warnings.map(({ message }) => message).join(" ")}">careful<span class="visually-hidden">: ${cell.warnings.map(({ message }) => message).join(" ")}</span></span>`}</th><td class="bar-cell">${bar}</td><td class="num strong">${fixed(middle, 2)}</td><td class="num wide">${fixed(cell.mi)}</td><td class="num wide">${fixed(cell.interval[0])}–${fixed(cell.interval[1])}</td><td class="num">${formatP(cell.pValue)}</td></tr>
`;
}
