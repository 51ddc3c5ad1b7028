/** One training example, a pure function of (seed, index): distribution → sample → features and labels. */

import {
  deposit,
  GRID,
  NORMAL_NUMBERS,
  normalCopula,
  type Orientation,
  order,
  orient,
  orientPoint,
  writeFeatures,
} from "infonet/copula";
import type { Distribution } from "../prior/distribution.js";
import {
  drawDistribution,
  INDEPENDENT_SHARE,
  KINDS,
  MAX_TRUTH_POINTS,
  meanRatio,
  Random,
  truthPoints,
} from "../prior/index.js";
import { normalQuantile } from "../prior/normal.js";
import { centralLabel, sampleInformation } from "./central-label.js";
import { EmpiricalCdf } from "./empirical-cdf.js";
import type { OptionalArrays } from "./inputs.js";
import type { BatchViews } from "./layout.js";
import { LevelBlocks } from "./level-blocks.js";

/** Which samples a stream has, and what is written of them. Part of what an example is a function of. */
export interface ExampleOptions extends OptionalArrays {
  /** Smallest sample, default 32; sizes are log-uniform from here to nMax. */
  nMin?: number;
  /** Largest sample, default 10,000. */
  nMax?: number;
  /** Share of samples smaller than nMin, default 0.06 where nMin is left out, else 0. */
  smallShare?: number;
  /** Share of samples larger than nMax, default 0.02. */
  largeShare?: number;
  /** Largest sample among those, default 50,000. */
  nLarge?: number;
  /** Share of samples larger still, up to a million rows. Default 0. */
  hugeShare?: number;
  /** Share of laws of levels beside a number. Default 0. */
  levelShare?: number;
}

/** Log ratios at the points of a density are clipped to ± this, in nats. */
const RATIO_LIMIT = 12;

// The smaller the sample, the more often it comes from independence: that is where a network that has seen
// too little of it invents dependence.
const EXTRA_INDEPENDENT = 0.09;
const EXTRA_BELOW = 1000;
const EXTRA_WHOLE = 32;

/** Rows a level that columns of levels have, on average and at least. */
const ROWS_A_LEVEL = 3;

/** Largest sample of any stream. */
const HUGEST = 1_000_000;

/** Smallest sample of any default stream. */
export const SMALLEST = 8;

function independentShare(n: number): number {
  const smallness = Math.log(EXTRA_BELOW / n) / Math.log(EXTRA_BELOW / EXTRA_WHOLE);
  return INDEPENDENT_SHARE + EXTRA_INDEPENDENT * Math.min(1, Math.max(0, smallness));
}

function drawSize(rng: Random, options: ExampleOptions): number {
  const { nMin = 32, nMax = 10_000, largeShare = 0.02, nLarge = 50_000, hugeShare = 0, points = 0 } = options;
  const { smallShare = options.nMin === undefined ? 0.06 : 0 } = options;
  const usual = Math.min(nMin, nMax);
  for (const least of smallShare > 0 ? [usual, SMALLEST] : [usual]) {
    if (points <= least) continue;
    throw new RangeError(
      `points is ${points}, but samples may have ${least}; raise nMin and nMax to ${points}`,
    );
  }
  if (rng.chance(smallShare) && SMALLEST < usual) return rng.logInteger(SMALLEST, usual - 1);
  if (rng.chance(largeShare) && nLarge > nMax) return rng.logInteger(nMax + 1, nLarge);
  if (hugeShare > 0 && rng.chance(hugeShare)) return rng.logInteger(nLarge + 1, HUGEST);
  return rng.logInteger(nMin, nMax);
}

