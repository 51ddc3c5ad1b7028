/**
 * Levels and numbers given numbers, and perhaps levels. What Z tells of a number V is taken off it: V' = F(V | Z), which shares nothing
 * with Z. So I(A; V | Z) = I(A, Z; V') of levels A, which is at least I(A, S; V') for any strata S of Z, and near it where these are
 * fine.
 */

import { estimateStrata, logStratified, rowsOfLevels } from "../counts/index.js";
import { conditionOf, residual, toldOf } from "../independence/residual.js";
import { logCombined } from "../inference/combination.js";
import type { Codes } from "../input/variables.js";
import { estimateBeside } from "../levels/beside-number.js";
import { tiedScores } from "../levels/freed.js";
import { type Condition, dummies, partsOfCondition } from "../levels/given-condition.js";
import { type Part, stillGrowing } from "../levels/part.js";
import type { Work } from "../levels/read-samples.js";
import { logLevelsWithin } from "../levels/within-tests.js";
import { logGammaTail } from "../numerics/gamma.js";
import { centred, mean, squaresAbout } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";
import { prediction, predictions, saySame } from "../prediction/prediction.js";
import type { Warning } from "../types.js";
import { pairEngine } from "../vine/pair-engine.js";
import { sidesOfRows } from "../vine/sides.js";
import { type ConditionalSettings, littleNoise } from "./conditional-numbers.js";
import { numbersGiven } from "./numbers-given.js";

/** A number freed of a condition: places in (0, 1) that are about the same whatever the condition is. */
async function freed(work: Work, values: Float64Array, condition: Condition): Promise<Float64Array> {
  const result = new Float64Array(values.length);
  const pairs = await pairEngine(work.engine, 8);
  for (const { rows, numbers } of partsOfCondition(condition)) {
    const own = pick(values, rows);
    const given = { columns: [[own], numbers], n: rows.length, complete: rows.length, warnings: [] };
    const [side, sideOfZ] = sidesOfRows(
      [{ name: "V" }, { name: "Z", optional: true }],
      given,
      work.seed,
    ).sides;
    const [told] = toldOf([side], conditionOf(sideOfZ), work.seed);
    const { ranks } = await residual(told, work.seed, pairs, work.call);
    rows.forEach((row, k) => {
      result[row] = (ranks[k] + 0.5) / rows.length;
    });
  }
  return result;
}

/** Rows that each level has in a stratum of the numbers, on average, beside a number, and strata at most. */
const ROWS_BESIDE = 25;
const MOST_BESIDE = 16;
/** The same for two columns of levels, for each pair of them. */
const ROWS_A_PAIR = 4;
const MOST_STRATA = 64;
/** Rows that are alike in a condition for a test. */
const ALIKE = 10;

/**
 * Rows in strata of about equally many along one coordinate after the other, within levels. Rows with the same coordinates are in the same
 * stratum: strata are functions of the condition, else they could be functions of what is tested, as where rows are sorted by it.
 */
function strataAlong(coordinates: readonly Float64Array[], levels: Codes, count: number): Codes {
  const codes = new Uint32Array(levels.codes.length);
  let next = 0;
  const split = (rows: Uint32Array, parts: number, depth: number): void => {
    for (let k = 0; parts > 1 && k < coordinates.length; k++) {
      const values = pick(coordinates[(depth + k) % coordinates.length], rows);
      const sorted = order(values);
      const at = stepNear(sorted, values, Math.round((rows.length * (parts >> 1)) / parts));
      if (at === undefined) continue;
      const below = Math.max(1, Math.min(parts - 1, Math.round((parts * at) / rows.length)));
      const own = sorted.map((place) => rows[place]);
      split(own.subarray(0, at), below, depth + k + 1);
      split(own.subarray(at), parts - below, depth + k + 1);
      return;
    }
    for (const row of rows) codes[row] = next;
    next++;
  };
  for (const rows of rowsOfLevels(levels)) split(rows, count, 0);
  return { codes, distinct: next };
}

