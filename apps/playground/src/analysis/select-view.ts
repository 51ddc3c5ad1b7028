/** The few columns that tell most of one, as markup. Loaded when it is asked for. */
import { type Html, html } from "@infonet/cli/report/html.js";
import { selectionCurve } from "@infonet/cli/report/select-curve.js";
import { count, fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { Selection } from "infonet";
import { pairLinks } from "./links.js";

const END: Record<Selection["stopped"], string> = {
  "nothing more is told": "No other column tells anything beyond these.",
  "as many as asked for": "Others may tell more.",
  "all columns are selected": "These are all columns.",
};

/** The markup. */
export function selectionHtml(columns: readonly { name: string }[], selection: Selection): string {
  const { target, selected, stopped, failed } = selection;
  const link = pairLinks(columns);
  const last = selected.at(-1);
  const told =
    last === undefined
      ? `No column, and no two together, tell anything of ${target}.`
      : `${toldBy(selected)} ${fixed(last.total)} nats of ${target}. ${END[stopped]}`;
  return html`<p class="verdict">${told}</p>
${
  selected.length > 0 &&
  html`${selected.length > 1 && curve(selection)}<table><thead><tr><th scope="col">Column</th><th scope="col" class="num">Adds<small> nats</small></th><th scope="col" class="num wide">90 % interval</th><th scope="col" class="num">Together<small> nats</small></th><th scope="col" class="num">p</th></tr></thead><tbody>
${selected.map(
  ({ column, gain, interval, total, pValue, same, together }) =>
    html`<tr><th scope="row">${link(column, target, column)}${notes({ column, target, same, together })}</th><td class="num strong">${fixed(gain)}</td><td class="num wide">${fixed(interval[0])}–${fixed(interval[1])}</td><td class="num">${fixed(total)}</td><td class="num">${formatP(pValue)}</td></tr>
`,
)}</tbody></table>`
}
${failed.length > 0 && html`<ul class="reasons">${failed.map(({ column, error }) => html`<li><b>${column}</b>: ${error}</li>`)}</ul>`}
<p class="note">A column that is made of ${target}, or measured after it, is the best of all predictors and explains nothing: leave it out above.</p>`
    .text;
}

/** Who tells it: one column, or several together. */
function toldBy(selected: Selection["selected"]): string {
  const names = selected.map(({ column }) => column);
  return names.length === 1
    ? `${names[0]} tells`
    : `${names.join(", ")}: ${count(names.length, "column")} together tell`;
}

function curve(selection: Selection): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What the columns tell together">${selectionCurve(selection)}</div><p class="note">The information of the first columns together, in nats; the band holds 90 % intervals.</p>
`;
}

/** Columns that say the same, or that need each other. */
function notes({
  column,
  target,
  same,
  together,
}: Pick<Selection["selected"][number], "column" | "same" | "together"> & { target: string }): Html {
  return html`${together !== undefined && html`<small>tells something only with ${together}</small>`}${same.length > 0 && html`<small>${[column, ...same].join(" and ")} say the same of ${target}; either would do</small>`}`;
}