// Scratch of this thread.
const rng = new Random();
let x = new Float64Array(16_384);
let y = new Float64Array(16_384);
let sortedX = new Float64Array(16_384);
let sortedY = new Float64Array(16_384);
let yRanks = new Uint32Array(16_384);
let chosen = new Uint32Array(16_384);
const freshX = new Float64Array(MAX_TRUTH_POINTS);
const freshY = new Float64Array(MAX_TRUTH_POINTS);
const ratios = new Float64Array(MAX_TRUTH_POINTS);
const scratch = () => new Float64Array(MAX_TRUTH_POINTS);
const density = {
  pickedX: scratch(),
  pickedY: scratch(),
  x: scratch(),
  y: scratch(),
  slopeX: scratch(),
  slopeY: scratch(),
};
const cdfX = new EmpiricalCdf();
const cdfY = new EmpiricalCdf();

function reserve(n: number): void {
  if (x.length >= n) return;
  x = new Float64Array(n);
  y = new Float64Array(n);
  sortedX = new Float64Array(n);
  sortedY = new Float64Array(n);
  yRanks = new Uint32Array(n);
  chosen = new Uint32Array(n);
}

/** Leaves the ranks of the sample's y in yRanks, and its values sorted in sortedY. */
function rankY(n: number): void {
  const byY = order(y.subarray(0, n));
  for (let rank = 0; rank < n; rank++) {
    const i = byY[rank];
    yRanks[i] = rank;
    sortedY[rank] = y[i];
  }
}

/** The permutation of the sample in x and y, whose y is ranked; leaves x sorted in sortedX. */
function permutationOfSample(n: number): Uint32Array {
  const byX = order(x.subarray(0, n));
  const perm = new Uint32Array(n);
  for (let rank = 0; rank < n; rank++) {
    const i = byX[rank];
    perm[rank] = yRanks[i];
    sortedX[rank] = x[i];
  }
  return perm;
}

/**
 * Writes a random choice of the sample's points ((rank + ½) / n), in random order, from its permutation in
 * canonical orientation.
 */
function writePoints(perm: Uint32Array, out: Float32Array, slot: number, points: number): void {
  const n = perm.length;
  for (let k = 0; k < n; k++) chosen[k] = k;
  for (let k = 0, at = slot * points * 2; k < points; k++) {
    // Fisher–Yates, as far as it is needed.
    const other = rng.integer(k, n - 1);
    const rank = chosen[other];
    chosen[other] = chosen[k];
    out[at++] = (rank + 0.5) / n;
    out[at++] = (perm[rank] + 0.5) / n;
  }
}

/** Writes example `index` of the stream `seed` into a slot of a batch. */
export function encodeExample(
  seed: number | bigint,
  index: number,
  out: BatchViews,
  slot: number,
  options: ExampleOptions = {},
): void {
  rng.reset(seed, index);
  const n = drawSize(rng, options);
  reserve(n);
  let distribution = drawDistribution(rng, independentShare(n), options.levelShare);
  // What is mostly different is a number.
  while (ROWS_A_LEVEL * (distribution.levels ?? 0) > n) {
    distribution = drawDistribution(rng, independentShare(n), options.levelShare);
  }
  distribution.sample(rng, x, y, n);
  rankY(n);
  const blocks =
    distribution.levels === undefined
      ? undefined
      : new LevelBlocks(x.subarray(0, n), yRanks.subarray(0, n), distribution.levels);
  const { perm, orientation } = orient(blocks?.perm ?? permutationOfSample(n));
  writeFeatures(perm, out, slot, blocks?.levels);

  const m = truthPoints(distribution);
  distribution.stratified(rng, freshX, freshY, m);
  distribution.logRatio(freshX, freshY, m, ratios);
  out.mi[slot] = distribution.mi ?? meanRatio(ratios, m);
  const sampled = sampleInformation(distribution, x.subarray(0, n), y.subarray(0, n));
  out.central[slot] = centralLabel(out.mi[slot], sampled, n);
  out.kind[slot] = KINDS.indexOf(distribution.kind);

  const { fresh = false, points = 0, densityPoints = 0 } = options;
  const chance = rng.uint32();
  if (points > 0) {
    rng.reset(chance, POINTS_PART);
    writePoints(perm, out.points, slot, points);
  }
  if (!fresh && densityPoints === 0) return;
  if (blocks === undefined) cdfX.load(sortedX, n);
  cdfY.load(sortedY, n);
  const law: FreshPoints = {
    distribution,
    orientation,
    m,
    placeX: (value) => blocks?.position(value, rng) ?? cdfX.position(value, rng.uniform()),
    placeY: (value) => cdfY.position(value, rng.uniform()),
  };
  if (fresh) {
    rng.reset(chance, FRESH_PART);
    writeFresh(law, out.fresh, slot);
  }
  if (densityPoints > 0) {
    normalCopula([perm], out.normal, slot * NORMAL_NUMBERS);
    rng.reset(chance, DENSITY_PART);
    writeDensity(law, densityPoints, out, slot);
  }
}