/** The place nearest to a wanted one where sorted values change; undefined where they are all the same. */
function stepNear(sorted: Uint32Array, values: Float64Array, wanted: number): number | undefined {
  const isStep = (at: number): boolean =>
    at > 0 && at < sorted.length && values[sorted[at - 1]] !== values[sorted[at]];
  for (let off = 0; off < sorted.length; off++) {
    if (isStep(wanted - off)) return wanted - off;
    if (isStep(wanted + off)) return wanted + off;
  }
  return undefined;
}

/** I(A; V | Z) of levels A and a number V. */
export async function levelsBesideNumberGiven(
  work: Work,
  levels: Codes,
  values: Float64Array,
  condition: Condition,
): Promise<Part> {
  const free = await freed(work, values, condition);
  const ofLevels = predictionsOf(levels, condition, work.seed);
  const waves = [1, 2].map((j) => free.map((place) => Math.cos(j * Math.PI * place)));
  const together = togetherOf(indicatorsOf(levels), waves, condition, work.seed);
  const n = values.length;
  const cells = levels.distinct * condition.levels.distinct * ROWS_BESIDE;
  const count = Math.max(1, Math.min(MOST_BESIDE, 2 ** Math.floor(Math.log2(n / cells))));
  const along = [together, ...ofLevels].slice(0, 2);
  const inStrata = (parts: number): Promise<Part> =>
    estimateBeside(work, levels, free, strataAlong(along, condition.levels, parts));
  const finest = await inStrata(count);
  const part = count > 1 && finest.low > 0 ? stillGrowing(finest, await inStrata(count >> 1)) : finest;
  const ofValues = onePrediction(condition, values, work.seed);
  const alike = strataAlong(
    distinct([...ofLevels, ofValues]),
    condition.levels,
    Math.ceil(n / condition.levels.distinct / ALIKE),
  );
  return { ...part, logP: logLevelsWithin(levels, free, alike) };
}

const LEFT_OUT = "levels for which this is so take no part in the p-value";

/** I(A; B | Z) of levels. */
export async function levelsGivenNumbers(
  work: Work,
  [a, b]: readonly [Codes, Codes],
  condition: Condition,
  settings: ConditionalSettings,
): Promise<Part> {
  const { levels } = condition;
  const n = levels.codes.length;
  const [ofA, ofB] = [a, b].map((codes) => predictionsOf(codes, condition, work.seed));
  const together = togetherOf(indicatorsOf(a), indicatorsOf(b), condition, work.seed);
  const coordinates = distinct([together, ...ofA.slice(0, 1), ...ofB.slice(0, 1)]);
  const cells = a.distinct * b.distinct * ROWS_A_PAIR * levels.distinct;
  const count = Math.max(1, Math.min(MOST_STRATA, Math.floor(n / cells)));
  const inStrata = (parts: number): Part => {
    const strata = strataAlong(coordinates, levels, parts);
    const { mi, interval } = estimateStrata(a, b, strata, work.engine.model.counts);
    return { mi, low: interval[0], high: interval[1] };
  };
  const finest = inStrata(count);
  const part = count > 1 && finest.low > 0 ? stillGrowing(finest, inStrata(count >> 1)) : finest;
  if (condition.numbers.length === 1) {
    const alike = strataAlong(coordinates, levels, Math.ceil(n / levels.distinct / ALIKE));
    return { ...part, logP: logStratified(a, b, alike) };
  }
  // Rows that are alike in predictions from several numbers still differ: as numbers both ends are freed of them first.
  const logs: number[] = [];
  const said: Warning[] = [];
  for (const one of indicatorsOf(a).slice(0, MOST_TESTED)) {
    for (const other of indicatorsOf(b).slice(0, MOST_TESTED)) {
      const { logP } = await numbersGiven({ ...work, warnings: said }, [one, other], condition, settings);
      if (logP !== undefined) logs.push(logP);
    }
  }
  // Pairs of levels without a p-value are left out.
  const tested = logs.length > 0;
  if (said.length > 0) work.warnings.push(littleNoise(n, tested ? LEFT_OUT : undefined));
  if (!tested) return part;
  logs.push(logTurning([a, b], condition, work.seed));
  return { ...part, logP: logCombined(logs) };
}

