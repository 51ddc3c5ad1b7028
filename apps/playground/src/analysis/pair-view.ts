/** A pair close up, as markup: a sentence, numbers, the rows, and where values come together. */
import { percentOf } from "@infonet/cli/output/kinds.js";
import { type Axis, axisOf, isTable } from "@infonet/cli/report/axis.js";
import { criticMap } from "@infonet/cli/report/critic-map.js";
import { type Html, html } from "@infonet/cli/report/html.js";
import { completeRows, rankCorrelation } from "@infonet/cli/report/rank-correlation.js";
import { endsInWords, hasSpread, spreadKey, spreadOf } from "@infonet/cli/report/spread.js";
import { ratiosInWords, shapeInWords } from "@infonet/cli/report/words.js";
import type { TableColumn } from "@infonet/cli/table/types.js";
import { correlationEquivalent, count, fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { Estimate } from "infonet";
import { imageUri } from "../pictures/image.js";
import { scatter } from "../pictures/scatter.js";
import { warningText } from "../warnings.js";
import { verdict } from "./verdict.js";

/** The markup of a pair. */
export function pairHtml(a: TableColumn, b: TableColumn, estimate: Estimate): string {
  const rows = completeRows(a.values, b.values);
  const [x, y] = [axisOf(a, rows, estimate.kinds[0]), axisOf(b, rows, estimate.kinds[1])];
  const names = { x: a.name, y: b.name };
  const { copula } = estimate;
  const spread = hasSpread({ ...estimate, ...names }, x, y) ? spreadOf(copula, x, y) : undefined;
  const strength = correlationEquivalent(estimate.mi, "nats");
  const ordered = a.kind !== "category" && b.kind !== "category";
  const rho = ordered ? rankCorrelation(a.values, b.values, rows) : undefined;
  const drawn = rows.length > 2000 ? `2\u202f000 of ${count(rows.length, "row")}` : count(rows.length, "row");
  return html`<p class="verdict">${verdict(names, estimate)}</p>
<dl class="facts">
${fact("Strength", fixed(strength, 2), "0 to 1, the correlation that would tell as much")}
${fact("Information", html`${fixed(estimate.mi)}<small> nats</small>`, `90 % interval ${fixed(estimate.interval[0])} to ${fixed(estimate.interval[1])}`)}
${estimate.pValue !== undefined && fact("By chance", formatP(estimate.pValue), "p: how often independent columns show as much")}
${rho !== undefined && fact("Rank correlation", fixed(rho, 2), "sees rising and falling only")}
${estimate.effectiveSize !== undefined && fact("Worth", count(Math.round(estimate.effectiveSize), "row"), "so many independent rows would say as much")}
</dl>
${estimate.warnings.map((warning) => html`<p class="caution">${warningText(warning, names)}</p>`)}
<div class="pictures">
<figure><figcaption>The data <small>${drawn}</small></figcaption>${scatter(x, y, rows, spread)}${spread && html`<p class="key">${spreadKey(x, y)}</p>`}</figure>
<figure><figcaption>${isTable(x, y) ? html`How often they meet <small>as counted</small>` : html`Where they meet <small>on ranks</small>`}</figcaption>${criticMap(copula, x, y, imageUri)}<p class="key">${key(x, y)}</p></figure>
</div>
<div class="words">${shapeInWords(rho, strength)}${spread && endsInWords(copula, x, y)}${ratiosInWords(copula, x, y)}${share(names, estimate)}</div>
`.text;
}

/** How much of what there is to tell of levels is told. */
function share(
  { x, y }: { x: string; y: string },
  { entropies, normalized }: Pick<Estimate, "entropies" | "normalized">,
): Html | undefined {
  if (normalized === undefined || normalized === 0) return undefined;
  const [first, second] = entropies.map((entropy) => entropy ?? Number.POSITIVE_INFINITY);
  return html`<p>Of all that there is to know of ${first <= second ? x : y}, the other one tells ${percentOf(normalized)}.</p>`;
}

function fact(term: string, value: string | Html, note: string): Html {
  return html`<div><dt>${term}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
}

function key(x: Axis, y: Axis): string {
  const what = isTable(x, y) ? "the two come together" : "such values come together";
  return `blue: ${what} more often than by chance; rust: more rarely`;
}
