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
import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import { stream } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";
import { numberSample, type PairSample } from "../pairs/samples.js";
import { combined, normalInformation } from "./normal-information.js";
import { ScoreColumn } from "./score-column.js";
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
    const scored = [...x, ...y, ...z].map(scoredColumn);
    const columns = scored.map(({ unit }) => unit);
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
    const slopes = normal.fields.map((field, column) => scored[column].pull(field));
    return { mi: Math.max(0, mi), dx: slopes.slice(0, x.length), dy: slopes.slice(x.length) };
  },
};

/** A column by the normal scores of its soft ranks. */
interface Scored {
  /** The scores, of variance 1. */
  unit: Float64Array;
  /** Derivatives of a mean by the values, from those of its terms by the unit scores. */
  pull(slopes: Float64Array): Float64Array;
}

/**
 * A row that rises passes its neighbours, and they give way: soft ranks say so row by row. Networks that are trained by slopes which are
 * balanced over longer stretches of a column, as those of a pair are, often lose a code for good.
 */
function scoredColumn({ name, values }: NamedValues): Scored {
  const n = values.length;
  const { ranks } = rankColumn(codeColumn(values), 0);
  const soft = softColumn({ name, values, fixed: false }, allRows(n), ranks, false, MOST_POOLING);
  const scores = soft.ranks.map((rank) => normalQuantile((rank - 0.5) / n));
  const deviation = Math.sqrt(squaresAbout(scores, 0) / n);
  return {
    unit: scores.map((score) => score / deviation),
    pull: (slopes) => {
      // One rank is one part in n of the axis, and a row one part in n of the mean.
      const byRank = (slope: number, row: number) =>
        slope / (deviation * Math.exp(logNormalDensity(scores[row])) * n * n);
      return soft.pull(slopes.map(byRank), n);
    },
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
    const columns = [new ScoreColumn(xRanks), new ScoreColumn(yRanks)] as const;
    const derivatives = density.derivatives(columns[0].scores, columns[1].scores);
    const nats = Math.max(0, quantiles[slot * levels.length + levels.indexOf(0.5)]) ** 2;
    const { x: byX, y: byY, rho } = matchScores({ columns, derivatives, nats }, false);
    const steep = (slopes: Float64Array, column: ScoreColumn, values: Float64Array) => {
      const steepness = column.steepness(values);
      return slopes.map((slope, row) => slope * steepness[row]);
    };
    return {
      mi: nats + 0.5 * Math.log1p(-Math.min(rho ** 2, 1 - 1e-9)),
      dx: steep(byX, columns[0], x),
      dy: steep(byY, columns[1], y),
    };
  });
}
