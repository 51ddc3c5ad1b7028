/**
 * What a variable is beyond all that several columns tell of it: its conditional distribution function given them, found
 * in steps. The first takes off what the columns predict of the variable, if they do. A further one predicts what is left, or
 * the size of it, from the columns, and replaces it by its conditional distribution function given that prediction.
 */

import { inverse } from "../copula/index.js";
import type { LongCall } from "../long-call.js";
import { centred, correlation, standardDeviation, standardized } from "../numerics/moments.js";
import { normalScoresOf, rankScores } from "../numerics/normal-scores.js";
import { order } from "../numerics/order.js";
import { allRows, pick } from "../numerics/rows.js";
import { MOST_COLUMNS, nearestMeans, nearestRows } from "../prediction/nearest.js";
import { better, type Prediction, predictions } from "../prediction/prediction.js";
import type { PairEngine } from "../vine/pair-engine.js";
import type { Side } from "../vine/sides.js";
import { fitVine } from "../vine/vine.js";

/** What is left of a variable. */
export interface Residual {
  /** Strict ranks. */
  ranks: Uint32Array;
  /** Predictions that it was freed of, in this order. */
  predictions: Float64Array[];
  /** Standard deviation of what the first prediction leaves, in its units; undefined where that was not taken off as it is. */
  noise?: number;
  /** What the columns tell of the size of what the first prediction leaves, or of the variable's own where they predict no place. */
  size?: Prediction;
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
  told: Told,
  seed: number,
  engine: PairEngine,
  call: LongCall,
): Promise<Residual> {
  const { variable, condition } = told;
  const all = allRows(variable.scores[0].length);
  const settings = { engine, call, level: LEVEL, ranks: true, rest: true, counts: () => false };
  const first = firstPrediction(told);
  const only = condition.scores.length === 1 ? condition.scores[0] : undefined;
  const left = first?.left;
  let [ranks] = variable.ranks;
  if (left !== undefined) ranks = ranksOf(left, ranks);
  let next = first?.values ?? only;
  let size = left === undefined ? told.size : undefined;
  const taken: Float64Array[] = [];
  while (next !== undefined && !taken.includes(next)) {
    call.expect(1);
    const { edges, rest } = await fitVine([rankScores(ranks), next], all, new Uint32Array(0), settings);
    const isFree = rest === undefined || edges[0].cut;
    if (isFree && (taken.length > 0 || left === undefined)) break;
    if (!isFree) ranks = rest;
    taken.push(next);
    if (taken.length === MOST_STEPS) break;
    const after = nextPrediction(rankScores(ranks), condition, seed);
    size ??= after.size;
    next = after.best ?? only;
  }
  return { ranks, predictions: taken, noise: left && standardDeviation(left, 0), size };
}

/** Strict ranks; of equal values the order is that of other ranks. */
function ranksOf(values: Float64Array, among: Uint32Array): Uint32Array {
  const rows = inverse(among);
  return inverse(pick(rows, order(pick(values, rows))));
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

/** What a condition tells of a variable. */
export interface Told {
  /** Of one column. */
  variable: Side;
  condition: Condition;
  /** The variable in standard deviations. */
  values: Float64Array;
  /** Predictions of its normal scores by those of the condition, and by the columns of the condition as they are. */
  scoresByScores: Prediction | undefined;
  scoresByValues: Prediction | undefined;
  /** A prediction of the variable as it is by the columns as they are: relations are often plainer than those of scores. */
  valuesByValues: Prediction | undefined;
  /** A prediction of the size of its normal scores, by whichever explains more. */
  size: Prediction | undefined;
}

/** What a condition tells of variables of one column each: their predictions share the work. */
export function toldOf(variables: readonly Side[], condition: Condition, seed: number): Told[] {
  const count = variables.length;
  const scores = variables.map((variable) => variable.scores[0]);
  const values = variables.map(({ columns }) => inReach(columns[0]));
  const targets = [...scores, ...scores.map(sizeOf)];
  const nothing = condition.scores.length === 0;
  const byScores = nothing ? [] : predictions(targets, condition.scores, seed);
  const byValues = nothing ? [] : predictions([...targets, ...values], condition.values, seed);
  return variables.map((variable, k) => ({
    ...{ variable, condition, values: values[k] },
    scoresByScores: byScores[k],
    scoresByValues: byValues[k],
    valuesByValues: byValues[2 * count + k],
    size: better(byScores[count + k], byValues[count + k]),
  }));
}

const sizeOf = (scores: Float64Array): Float64Array => centred(scores.map(Math.abs));

/** A prediction of a variable, or of its size. */
interface First {
  values: Float64Array;
  /** What it leaves of the variable, in the variable's units; undefined where it predicts the size, or the variable has ties. */
  left?: Float64Array;
}

/** Share of the rows that have values of their own, at least, where a prediction is taken off: it would order the rows of a tie. */
const LEAST_DISTINCT = 0.9;

/** What the columns tell of a variable or of its size, whichever explains more. */
function firstPrediction(told: Told): First | undefined {
  const { variable, values } = told;
  const scores = variable.scores[0];
  // Scores share the chance of the rows with those of the columns, values with their values: not one with the other.
  const ways = [
    { target: scores, found: told.scoresByScores },
    { target: values, found: told.valuesByValues },
  ];
  const best = bestPrediction(scores, ways, told.size, told.condition);
  if (best?.target === undefined) return best;
  const { target } = best;
  if (target === values && new Set(values).size < LEAST_DISTINCT * values.length) return best;
  // The prediction tells the target but for a factor: ridges make it too small, however little.
  const slope =
    (correlation(best.values, target) * standardDeviation(target, 0)) / standardDeviation(best.values, 0);
  return { values: best.values, left: target.map((value, row) => value - slope * best.values[row]) };
}

/** The same of what is left of it; and what they tell of its size. */
function nextPrediction(
  scores: Float64Array,
  condition: Condition,
  seed: number,
): { best?: Float64Array; size?: Prediction } {
  const targets = [scores, sizeOf(scores)];
  const [found, size] = predictions(targets, condition.scores, seed, condition.values);
  const best = bestPrediction(scores, [{ target: scores, found }], size, condition);
  return { best: best?.values, size };
}

/** @returns with the target that it predicts; without one where it predicts the size */
function bestPrediction(
  scores: Float64Array,
  ways: readonly { target: Float64Array; found: Prediction | undefined }[],
  size: Prediction | undefined,
  { nearest }: Condition,
): { values: Float64Array; target?: Float64Array } | undefined {
  const places = ways.flatMap(({ target, found }) => {
    const sharp = sharpened(target, found, nearest);
    return sharp === undefined ? [] : [{ target, ...sharp }];
  });
  // In the target's own units, where outliers may look like success, and of ranks, which say nothing of the units.
  const explained = places.map(
    (found) => (found.explained + correlation(normalScoresOf(found.values), scores) ** 2) / 2,
  );
  const best = Math.max(0, ...explained);
  if (size !== undefined && size.explained > best) return { values: size.values };
  return places[explained.indexOf(best)];
}
