/**
 * The synthetic prior: random distributions of two variables whose densities, and so their mutual
 * information, are exact. No estimator labels anything, and none of the families that the network is
 * evaluated on (copulas by name, gamma–exponential, additive uniform noise, Student, half-cube, wiggly and
 * bimodal maps, swiss roll, spirals) ever occurs.
 */

import { bentBand } from "./bent-bands.js";
import type { Distribution } from "./distribution.js";
import { MAX_TRUTH_POINTS } from "./distribution.js";
import { hill } from "./hills.js";
import { Independent } from "./independent.js";
import { levelMixture } from "./level-mixture.js";
import type { Random } from "./random.js";
import { orderMarginal, paperMixture, scaleMixture, sharpMixture, strongMixture } from "./scattered.js";
import { boxGrid, scatteredBoxes, segments } from "./segments.js";
import { strungGaussians, strungSegments } from "./strung.js";

export type { Distribution } from "./distribution.js";
export { MAX_TRUTH_POINTS } from "./distribution.js";
export { type LevelMixture, levelMixture } from "./level-mixture.js";
export { Random } from "./random.js";

interface Family {
  kind: string;
  /** Share of the dependent draws, in percent before normalisation. */
  share: number;
  draw(rng: Random, kind: string): Distribution;
}

/** The families and their shares. Independence comes on top, see {@link drawDistribution}. */
const FAMILIES: readonly Family[] = [
  { kind: "paper mixture", share: 14, draw: paperMixture },
  { kind: "order marginal", share: 13, draw: orderMarginal },
  { kind: "sharp mixture", share: 5, draw: sharpMixture },
  { kind: "strong Gaussian", share: 11, draw: strongMixture },
  { kind: "scale mixture", share: 7, draw: scaleMixture },
  { kind: "strung Gaussians", share: 13, draw: strungGaussians },
  { kind: "strung segments", share: 13, draw: strungSegments },
  { kind: "bent bands", share: 12, draw: bentBand },
  { kind: "box grid", share: 13, draw: boxGrid },
  { kind: "scattered boxes", share: 3, draw: scatteredBoxes },
  { kind: "segments", share: 16, draw: segments },
  { kind: "hills", share: 20, draw: hill },
];

/** Levels beside a number: only streams that ask for them have them. */
const LEVELS = "levels";

/** Names of the families; a kind index points into this list. */
export const KINDS: readonly string[] = ["independent", ...FAMILIES.map((family) => family.kind), LEVELS];

const TOTAL = FAMILIES.reduce((sum, family) => sum + family.share, 0);

/** Share of independent draws unless told otherwise. */
export const INDEPENDENT_SHARE = 0.05;

/**
 * Draws a distribution of the prior.
 *
 * @param independent probability of independence of two numbers
 * @param levels probability of levels beside a number
 */
export function drawDistribution(rng: Random, independent = INDEPENDENT_SHARE, levels = 0): Distribution {
  if (levels > 0 && rng.chance(levels)) return levelMixture(rng, LEVELS);
  if (rng.chance(independent)) return new Independent(KINDS[0]);
  let left = TOTAL * rng.uniform();
  for (const family of FAMILIES) {
    left -= family.share;
    if (left < 0) return family.draw(rng, family.kind);
  }
  const last = FAMILIES[FAMILIES.length - 1];
  return last.draw(rng, last.kind);
}

const TERMS_A_DISTRIBUTION = 40_000;
const FEWEST_POINTS = 1024;
const MOST_POINTS = Math.min(2048, MAX_TRUTH_POINTS);

/** How many stratified points the true MI is averaged over: as many as the budget of terms allows. */
export function truthPoints(distribution: Distribution): number {
  const points = Math.floor(TERMS_A_DISTRIBUTION / distribution.terms);
  return Math.min(MOST_POINTS, Math.max(FEWEST_POINTS, points));
}

/** Stratified points at once. */
const POINTS_AT_ONCE = 4096;
const scratch = () => new Float64Array(POINTS_AT_ONCE);
const truth = { x: scratch(), y: scratch(), ratios: scratch() };

/**
 * Mutual information of a distribution, nats: the closed form where there is one, else the mean log ratio at stratified points.
 *
 * @param times 4096 points
 */
export function trueInformation(rng: Random, distribution: Distribution, times = 1): number {
  if (distribution.mi !== undefined) return distribution.mi;
  const { x, y, ratios } = truth;
  let sum = 0;
  for (let k = 0; k < times; k++) {
    distribution.stratified(rng, x, y, POINTS_AT_ONCE);
    distribution.logRatio(x, y, POINTS_AT_ONCE, ratios);
    for (const ratio of ratios) sum += ratio;
  }
  return Math.max(0, sum / (times * POINTS_AT_ONCE));
}

/** Mean of the first m log ratios, in nats; not below zero. */
export function meanRatio(ratios: Float64Array, m: number): number {
  let sum = 0;
  for (let j = 0; j < m; j++) sum += ratios[j];
  return Math.max(0, sum / m);
}
