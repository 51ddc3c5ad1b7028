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

/** The sentence. */
export function verdict(
  { x, y }: { x: string; y: string },
  { mi, interval, pValue, n }: Pick<MutualInformation, "mi" | "interval" | "pValue" | "n">,
): string {
  const [low, middle, high] = [interval[0], mi, interval[1]].map((value) =>
    correlationEquivalent(value, "nats"),
  );
  const rows = `${n} rows`;
  if (pValue === undefined ? low === 0 : pValue > 0.05) {
    const most = high < 0.995 ? `; if they do, the strength is most likely below ${fixed(high, 2)}` : "";
    return `In these ${rows}, nothing shows that ${x} and ${y} depend on each other${most}.`;
  }
  const chance =
    pValue === undefined
      ? ""
      : pValue < 0.001
        ? " Chance alone would show this less than once in a thousand tables."
        : ` Chance alone would show as much in a share of ${formatP(pValue)} of tables.`;
  return `${x} and ${y} depend on each other ${adverb(middle)}: knowing one tells as much of the other as a correlation of ${fixed(middle, 2)} would.${chance}`;
}
