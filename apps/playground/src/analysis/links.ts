/** What lists of pairs share: buttons that open a pair, and what is said of rows that there is no room for. */
import { type Html, html } from "@infonet/cli/report/html.js";
import { count } from "@infonet/cli/text/numbers.js";

/** Rows of a list. */
export const MOST_ROWS = 200;

/**
 * Buttons that open a pair close up. They hold the positions of its columns, whatever these are called.
 *
 * @param columns of the table, in its order
 */
export function pairLinks(
  columns: readonly { name: string }[],
): (x: string, y: string, text?: string) => Html {
  const places = new Map(columns.map(({ name }, place) => [name, place]));
  return (x, y, text) =>
    html`<button type="button" class="link" data-open="${`${places.get(x)},${places.get(y)}`}">${text ?? html`${x} <span class="times">and</span> ${y}`}</button>`;
}

/** The pairs without an answer, and why. */
export function failedPairs(failed: readonly { x: string; y: string; error: string }[]): Html | false {
  return (
    failed.length > 0 &&
    html`<details><summary>${count(failed.length, "pair")} without an answer</summary><ul class="reasons">${failed.slice(0, MOST_ROWS).map(({ x, y, error }) => html`<li><b>${x}</b> and <b>${y}</b>: ${error}</li>`)}</ul></details>`
  );
}

/** What the list has no room for. */
export function andMore(left: number, what: string): Html | false {
  return left > 0 && html`<p class="note">… and ${count(left, what)} more, which the command lists.</p>`;
}
