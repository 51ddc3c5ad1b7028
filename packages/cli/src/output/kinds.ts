/** What the columns of a pair are, in words, and how much of what there is to tell of levels is told. */
import type { MutualInformation, SideKind, Units } from "infonet";
import { fixed } from "../text/numbers.js";
import { printable } from "../text/printable.js";

const KINDS: Readonly<Record<SideKind, string>> = {
  number: "numbers",
  levels: "levels",
  mixture: "mixture",
};

/** What a column is. */
export function kindWord(kind: SideKind): string {
  return KINDS[kind];
}

/** `levels × numbers`. */
export function kindsInWords({ kinds }: Pick<MutualInformation, "kinds">): string {
  return kinds.map(kindWord).join(" × ");
}

/** A share as a whole percentage; neither none of it nor all of it unless it is. */
export function percentOf(share: number): string {
  const percent = Math.round(100 * share);
  if (percent === 0 && share > 0) return "<1 %";
  return percent === 100 && share < 1 ? ">99 %" : `${percent} %`;
}

/** `51 % of 1.049 nats, the entropy of Species`; undefined where neither column is levels. */
export function entropyShare(
  { x, y, units }: { x: string; y: string; units: Units },
  { entropies, normalized }: Pick<MutualInformation, "entropies" | "normalized">,
): string | undefined {
  if (normalized === undefined) return undefined;
  const [first, second] = entropies.map((entropy) => entropy ?? Number.POSITIVE_INFINITY);
  const name = first <= second ? x : y;
  return `${percentOf(normalized)} of ${fixed(Math.min(first, second))} ${units}, the entropy of ${printable(name)}`;
}
