/** A pair in words. */
import type { Copula } from "infonet";
import { fixed } from "../text/numbers.js";
import { type Axis, bands, groups, isTable } from "./axis.js";
import { blockRatios, tableRatios } from "./density.js";
import { type Html, html } from "./html.js";

/** Whether a correlation would have told the same. */
export function shapeInWords(rho: number | undefined, strength: number): Html | undefined {
  if (rho === undefined || strength < 0.12) return undefined;
  const size = Math.abs(rho);
  if (size >= strength - 0.12) {
    return html`<p>One ${rho > 0 ? "rises" : "falls"} as the other rises; the rank correlation tells most of it.</p>`;
  }
  if (size >= strength * 0.5) {
    return html`<p>Partly ${rho > 0 ? "rising" : "falling"} together, but there is more than the rank correlation sees.</p>`;
  }
  return html`<p>Mostly not a rising or falling dependence: a correlation would miss it.</p>`;
}

/** The most over- and under-represented combination of values. */
export function ratiosInWords(copula: Copula, x: Axis, y: Axis): Html | undefined {
  const table = isTable(x, y);
  const levels = (axis: Axis) => ({ levels: bands(axis), groups: groups(axis) });
  const blocks = table
    ? tableRatios(copula, levels(x), levels(y), x.sorted.length)
    : blockRatios(copula, groups(x), groups(y));
  if (blocks.length < 4) return undefined;
  const most = blocks.reduce((best, block) => (block.ratio > best.ratio ? block : best));
  const least = blocks.reduce((best, block) => (block.ratio < best.ratio ? block : best));
  if (most.ratio < 1.15) return undefined;
  return html`<p>Most above chance: <b>${most.x.label}</b> with <b>${most.y.label}</b>, ${times(most.ratio)} as often as if independent. Most below: <b>${least.x.label}</b> with <b>${least.y.label}</b>, ${rarely(least.ratio, table)}.</p>`;
}

/** What was counted is told to the last digit there is room for; of what was estimated, less is known. */
function rarely(ratio: number, counted: boolean): string {
  if (counted && ratio === 0) return "never";
  return ratio < (counted ? 0.005 : 0.05) ? "hardly ever" : `${times(ratio)} as often`;
}

function times(ratio: number): string {
  return ratio >= 10 ? `${Math.round(ratio)} times` : `${fixed(ratio, ratio < 0.995 ? 2 : 1)} times`;
}
