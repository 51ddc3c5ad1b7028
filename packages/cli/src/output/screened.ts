import type { ScreenedPairs, Units } from "infonet";
import { count, fixed } from "../text/numbers.js";

/** What was not estimated, why, and what it may hold: one sentence. */
export function screenedInWords({ pairs, threshold, below }: ScreenedPairs, units: Units): string {
  const verb = pairs === 1 ? "was" : "were";
  const holds =
    pairs === 0
      ? ""
      : Number.isFinite(below)
        ? `; a smooth dependence of ${fixed(below)} ${units} or more would have been seen in 19 of 20 pairs, finer structure less often`
        : "; the rows are too few to see any dependence for sure";
  return `${count(pairs, "pair")} ${verb} not estimated: the quick test of --screen gave a p-value above ${threshold}${holds}`;
}
