/** A pair beyond other columns, as markup. Loaded when it is asked for. */
import { html } from "@infonet/cli/report/html.js";
import type { ConditionalInformation, Estimate } from "infonet";
import { STRENGTH_HEADS, strengthCells } from "../pictures/strength-cells.js";
import { type Names, warningText } from "../warnings.js";
import { verdictGiven } from "./verdict-given.js";

/** What two columns share by themselves, and what of it is left once others are known. */
export function conditionalHtml(
  names: Names & { given: readonly string[] },
  alone: Estimate,
  beyond: ConditionalInformation,
): string {
  return html`<p class="verdict">${verdictGiven(names, alone, beyond)}</p>
<table><thead><tr><th scope="col">Information</th>${STRENGTH_HEADS}</tr></thead><tbody>
<tr><th scope="row">by themselves</th>${strengthCells(alone)}</tr>
<tr><th scope="row">given ${names.given.join(", ")}</th>${strengthCells(beyond)}</tr>
</tbody></table>
${beyond.warnings.map((warning) => html`<p class="caution">${warningText(warning, names)}</p>`)}`.text;
}
