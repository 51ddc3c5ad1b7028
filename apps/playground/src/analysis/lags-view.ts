/** Two columns as series, as markup: which leads, and by how much. Loaded when it is asked for. */
import { html } from "@infonet/cli/report/html.js";
import { lagCurve } from "@infonet/cli/report/lag-curve.js";
import { count } from "@infonet/cli/text/numbers.js";
import type { LagsInformation } from "infonet";
import { warningText } from "../warnings.js";

/** The markup. */
export function lagsHtml(x: string, y: string, file: string, result: LagsInformation): string {
  const head = { file, units: "nats", seed: 0, model: "", x, y, series: {} } as const;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="By lag">${lagCurve(head, result)}</div>
<p class="note">${count(result.n, "row")} in the order of the table, one step of time each. Filled points stand out from chance, with all lags counted.</p>
${result.warnings.map((warning) => html`<p class="caution">${warningText(warning, { x, y })}</p>`)}`.text;
}