/**
 * Share of the variance of a product that a condition explains from which it is tested: what predictions of either end have missed explains
 * less.
 */
const MUCH_EXPLAINED = 0.05;
/** The same times the rows: of few rows a share so large is found by chance. */
const MUCH_OF_FEW = 20;

/** ln of the p-value of a dependence of levels that turns with several numbers: their product, weighted by what these predict of it. */
function logTurning([a, b]: readonly [Codes, Codes], condition: Condition, seed: number): number {
  const columns = columnsOf(condition);
  const [left, others] = [a, b].map((codes) => {
    const targets = indicatorsOf(codes);
    return predictions(targets, columns, seed).map((found, k) =>
      found === undefined ? targets[k] : targets[k].map((value, row) => value - found.values[row]),
    );
  });
  const products = left.flatMap((one) =>
    others.map((other) => centred(one.map((value, row) => value * other[row]))),
  );
  const logs = predictions(products, columns, seed).map((weights, k) => {
    const product = products[k];
    if (weights === undefined || weights.explained < Math.max(MUCH_EXPLAINED, MUCH_OF_FEW / product.length))
      return 0;
    const values = product.map((value, row) => value * weights.values[row]);
    const middle = mean(values);
    const error = Math.sqrt(squaresAbout(values, middle)) / values.length;
    return middle > 0 ? logGammaTail(0.5, (middle / error) ** 2 / 2) : 0;
  });
  return logCombined(logs);
}

/** Levels a side that are tested against all others, where this takes long. */
const MOST_TESTED = 2;

/** Indicators of the largest levels, centred; of two levels one says all. */
function indicatorsOf(levels: Codes): Float64Array[] {
  const rows = rowsOfLevels(levels).sort((a, b) => b.length - a.length);
  return rows.slice(0, Math.min(MOST_INDICATORS, levels.distinct - 1)).map((own) => {
    const values = new Float64Array(levels.codes.length);
    for (const row of own) values[row] = 1;
    return centred(values);
  });
}

const MOST_INDICATORS = 3;

/** The numbers of a condition as columns for predictions, with columns that tell its levels apart. */
function columnsOf({ levels, numbers }: Condition): Float64Array[] {
  return [...numbers.map(tiedScores), ...(levels.distinct > 1 ? dummies(levels) : [])];
}

/** What a condition tells of levels: of one number, that number itself. */
function predictionsOf(levels: Codes, condition: Condition, seed: number): Float64Array[] {
  if (condition.numbers.length === 1) return [condition.numbers[0]];
  const columns = columnsOf(condition);
  return predictions(indicatorsOf(levels), columns, seed).flatMap((found) => found?.values ?? []);
}

function onePrediction(condition: Condition, values: Float64Array, seed: number): Float64Array {
  if (condition.numbers.length === 1) return condition.numbers[0];
  return prediction(tiedScores(values), columnsOf(condition), seed)?.values ?? condition.numbers[0];
}

/** The function of a condition that best predicts a product: along it two variables depend on each other differently. */
function togetherOf(
  a: readonly Float64Array[],
  b: readonly Float64Array[],
  condition: Condition,
  seed: number,
): Float64Array {
  if (condition.numbers.length === 1) return condition.numbers[0];
  const columns = columnsOf(condition);
  const targets = a.flatMap((one) => b.map((other) => centred(one.map((value, row) => value * other[row]))));
  const found = predictions(targets, columns, seed).flatMap((one) => one ?? []);
  return found.sort((p, q) => q.explained - p.explained)[0]?.values ?? condition.numbers[0];
}

function distinct(coordinates: readonly Float64Array[]): Float64Array[] {
  const kept: Float64Array[] = [];
  for (const values of coordinates) {
    if (!kept.some((other) => saySame(values, other))) kept.push(values);
  }
  return kept;
}
