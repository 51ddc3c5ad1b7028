/** An estimate on the scale of strength, as cells of a table: its bar, then its numbers. */
import { type Html, html } from "@infonet/cli/report/html.js";
import { correlationEquivalent, fixed, formatP } from "@infonet/cli/text/numbers.js";

/** What is shown of an estimate. */
export interface Numbers {
  mi: number;
  interval: readonly [number, number];
  pValue: number | undefined;
}

const WIDTH = 120;
const strengthOf = (mi: number): number => correlationEquivalent(mi, "nats");

/** So much information as strength, with two decimals. */
export const strengthText = (mi: number): string => fixed(strengthOf(mi), 2);

/** The head of {@link barCell}. */
export const BAR_HEAD = html`<th scope="col" class="bar-head"><span>0</span><span>strength</span><span>1</span></th>`;

/** The heads of {@link strengthCells}. */
export const STRENGTH_HEADS = html`${BAR_HEAD}<th scope="col" class="num">Strength</th><th scope="col" class="num wide">nats</th><th scope="col" class="num wide">90 % interval</th><th scope="col" class="num">p</th>`;

/** The estimate and its interval as a bar. */
export function barCell({ mi, interval }: Pick<Numbers, "mi" | "interval">): Html {
  const [low, middle, high] = [interval[0], mi, interval[1]].map(strengthOf);
  return html`<td class="bar-cell"><svg class="bar" viewBox="0 0 ${WIDTH} 14" preserveAspectRatio="none" aria-hidden="true"><line class="track" x1="0" x2="${WIDTH}" y1="7" y2="7"/><line class="range" x1="${WIDTH * low}" x2="${WIDTH * high}" y1="7" y2="7"/><line class="middle" x1="${WIDTH * middle}" x2="${WIDTH * middle}" y1="2" y2="12"/></svg></td>`;
}

/** The strength of so much information. */
export function strengthCell(mi: number): Html {
  return html`<td class="num strong">${strengthText(mi)}</td>`;
}

/** Bar, strength, information, interval, p. */
export function strengthCells({ mi, interval, pValue }: Numbers): Html {
  return html`${barCell({ mi, interval })}${strengthCell(mi)}<td class="num wide">${fixed(mi)}</td><td class="num wide">${fixed(interval[0])}–${fixed(interval[1])}</td><td class="num">${formatP(pValue)}</td>`;
}
