/**
 * Makes the interval hold what it says. The network's own quantiles are learnt and may be too wide or too
 * narrow; on fresh draws from the prior one counts how far the truth lies from the median, in units of the
 * quantiles' own distance from it, and stretches or shrinks that distance until nine in ten truths are inside
 * (conformalised quantile regression: Romano, Patterson & Candès 2019), by sample size and by estimate.
 */

import * as z from "zod/mini";
import { checkDocument, type Document, hash, list, parts, wholeNumber } from "../network/document.js";
import { knots, position, requireWeights, rows } from "./table.js";

const FACTOR = "a factor of at least 0";
const factor = z.number(FACTOR).check(z.gte(0, FACTOR));
const MEDIAN = "a number";

/** The schema of `calibration.json`. */
export const calibrationSchema = parts({
  /** SHA-256 of the weights it was made with. */
  weights: hash(),
  /** Fresh draws from the prior it rests on. */
  draws: wholeNumber(1),
  seed: wholeNumber(0),
  /** Sample sizes, ascending. */
  n: knots(wholeNumber(1), "sample sizes"),
  /** Medians of √MI, ascending. */
  median: knots(z.number(MEDIAN), "medians"),
  /** Factor of the lower end's distance from the median at `n[i]`, `median[k]`. */
  low: list(list(factor, "factors"), "rows of factors"),
  /** Factor of the upper end's distance. */
  high: list(list(factor, "factors"), "rows of factors"),
}).check((context) => {
  const { n, median, low, high } = context.value;
  context.issues.push(...rows({ low, high }, n.length, median.length));
});

/** The table as it lies in `calibration.json`. */
export type CalibrationTable = z.infer<typeof calibrationSchema>;

/** How the table is read and written. */
export const CALIBRATION: Document<typeof calibrationSchema> = {
  file: "calibration.json",
  schema: calibrationSchema,
  remedy: "Make it again with `npm run calibrate`.",
};

/**
 * Checks what is to be written as `calibration.json`.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkCalibration(value: unknown): CalibrationTable {
  return checkDocument(CALIBRATION, value);
}

/** Calibrates intervals of √MI. */
export class Calibration {
  readonly #table: CalibrationTable;
  readonly #logN: number[];

  /**
   * @param weights SHA-256 of the weights in use
   * @throws InfoNetError "model" if the table belongs to other weights
   */
  constructor(table: CalibrationTable, weights: string) {
    requireWeights("calibration", "calibrate", table.weights, weights);
    this.#table = table;
    this.#logN = table.n.map(Math.log);
  }

  /** The calibrated ends for the network's 5 %, 50 % and 95 % quantiles of √MI. */
  interval(low: number, median: number, high: number, n: number): [number, number] {
    const at = position(this.#logN, Math.log(n));
    const along = position(this.#table.median, median);
    return [
      median - bilinear(this.#table.low, at, along) * (median - low),
      median + bilinear(this.#table.high, at, along) * (high - median),
    ];
  }
}

function bilinear(
  table: readonly (readonly number[])[],
  [i, f]: readonly [number, number],
  [k, g]: readonly [number, number],
): number {
  const row = (r: readonly number[]): number => r[k] * (1 - g) + r[k + 1] * g;
  return row(table[i]) * (1 - f) + row(table[i + 1]) * f;
}
