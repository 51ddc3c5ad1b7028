/** Columns to choose from. Options hold positions: a browser may show a name otherwise than it is. */
import { type Html, html } from "@infonet/cli/report/html.js";

/** Options for some names, by their positions in a list of all. */
export function columnOptions(names: readonly string[], all: readonly string[]): Html {
  return html`${names.map((name) => html`<option value="${all.indexOf(name)}">${name}</option>`)}`;
}

/** Selects a column, or none. */
export function chooseColumn(
  select: HTMLSelectElement,
  name: string | undefined,
  all: readonly string[],
): void {
  const place = name === undefined ? -1 : all.indexOf(name);
  select.value = place < 0 ? "" : String(place);
}