// Every part that may be asked for has random numbers of its own: none changes another.
const [POINTS_PART, FRESH_PART, DENSITY_PART] = [1, 2, 3];

/** Fresh points of an example's law, which are the scratch's. */
interface FreshPoints {
  distribution: Distribution;
  orientation: Orientation;
  /** Their number. */
  m: number;
  /** Where a value is among those of the sample, in (0, 1). */
  placeX(value: number): number;
  placeY(value: number): number;
}

/** Writes the histogram of the fresh points, placed among the sample's. */
function writeFresh({ orientation, m, placeX, placeY }: FreshPoints, out: Float32Array, slot: number): void {
  const cells = GRID * GRID;
  const from = slot * cells;
  out.fill(0, from, from + cells);
  for (let j = 0; j < m; j++) {
    const [a, b] = orientPoint(orientation, placeX(freshX[j]), placeY(freshY[j]));
    deposit(out, from, a, b, 1 / m);
  }
}

const LARGEST_SCORE = 5;
/** Slopes of the log ratio are clipped to ± this. */
const SLOPE_LIMIT = 1e5;

/**
 * Writes some of the fresh points on the scale of normal scores, with their log ratios and, where the family has them, the
 * slopes of these. The points are stratified in their order, so every so-manieth of them is so too.
 */
function writeDensity(
  { distribution, orientation, m, placeX, placeY }: FreshPoints,
  points: number,
  out: BatchViews,
  slot: number,
): void {
  const [pickedX, pickedY] = [density.pickedX.subarray(0, points), density.pickedY.subarray(0, points)];
  const step = m / points;
  const shift = rng.uniform();
  for (let k = 0; k < points; k++) {
    const j = Math.floor((k + shift) * step);
    pickedX[k] = freshX[j];
    pickedY[k] = freshY[j];
    out.ratios[slot * points + k] = Math.min(RATIO_LIMIT, Math.max(-RATIO_LIMIT, ratios[j]));
  }
  const sloped = distribution.normalScores !== undefined;
  distribution.normalScores?.(pickedX, pickedY, points, density);
  out.sloped[slot] = Number(sloped);
  const { flipU, flipV, swap } = orientation;
  for (let k = 0; k < points; k++) {
    const zx = sloped ? density.x[k] : normalQuantile(placeX(pickedX[k]));
    const zy = sloped ? density.y[k] : normalQuantile(placeY(pickedY[k]));
    const a = [flipU ? -zx : zx, sloped ? (flipU ? -density.slopeX[k] : density.slopeX[k]) : 0];
    const b = [flipV ? -zy : zy, sloped ? (flipV ? -density.slopeY[k] : density.slopeY[k]) : 0];
    const at = 2 * (slot * points + k);
    for (const [axis, [z, slope]] of (swap ? [b, a] : [a, b]).entries()) {
      out.scores[at + axis] = Math.min(LARGEST_SCORE, Math.max(-LARGEST_SCORE, z));
      out.slopes[at + axis] = Math.min(SLOPE_LIMIT, Math.max(-SLOPE_LIMIT, slope));
    }
  }
}
