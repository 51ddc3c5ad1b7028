/** Makes the head's interval hold its share of the truths at every sample size. */

import { Head, type HeadDocument } from "infonet/internal/release";
import type { HeadExamples } from "./examples.js";

/** A head whose interval is not calibrated yet. */
export type BareHead = Omit<HeadDocument, "calibration" | "calibrationDraws">;

/** Sample sizes at which the factor is fitted. */
const SIZES: readonly number[] = [
  8, 20, 50, 120, 300, 750, 2000, 5000, 12_000, 30_000, 100_000, 300_000, 1_000_000,
];
/** How far from a size, as a factor, its draws may lie. */
const REACH = 2.5;
const ROUNDS = 30;
const [LEAST, MOST] = [0.5, 3] as const;

/** Interval and truth of one draw. */
interface Judged {
  n: number;
  low: number;
  middle: number;
  high: number;
  /** What no end may pass. */
  most: number;
  mi: number;
}

/** Draws near a size from which on they say something of it; what lies between sizes is interpolated. */
const FEWEST_NEAR = 20;

/** Share of truths that a 90 % interval holds. */
export const NINE_IN_TEN = 0.9;

/**
 * The factors at sizes that have draws under which intervals hold the truth.
 *
 * @param held share of the truths that they hold
 */
export function calibrated(
  head: BareHead,
  fresh: HeadExamples,
  held: number = NINE_IN_TEN,
): HeadDocument["calibration"] {
  const judged = judge(head, fresh);
  const near = (size: number) => judged.filter(({ n }) => n > size / REACH && n < size * REACH);
  const known = SIZES.filter((size) => near(size).length >= FEWEST_NEAR);
  // Too few draws for two sizes: one factor for all.
  const fitted =
    known.length > 1
      ? known.map((size) => [size, factorOf(near(size), held)])
      : [SIZES[0], SIZES[SIZES.length - 1]].map((size) => [size, factorOf(judged, held)]);
  return { n: fitted.map(([size]) => size), factor: fitted.map(([, factor]) => factor) };
}

function factorOf(judged: readonly Judged[], share: number): number {
  let [low, high] = [LEAST as number, MOST as number];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (coverage(judged, middle) < share) low = middle;
    else high = middle;
  }
  return Number(high.toPrecision(4));
}

function judge(head: BareHead, { count, width, inputs, base, scale, most, mi, n }: HeadExamples): Judged[] {
  const calibration = { n: [SIZES[0], SIZES[SIZES.length - 1]], factor: [1, 1] };
  const whole = new Head({ ...head, calibrationDraws: count, calibration });
  return Array.from({ length: count }, (_, k) => {
    const summary = inputs.subarray(k * width, (k + 1) * width);
    const quantiles = whole.answer({ n: n[k], base: base[k], scale: scale[k], summary });
    const [low, middle, high] = [quantiles[0], quantiles[whole.median], quantiles[quantiles.length - 1]];
    return { n: n[k], low, middle, high, most: most[k], mi: mi[k] };
  });
}

/** Share of intervals that hold the truth when the ends' distances from the median are stretched. */
function coverage(judged: readonly Judged[], factor: number): number {
  let held = 0;
  for (const { low, middle, high, most, mi } of judged) {
    const within = (value: number): number => Math.min(most, Math.max(0, value));
    const [from, to] = [within(middle - factor * (middle - low)), within(middle + factor * (high - middle))];
    if (from <= mi && mi <= to) held++;
  }
  return judged.length === 0 ? 1 : held / judged.length;
}
