/**
 * The slopes of a critic at the rows it was made for, brought to their true size.
 *
 * The network sees n rows and answers with a density that is smoother than that of the law: its slopes have the right directions and
 * are too small. By how much is in the rows themselves. For any smooth field φ and the slopes s of the true ratio ln c on the plane z of
 * normal scores, integration by parts gives E[φ·s] = E[z·φ − ∇·φ] (Stein's identity; Hyvärinen 2005 matches scores by it). The right
 * side asks for no density, so that the best multiple of any given field is known from the rows. The true slopes are 0 on average at any
 * place of either variable; what a field has on average there is taken off it, which changes neither side.
 *
 * It is taken apart in two:
 *
 * 1. the field of normal copulas: each score less what the other one tells of it. Its best multiple is, for normal columns, the score
 *    of the normal copula with the rows' own correlation, also where the network sees nothing;
 * 2. what the critic has beside it, times a power of its best multiple, for at the rows that the critic was made of the multiple itself
 *    is too large, and times e to what the estimate is above the mean log density of the rows: that is what the critic is too smooth to show.
 */

import type { ScoreDerivatives } from "../density/index.js";
import { mean } from "../numerics/moments.js";
import type { ScoreColumn } from "./score-column.js";

/**
 * Power of the multiple where much is shared, from six curves and five laws of clusters, of which 0.6 to 0.75 are about as good. Where
 * next to nothing is shared it is 1, as laws of the training prior have it: a critic follows the chances of its rows the further the
 * more it sees. `npm run bench:gradient -- --parts sizes,prior` measures the sizes that it leaves.
 */
const SHRINKAGE = 0.67;
/** Nats over which the power falls towards that, by a factor of e. */
const FALLS = 0.1;
/** Multiples beyond are chance, and so are distances of the estimate from the mean log density. */
const [LEAST, MOST] = [1 / 4, 4];
const FARTHEST = 1;

/** Derivatives of ln c by the normal scores of points, as the rows have them. */
export interface MatchedScores {
  x: Float64Array;
  y: Float64Array;
  /** Correlation of the scores. */
  rho: number;
  /** Mean log density of the rows, nats. */
  lowerBound: number;
}

/** A critic at the rows that it was made for. */
export interface CriticAtRows {
  columns: readonly [ScoreColumn, ScoreColumn];
  derivatives: ScoreDerivatives;
  /** The estimate, nats. */
  nats: number;
}

/**
 * Matches the derivatives of a critic to the rows that they were read at.
 *
 * @param normal whether the score of the normal copula with the rows' own correlation is part of the answer, or only what is beside it
 */
export function matchScores({ columns, derivatives, nats }: CriticAtRows, normal = true): MatchedScores {
  const [a, b] = columns;
  const n = a.scores.length;
  // All in units in which scores have variance 1.
  const [unitA, unitB] = [a.deviation, b.deviation];
  let rho = 0;
  for (let k = 0; k < n; k++) rho += (a.scores[k] * b.scores[k]) / (unitA * unitB * n);
  const [rawX, rawY] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k++) {
    rawX[k] = b.scores[k] / unitB - (rho * a.scores[k]) / unitA;
    rawY[k] = a.scores[k] / unitA - (rho * b.scores[k]) / unitB;
  }
  const [normalX, normalY] = [a.beside(rawX), b.beside(rawY)];
  const [criticX, criticY] = [a.beside(derivatives.u), b.beside(derivatives.v)];
  // Mean products with fields of which nothing is taken off: those with what is left of them alone would be too large.
  let [square, spread, crossed, own, along, bends] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    square += (normalX[k] * rawX[k] + normalY[k] * rawY[k]) / n;
    spread += (normalX[k] ** 2 + normalY[k] ** 2) / n;
    crossed += (criticX[k] * unitA * rawX[k] + criticY[k] * unitB * rawY[k]) / n;
    own += (criticX[k] * derivatives.u[k] * unitA ** 2 + criticY[k] * derivatives.v[k] * unitB ** 2) / n;
    along += (a.scores[k] * derivatives.u[k] + b.scores[k] * derivatives.v[k]) / n;
    bends += (derivatives.bendU[k] * unitA ** 2 + derivatives.bendV[k] * unitB ** 2) / n;
  }
  // Few rows may make it small by chance, and ranks that agree to the last nothing.
  square = Math.max(square, spread / 4, 2 / (n * n));
  const together = crossed / square;
  const left = own - together * crossed;
  const best = left > 0 ? (along - bends - 2 * rho * together) / left : 1;
  const power = SHRINKAGE + (1 - SHRINKAGE) * Math.exp(-nats / FALLS);
  const lowerBound = mean(derivatives.logDensity);
  const missed = Math.min(FARTHEST, Math.max(-FARTHEST, nats - lowerBound));
  const multiple = Math.min(MOST, Math.max(LEAST, best)) ** power * Math.exp(missed);
  const copula = normal ? 0 : rho / Math.max(1 - rho * rho, 1 / (n * n));
  const other = (2 * rho) / square - copula - multiple * together;
  combine(criticX, multiple, normalX, other / unitA);
  combine(criticY, multiple, normalY, other / unitB);
  return { x: criticX, y: criticY, rho, lowerBound };
}

/** Changes a to p a + q b. */
function combine(a: Float64Array, p: number, b: Float64Array, q: number): void {
  for (let k = 0; k < a.length; k++) a[k] = p * a[k] + q * b[k];
}
