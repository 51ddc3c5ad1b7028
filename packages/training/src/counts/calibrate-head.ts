/** Makes the head's interval hold nine in ten truths at every sample size. */

import { type CountsDocument, CountsHead } from "infonet/internal/release";
import type { CountExamples } from "./examples.js";

/** A head whose interval is not calibrated yet. */
export type BareHead = Omit<CountsDocument, "calibration" | "calibrationDraws">;

/** Sample sizes at which the factor is fitted. */
const SIZES: readonly number[] = [8, 20, 50, 120, 300, 750, 2000, 5000, 12_000, 30_000, 100_000];
/** How far from a size, as a factor, its draws may lie. */
const REACH = 2.5;
const HELD = 0.9;
const ROUNDS = 30;
const [LEAST, MOST] = [0.5, 3] as const;

/** Interval and truth of one draw. */
interface Judged {
  n: number;
  low: number;
  middle: number;
  high: number;
  /** The smaller entropy, which no end may pass. */
  most: number;
  mi: number;
}

/** The factors at every size under which nine in ten intervals hold the truth. */
export function calibrated(head: BareHead, fresh: CountExamples): CountsDocument["calibration"] {
  const judged = judge(head, fresh);
  const factor = SIZES.map((size) => {
    const near = judged.filter(({ n }) => n > size / REACH && n < size * REACH);
    let [low, high] = [LEAST as number, MOST as number];
    for (let round = 0; round < ROUNDS; round++) {
      const middle = (low + high) / 2;
      if (coverage(near, middle) < HELD) low = middle;
      else high = middle;
    }
    return Number(high.toPrecision(4));
  });
  return { n: [...SIZES], factor };
}

function judge(head: BareHead, { count, width, inputs, base, scale, most, mi, n }: CountExamples): Judged[] {
  const calibration = { n: [SIZES[0], SIZES[SIZES.length - 1]], factor: [1, 1] };
  const whole = new CountsHead({ ...head, calibrationDraws: count, calibration });
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
