/**
 * What a variable is beyond all that several columns tell of it: its conditional distribution function given them, found
 * in steps. A step predicts what is left, or the size of it, from the columns, and replaces it by its conditional
 * distribution function given that prediction.
 */

import type { LongCall } from "../long-call.js";
import { centred, correlation, standardized } from "../numerics/moments.js";
import { normalScoresOf, rankScores } from "../numerics/normal-scores.js";
import { allRows } from "../numerics/rows.js";
import { nearestMeans, nearestRows } from "../prediction/nearest.js";
import { type Prediction, prediction } from "../prediction/prediction.js";
import type { PairEngine } from "../vine/pair-engine.js";
import type { Side } from "../vine/sides.js";
import { fitVine } from "../vine/vine.js";

/** What is left of a variable. */
export interface Residual {
  /** Strict ranks. */
  ranks: Uint32Array;
  /** Predictions that it was freed of, in this order. */
  predictions: Float64Array[];
}

/** The first step takes nearly all, the second the scale; more find what the network's tables blurred. */
const MOST_STEPS = 3;
/** A step whose prediction and target are independent at this level is the last. */
const LEVEL = 0.05;

/**
 * Ranks of F(variable | columns), as near as a few predictions come to it.
 *
 * The prediction of a row is fitted without that row. So the errors that are left in two variables stem from the noise
 * of each of them alone and are as independent as that noise; what the variables share by them is of the order of
 * their product. The generalised covariance measure rests on the same (Shah & Peters 2020).
 */
export async function residual(
  variable: Side,
  condition: Condition,
  seed: number,
  engine: PairEngine,
  call: LongCall,
): Promise<Residual> {
  const all = allRows(variable.scores[0].length);
  const settings = { engine, call, level: LEVEL, ranks: true, rest: true, counts: () => false };
  let [ranks, scores] = [variable.ranks[0], variable.scores[0]];
  const predictions: Float64Array[] = [];
  const own = inReach(variable.columns[0]);
  while (predictions.length < MOST_STEPS) {
    const told = bestPrediction(scores, predictions.length === 0 ? own : undefined, condition, seed);
    const next = told ?? (condition.scores.length === 1 ? condition.scores[0] : undefined);
    if (next === undefined || predictions.includes(next)) break;
    call.expect(1);
    const { edges, rest } = await fitVine([scores, next], all, new Uint32Array(0), settings);
    if (edges[0].cut) break;
    [ranks] = rest.before;
    scores = rankScores(ranks);
    predictions.push(next);
  }
  return { ranks, predictions };
}

/** Deviations beyond which a value counts as this far out. */
const FARTHEST = 8;

/** A column in standard deviations. */
function inReach(column: Float64Array): Float64Array {
  return standardized(column).map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, value)));
}

/** What a variable is freed of. */
export interface Condition {
  scores: readonly Float64Array[];
  /** The columns as they are. */
  values: readonly Float64Array[];
  /** The nearest other rows, where columns are few. */
  nearest: Uint32Array | undefined;
}

/** Columns up to which rows have neighbours. */
const MOST_COLUMNS = 5;

/** Columns as what variables are freed of. */
export function conditionOf({ scores, columns }: Side): Condition {
  const values = columns.map(inReach);
  const few = values.length > 1 && values.length <= MOST_COLUMNS;
  return { scores, values, nearest: few ? nearestRows(values) : undefined };
}

/** Share of what a prediction has missed that the nearest rows must tell, and the same times the rows. */
const LEAST_TOLD = { share: 0.02, rows: 9 };

/** A prediction with what the nearest rows tell of what it has missed. */
function sharpened(
  target: Float64Array,
  found: Prediction | undefined,
  nearest: Uint32Array | undefined,
): Prediction | undefined {
  if (nearest === undefined) return found;
  const missed = found === undefined ? target : target.map((value, row) => value - found.values[row]);
  const near = nearestMeans(missed, nearest);
  const r = Math.max(0, correlation(near, missed));
  if (r * r < Math.max(LEAST_TOLD.share, LEAST_TOLD.rows / target.length)) return found;
  const values = found === undefined ? near : near.map((value, row) => value + found.values[row]);
  return { values, explained: correlation(values, target) ** 2 };
}

/**
 * What the columns tell of normal scores or of their size, whichever explains more.
 *
 * @param own the variable as it is, whose relations are often plainer than those of its scores
 */
function bestPrediction(
  scores: Float64Array,
  own: Float64Array | undefined,
  { scores: columns, values, nearest }: Condition,
  seed: number,
): Float64Array | undefined {
  if (columns.length === 0) return undefined;
  const explained = (found: Prediction): number => correlation(normalScoresOf(found.values), scores) ** 2;
  // Scores share the chance of the rows with those of the columns, values with their values: not one with the other.
  const ways =
    own === undefined
      ? [{ target: scores, found: prediction(scores, columns, seed, values) }]
      : [
          { target: scores, found: prediction(scores, columns, seed) },
          { target: own, found: prediction(own, values, seed) },
        ];
  const places = ways.flatMap(({ target, found }) => sharpened(target, found, nearest) ?? []);
  const told = places.map(explained);
  const best = Math.max(0, ...told);
  const size = prediction(centred(scores.map(Math.abs)), columns, seed, values);
  if ((size?.explained ?? 0) > best) return size?.values;
  return places[told.indexOf(best)]?.values;
}
