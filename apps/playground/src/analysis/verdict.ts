/** What an estimate says, in a sentence for somebody who has never heard of mutual information. */
import { correlationEquivalent, fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { MutualInformation } from "infonet";

const WORDS: readonly [number, string][] = [
  [0.2, "a little"],
  [0.45, "somewhat"],
  [0.7, "clearly"],
  [0.9, "strongly"],
  [0.99, "very strongly"],
  [Number.POSITIVE_INFINITY, "almost completely"],
];

/** How strong a dependence is, as an adverb. */
export function adverb(strength: number): string {
  return WORDS.find(([limit]) => strength < limit)![1];
}

/** What the sentence is made of. */
export type Numbers = Pick<MutualInformation, "mi" | "interval" | "pValue" | "n">;

/** Information as strength. */
export const strengthOf = (mi: number): number => correlationEquivalent(mi, "nats");

/** Whether there may be no dependence at all. */
export function mayBeChance({ interval, pValue }: Numbers): boolean {
  return pValue === undefined ? strengthOf(interval[0]) === 0 : pValue > 0.05;
}

/** How often chance would show as much. */
export function chanceInWords({ pValue }: Numbers): string {
  if (pValue === undefined) return "";
  return pValue < 0.001
    ? " Chance alone would show this less than once in a thousand tables."
    : ` Chance alone would show as much in a share of ${formatP(pValue)} of tables.`;
}

/** The sentence. */
export function verdict({ x, y }: { x: string; y: string }, estimate: Numbers): string {
  const { mi, interval, n } = estimate;
  if (mayBeChance(estimate)) {
    const high = strengthOf(interval[1]);
    const most = high < 0.995 ? `; if they do, the strength is most likely below ${fixed(high, 2)}` : "";
    return `In these ${n} rows, nothing shows that ${x} and ${y} depend on each other${most}.`;
  }
  const strength = strengthOf(mi);
  return `${x} and ${y} depend on each other ${adverb(strength)}: knowing one tells as much of the other as a correlation of ${fixed(strength, 2)} would.${chanceInWords(estimate)}`;
}
