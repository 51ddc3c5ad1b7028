/**
 * Derivatives of the information of several columns, given others or not.
 *
 * In a sum over pairs of columns, or over slices, columns that say the same count as often as they are there: codes that are trained
 * by it become copies of each other. Here they do not. What normal scores share is differentiated as a whole; it is the information of
 * the canonical pairs. What these pairs share beyond normal variables comes from the critic, pair by pair, with the combinations held
 * fixed.
 */

import { codeColumn, rankColumn } from "../copula/index.js";
import { CopulaDensity } from "../density/index.js";
import type { Task } from "../engine/task.js";
import type { Network } from "../network/network.js";
import { squaresAbout } from "../numerics/moments.js";
import { rankScores, scoresOfRanks } from "../numerics/normal-scores.js";
import { stream } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";
import { numberSample, type PairSample } from "../pairs/samples.js";
import { byRanks, softScores } from "./density.js";
import { combined, normalInformation } from "./normal-information.js";
import { matchScores } from "./score-matching.js";
import { MOST_POOLING, softColumn } from "./soft-pair.js";

/** Names the random numbers of the search for canonical pairs. */
const CANONICAL = 109;

/** Complete rows of the columns of X, Y and Z, by name. */
export interface JointRows {
  x: readonly NamedValues[];
  y: readonly NamedValues[];
  z: readonly NamedValues[];
  seed: number;
  /** Canonical pairs that the critic is asked about, at most. */
  pairs: number;
}

interface NamedValues {
  name: string;
  values: Float64Array;
}

/** Nats, and derivatives column by column. */
export interface JointDerivative {
  mi: number;
  dx: Float64Array[];
  dy: Float64Array[];
}

/** Differentiates I(X; Y | Z) by X and Y. */
export const JOINT_GRADIENT: Task<JointRows, JointDerivative> = {
  name: "joint-gradient",
  async run({ x, y, z, seed, pairs: most }, network) {
    const soft = [...x, ...y, ...z].map(softScored);
    const columns = soft.map(({ unit, scores }) => scores.map((score) => score / unit));
    const random = stream(seed, CANONICAL);
    const normal = normalInformation({ columns, dx: x.length, dy: y.length }, most, random);
    const pairs = normal.pairs.map((weights) => ({
      weights,
      pair: rankedPair(combined(columns, weights.x), combined(columns, weights.y)),
    }));
    const found = await besideNormal(
      pairs.map(({ pair }) => pair),
      network,
    );
    let mi = normal.mi;
    const n = columns[0].length;
    for (const [k, { weights }] of pairs.entries()) {
      mi += found[k].mi;
      for (const [column, field] of normal.fields.entries()) {
        // A column of X has no part in the combination of Y, and the other way round.
        const [a, b] = [weights.x[column], weights.y[column]];
        for (let row = 0; row < n; row++) {
          field[row] += a * found[k].dx[row] + b * found[k].dy[row];
        }
      }
    }
    const slopes = normal.fields.map((field, column) => soft[column].pull(field));
    return { mi: Math.max(0, mi), dx: slopes.slice(0, x.length), dy: slopes.slice(x.length) };
  },
};

/** A column by the normal scores of its soft ranks. */
interface SoftScored {
  scores: Float64Array;
  /** Their deviation. */
  unit: number;
  /** Derivatives of a mean by the values, from those of its terms by the scores over their deviation. */
  pull(slopes: Float64Array): Float64Array;
}

function softScored({ name, values }: NamedValues): SoftScored {
  const n = values.length;
  const { ranks } = rankColumn(codeColumn(values), 0);
  const soft = softColumn({ name, values, fixed: false }, allRows(n), ranks, false, MOST_POOLING);
  const scores = softScores(soft.ranks);
  const unit = Math.sqrt(squaresAbout(scores, 0) / n);
  return {
    scores,
    unit,
    pull: (slopes) =>
      soft.pull(
        byRanks(
          slopes.map((slope) => slope / unit),
          scores,
        ),
        n,
      ),
  };
}

/** A combination of X and one of Y, ranked. */
interface RankedPair {
  sample: PairSample;
  x: Float64Array;
  y: Float64Array;
}

function rankedPair(x: Float64Array, y: Float64Array): RankedPair {
  return { sample: numberSample(codeColumn(x), codeColumn(y), Number.POSITIVE_INFINITY), x, y };
}

/** What pairs share beyond normal variables of their correlation, nats, and n times the derivatives of that by their values. */
async function besideNormal(pairs: readonly RankedPair[], network: Network) {
  const levels = network.manifest.quantiles;
  const { quantiles, mixtures } = await network.run(pairs.map(({ sample: { perm } }) => ({ perm })));
  return pairs.map(({ sample: { xRanks, yRanks, orientation }, x, y }, slot) => {
    const density = CopulaDensity.read(mixtures[slot] as Float32Array, orientation);
    const [scoresX, scoresY] = [rankScores(xRanks), rankScores(yRanks)];
    const critic = density.derivatives(scoresX, scoresY);
    const { u, v, rho } = matchScores(scoresX, scoresY, critic, true);
    const root = Math.max(0, quantiles[slot * levels.length + levels.indexOf(0.5)]);
    return {
      mi: root ** 2 + 0.5 * Math.log1p(-Math.min(rho ** 2, 1 - 1e-9)),
      dx: timesSteepness(u, x, xRanks),
      dy: timesSteepness(v, y, yRanks),
    };
  });
}

/**
 * Derivatives by the values of a combination, from those by its normal scores: times the slope of the scores by the values, over about √n
 * neighbours. That the scores of the others move too is left out: what a copula's score has on average at any place is 0.
 */
function timesSteepness(slopes: Float64Array, values: Float64Array, ranks: Uint32Array): Float64Array {
  const n = values.length;
  const scores = scoresOfRanks(n);
  const sorted = new Float64Array(n);
  for (let row = 0; row < n; row++) sorted[ranks[row]] = values[row];
  const reach = Math.max(2, Math.round(Math.sqrt(n) / 2));
  return slopes.map((slope, row) => {
    const from = Math.max(0, ranks[row] - reach);
    const to = Math.min(n - 1, ranks[row] + reach);
    const width = sorted[to] - sorted[from];
    return width > 0 ? (slope * (scores[to] - scores[from])) / width : 0;
  });
}
