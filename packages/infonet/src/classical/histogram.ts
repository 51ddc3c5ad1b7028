/** Estimators that cut continuous variables into bins. */

import { codeColumn } from "../copula/column.js";
import { describe, InfoNetError } from "../errors.js";
import { listed, type Option, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { SEED } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import {
  CLASSICAL,
  type ClassicalOptions,
  type Codes,
  readPair,
  renumbered,
  type Variable,
} from "../input/variables.js";
import { ascending, standardDeviation } from "../numerics/moments.js";
import { REACH, withinReach } from "../numerics/reach.js";
import { adaptiveInformation } from "./adaptive.js";
import { CORRECTION, type Correction, plugIn } from "./plug-in.js";

/** How {@link histogram} cuts the variables. */
export type Bins = number | "freedman-diaconis" | "equiprobable" | "adaptive";

/** Options of {@link histogram}. */
export interface HistogramOptions extends ClassicalOptions {
  /**
   * A number: as many bins of equal width in every column. `"freedman-diaconis"`: bins of width
   * 2·IQR·n^(−1/3), by column. `"equiprobable"`: bins of equal counts (see `count`), ties kept together.
   * `"adaptive"`: the recursive partition of Fraser and Swinney, one column against one.
   * Default `"freedman-diaconis"`.
   */
  bins?: Bins | undefined;
  /**
   * Bins of a column, with `"equiprobable"` alone. Default (n/5)^(1/columns), at least 2, so that independent
   * variables put five rows into a cell.
   */
  count?: number | undefined;
  /** As in `discrete`; not for adaptive bins. Default `"none"`. */
  correction?: Correction | undefined;
  /** Seed of the random ranks of ties, for adaptive bins: for others nothing is drawn. Default 0. */
  seed?: number | undefined;
}

const NUMBER = wholeNumber(1, undefined);
const RULES = ["freedman-diaconis", "equiprobable", "adaptive"] as const;
const BINS: Option<Bins> = {
  fallback: "freedman-diaconis",
  accepts: (value) => NUMBER.accepts(value) || (RULES as readonly unknown[]).includes(value),
  remedy: `${NUMBER.remedy}, ${listed(RULES)}`,
};
const OPTIONS = {
  ...CLASSICAL,
  bins: BINS,
  count: NUMBER,
  correction: CORRECTION,
  seed: SEED,
} satisfies TableOf<HistogramOptions>;

/**
 * Mutual information of two binned variables, in nats. With bins of equal width or count it is the plug-in
 * estimate: never negative without a correction, and too large by about the number of occupied cells over 2n.
 * Exchanging the variables and permuting the rows change nothing. Equiprobable bins also bear any strictly
 * increasing map of a column; adaptive ones do too, and their number follows the data.
 *
 * Sources: Freedman and Diaconis, "On the histogram as a density estimator: L₂ theory" (1981); Fraser and
 * Swinney, "Independent coordinates for strange attractors from mutual information", Phys. Rev. A 33 (1986).
 *
 * @param x one column, or several as `{ data, width }`; rows with NaN in either variable are left out
 * @param y as many rows
 * @returns mutual information, nats unless `units` says otherwise
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "constant", "invalid-option", and
 *   "too-few-samples" for fewer than two complete rows
 */
export function histogram(x: Variable, y: Variable, options: HistogramOptions = {}): number {
  const { units, bins, count, correction, seed } = readOptions(options, OPTIONS);
  const factor = unitScale(units);
  if (count !== undefined && bins !== "equiprobable") {
    throw new InfoNetError(
      "invalid-option",
      `count is ${count} and bins is ${describe(bins)}, which says how many there are; pass bins "equiprobable", or leave count out.`,
    );
  }
  const pair = readPair(x, y, () => 2);
  if (bins === "adaptive") {
    if (pair.x.length > 1 || pair.y.length > 1) {
      const widths = `${pair.x.length} and ${pair.y.length}`;
      throw new InfoNetError(
        "invalid-option",
        `bins is "adaptive" and x and y have ${widths} columns; pass one column each, or other bins.`,
      );
    }
    if (correction !== "none") {
      throw new InfoNetError(
        "invalid-option",
        `correction is ${describe(correction)} and bins is "adaptive", whose cells belong to no bins of x and y; pass "none" or other bins.`,
      );
    }
    return factor * adaptiveInformation(pair.x[0], pair.y[0], seed);
  }
  const columns = pair.x.length + pair.y.length;
  const equal = count ?? Math.max(2, Math.floor((pair.n / 5) ** (1 / columns)));
  const cut = (column: Float64Array): Codes =>
    renumbered(bins === "equiprobable" ? equalCounts(column, equal) : equalWidths(column, bins));
  return factor * plugIn(combined(pair.x.map(cut)), combined(pair.y.map(cut)), correction);
}

/** Bins by rule: more than this only happens where outliers are 10⁹ quartiles away. */
const MOST = 2 ** 30;

/** Bin of every row; bins have the same width, and the last one includes its upper end. */
function equalWidths(given: Float64Array, bins: number | "freedman-diaconis"): Float64Array {
  const [column] = withinReach([given], REACH.sums).columns;
  const sorted = ascending(column);
  const low = sorted[0];
  const range = sorted[sorted.length - 1] - low;
  const number =
    bins === "freedman-diaconis" ? Math.min(MOST, Math.ceil(range / freedmanDiaconisWidth(sorted))) : bins;
  return column.map((value) => Math.min(number - 1, Math.floor(((value - low) * number) / range)));
}

/** 2·IQR·n^(−1/3), or Scott's 3.49·σ·n^(−1/3) if half of the values are the same. */
function freedmanDiaconisWidth(sorted: Float64Array): number {
  const spread = 2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25));
  return (spread > 0 ? spread : 3.49 * standardDeviation(sorted, 1)) / Math.cbrt(sorted.length);
}

/** Quantile of a sorted column, linear between its values. */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/** Bin of every row; bins hold equally many rows, but for ties, which go together by their mean rank. */
function equalCounts(column: Float64Array, number: number): Float64Array {
  const { places, distinct } = codeColumn(column);
  const counts = new Uint32Array(distinct);
  for (const place of places) counts[place]++;
  const bins = new Float64Array(distinct);
  let below = 0;
  for (let place = 0; place < distinct; place++) {
    const middle = below + counts[place] / 2;
    bins[place] = Math.floor((middle * number) / column.length);
    below += counts[place];
  }
  return Float64Array.from(places, (place) => bins[place]);
}

/** One category for every combination of bins that occurs. */
function combined(columns: Codes[]): Codes {
  return columns.reduce((all, next) =>
    renumbered(Float64Array.from(all.codes, (code, row) => code * next.distinct + next.codes[row])),
  );
}
