/**
 * Fits the calibration of the interval to fresh draws from the prior: see the library's Calibration.
 *
 * Around every knot of n and estimate the interval's ends are moved until each leaves out its share of the truths.
 * With one share everywhere, intervals hold nine in ten truths given what was estimated, but not given what is
 * true: an interval for independent variables that misses always lies above, one for the strongest dependence
 * mostly below. The shares are therefore balanced, knot by knot, until nine in ten are held in every band of the
 * truth and of n as well.
 */

import { Calibration, type CalibrationTable } from "infonet/internal/release";
import { INFORMATION_BANDS } from "../evaluate/coverage.js";
import { mean } from "../evaluate/score.js";

/** What the network said of one draw, and the truth; all √MI, n apart. */
export interface CalibrationDraw {
  n: number;
  low: number;
  median: number;
  high: number;
  truth: number;
}

/** Sample sizes and medians of √MI at which the factors are fitted. */
export const CALIBRATION_N: readonly number[] = [
  8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 20_000,
];
export const CALIBRATION_MEDIANS: readonly number[] = [0, 0.08, 0.16, 0.3, 0.5, 0.75, 1.1, 1.5, 2, 2.6];

/** Draws around a knot that its factors are quantiles of. */
const NEIGHBOURS = 600;
/** Share of truths that an interval leaves out; the ends begin with half of it each. */
const OUTSIDE = 0.1;
/** Limits of an end's share, so that balancing never opens an interval wholly nor closes it. */
const LEAST_TAIL = 0.01;
const MOST_TAIL = 0.12;
const ROUNDS = 20;
// Both kinds of band answer for the same draws, so a full step would overshoot.
const STEP = 0.4;

/** Bands in which coverage is balanced, by their lower ends: √MI, in which the scoreboard counts too, and n. */
const TRUTH_BANDS: readonly number[] = INFORMATION_BANDS.map(Math.sqrt);
const SIZE_BANDS: readonly number[] = [0, 32, 128, 512, 2048];

/** Factors of the distances of both ends from the median, at every knot. */
export type CalibrationFactors = Pick<CalibrationTable, "low" | "high">;

/** Factors under which intervals hold nine in ten truths in every band. */
export function fitCalibration(draws: readonly CalibrationDraw[]): CalibrationFactors {
  const knots = CALIBRATION_N.map((n) => CALIBRATION_MEDIANS.map((_, k) => new Knot(draws, n, k)));
  let factors = factorsOf(knots);
  for (let round = 0; round < ROUNDS; round++) {
    balance(knots, draws, factors);
    factors = factorsOf(knots);
  }
  return factors;
}

/** One knot of the table: how far truths near it lie from the median, and the share that each end leaves out. */
class Knot {
  readonly near: readonly CalibrationDraw[];
  readonly #below: Float64Array;
  readonly #above: Float64Array;
  tail = OUTSIDE / 2;

  constructor(draws: readonly CalibrationDraw[], n: number, k: number) {
    const median = CALIBRATION_MEDIANS[k];
    const before = CALIBRATION_MEDIANS[k - 1] ?? -0.04;
    const after = CALIBRATION_MEDIANS[k + 1] ?? 3.2;
    // Distances in steps of the grid: a factor of two in n counts as much as a knot of the median.
    this.near = nearest(draws, NEIGHBOURS, (draw) => {
      const step = draw.median < median ? median - before : after - median;
      return Math.abs(Math.log2(draw.n / n)) + Math.abs(draw.median - median) / step;
    });
    const ratios = (miss: (draw: CalibrationDraw) => number, reach: (draw: CalibrationDraw) => number) =>
      Float64Array.from(this.near, (draw) => miss(draw) / Math.max(reach(draw), 1e-6)).sort();
    this.#below = ratios(
      (draw) => draw.median - draw.truth,
      (draw) => draw.median - draw.low,
    );
    this.#above = ratios(
      (draw) => draw.truth - draw.median,
      (draw) => draw.high - draw.median,
    );
  }

  /** Factors of both distances that leave out the knot's share. */
  factors(): [low: number, high: number] {
    return [upperQuantile(this.#below, this.tail), upperQuantile(this.#above, this.tail)];
  }
}

function factorsOf(knots: readonly (readonly Knot[])[]): CalibrationFactors {
  const factors = knots.map((row) => row.map((knot) => knot.factors()));
  return {
    low: factors.map((row) => row.map(([low]) => low)),
    high: factors.map((row) => row.map(([, high]) => high)),
  };
}

/** Moves every knot's share by how far coverage is off in the bands that the draws around it belong to. */
function balance(
  knots: readonly (readonly Knot[])[],
  draws: readonly CalibrationDraw[],
  factors: CalibrationFactors,
): void {
  const calibration = new Calibration(
    {
      weights: "",
      draws: draws.length,
      seed: 0,
      n: [...CALIBRATION_N],
      median: [...CALIBRATION_MEDIANS],
      ...factors,
    },
    "",
  );
  const covered = (draw: CalibrationDraw): boolean => {
    const [low, high] = calibration.interval(draw.low, draw.median, draw.high, draw.n);
    // Information is not negative: an end below zero is read as zero.
    return low <= draw.truth && draw.truth <= Math.max(0, high);
  };
  const inside = draws.map(covered);
  const byTruth = excess(draws, inside, (draw) => bandOf(TRUTH_BANDS, draw.truth));
  const bySize = excess(draws, inside, (draw) => bandOf(SIZE_BANDS, draw.n));
  for (const knot of knots.flat()) {
    const off = mean(
      knot.near.map((draw) => byTruth[bandOf(TRUTH_BANDS, draw.truth)] + bySize[bandOf(SIZE_BANDS, draw.n)]),
    );
    knot.tail = Math.min(MOST_TAIL, Math.max(LEAST_TAIL, knot.tail * Math.exp((STEP * off) / OUTSIDE)));
  }
}

/** Coverage less what it should be, by band; 0 for a band without draws. */
function excess(
  draws: readonly CalibrationDraw[],
  inside: readonly boolean[],
  band: (draw: CalibrationDraw) => number,
): number[] {
  const held: number[] = [];
  const all: number[] = [];
  draws.forEach((draw, k) => {
    const b = band(draw);
    all[b] = (all[b] ?? 0) + 1;
    held[b] = (held[b] ?? 0) + Number(inside[k]);
  });
  return Array.from(all, (count, b) => (count ? held[b] / count - (1 - OUTSIDE) : 0));
}

/** The band of a value; what lies below the first belongs to it. */
const bandOf = (ends: readonly number[], value: number): number =>
  Math.max(
    0,
    ends.findLastIndex((end) => value >= end),
  );

function nearest(
  draws: readonly CalibrationDraw[],
  count: number,
  distance: (draw: CalibrationDraw) => number,
): CalibrationDraw[] {
  const distances = Float64Array.from(draws, distance);
  const limit = Float64Array.from(distances).sort()[Math.min(count, draws.length) - 1];
  return draws.filter((_, k) => distances[k] <= limit);
}

/** The value that a share `tail` of the sorted ones lies above, by interpolation; not below zero. */
function upperQuantile(sorted: Float64Array, tail: number): number {
  const rank = Math.min(sorted.length - 1, Math.max(0, (1 - tail) * (sorted.length + 1) - 1));
  const below = Math.floor(rank);
  const above = Math.min(sorted.length - 1, below + 1);
  const value = sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  return Number(Math.max(0, value).toPrecision(4));
}
