/**
 * One column of levels against several numbers. Levels are told apart two groups at a time, groups of groups first: by the chain rule the
 * information of all such steps adds up to that of the levels. Of two groups a single number holds all that there is to tell, the
 * probability of the one given the numbers; it is predicted for every row by the others, and the levels stand beside it as beside
 * any other number.
 */

import { rowsOfLevels } from "../counts/index.js";
import { logCombined } from "../inference/combination.js";
import { type Codes, countsOf, renumbered } from "../input/variables.js";
import { symmetricEigen } from "../numerics/linear.js";
import { centred, correlation, mean } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";
import { nearestPrediction, prediction } from "../prediction/prediction.js";
import { estimateBeside, levelsBesideNumber, logBeside } from "./beside-number.js";
import { tiedScores } from "./freed.js";
import { added, type Part, stillGrowing } from "./part.js";
import type { Work } from "./read-samples.js";

/** Levels of fewer rows are taken for one. */
const ROWS_A_CLASS = 8;
/** Strata that take part in a prediction, each by a column of its own. */
const MOST_STRATA = 6;
/** ln of the number of families of functions that a prediction is the best of. */
const LOOKED = Math.log(5);
/** How far strata are from each other, in deviations of the numbers. */
const FAR = 2;
/** Rows that two groups have at least, together, to be told apart. */
const ROWS_A_STEP = 24;

/** I(A; V | C) of levels A and several numbers V within the strata C. */
export async function levelsBesideNumbers(
  work: Work,
  levels: Codes,
  numbers: readonly Float64Array[],
  strata: Codes,
): Promise<Part> {
  if (numbers.length === 0 || levels.distinct < 2) return { mi: 0, low: 0, high: 0, logP: 0 };
  if (numbers.length === 1) return levelsBesideNumber(work, levels, numbers[0], strata);
  const n = levels.codes.length;
  const scores = numbers.map(tiedScores);
  const parts: Part[] = [];
  for (const { rows, group } of steps(withoutRare(levels), scores)) {
    const own = rows.length === n ? scores : scores.map((values) => pick(values, rows));
    const within = renumbered(pick(strata.codes, rows));
    const score = scoreOf(group, own, within, work.seed);
    const share = rows.length / n;
    if (score === undefined) {
      // No function of the numbers tells them apart: what was too little to be found.
      parts.push({ mi: 0, low: 0, high: 5 / n, logP: 0 });
      continue;
    }
    const part = await estimateBeside(work, group, score, within);
    const { mi, low, high } =
      part.low > 0 ? stillGrowing(part, await ofHalves(work, group, own, within)) : part;
    // Where all of the nearest rows are of one group, many rows have the same score.
    const logP = Math.min(0, logBeside(group, score, within, true) + LOOKED);
    parts.push({ mi: share * mi, low: share * low, high: share * high, logP });
  }
  const logs = parts.map(({ logP = 0 }) => logP);
  return { ...added(parts), logP: logCombined(logs) };
}

/** What scores tell that are predicted from half of the rows only: of every other row along the first of the numbers. */
async function ofHalves(
  work: Work,
  { codes }: Codes,
  scores: readonly Float64Array[],
  strata: Codes,
): Promise<Pick<Part, "mi">> {
  const sorted = order(scores[0]);
  const score = new Float64Array(codes.length);
  for (const half of [0, 1]) {
    const rows = sorted.filter((_, k) => k % 2 === half).sort();
    const at = (of: Uint32Array): Codes => renumbered(pick(of, rows));
    const own = { codes: pick(codes, rows), distinct: 2 };
    const columns = scores.map((values) => pick(values, rows));
    scoreOf(own, columns, at(strata.codes), work.seed)?.forEach((value, k) => {
      score[rows[k]] = value;
    });
  }
  return estimateBeside(work, { codes, distinct: 2 }, score, strata);
}

/** Levels of few rows joined to one. */
function withoutRare(levels: Codes): Codes {
  const counts = countsOf(levels);
  const joined = levels.codes.map((code) => (counts[code] < ROWS_A_CLASS ? levels.distinct : code));
  return renumbered(joined);
}

/** Rows of two groups of levels. */
interface Step {
  rows: Uint32Array;
  group: Codes;
}

/** The steps by which all levels are told apart: along their leading axis, always where about half of the rows are on either side. */
function steps(levels: Codes, scores: readonly Float64Array[]): Step[] {
  const rowsOf = rowsOfLevels(levels);
  const along = places(rowsOf, scores);
  const sorted = [...rowsOf.keys()].sort((a, b) => along[a] - along[b]);
  const found: Step[] = [];
  const split = (own: readonly number[]): void => {
    if (own.length < 2) return;
    const sizes = own.map((level) => rowsOf[level].length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let [at, before] = [1, sizes[0]];
    while (at < own.length - 1 && Math.abs(2 * (before + sizes[at]) - total) < Math.abs(2 * before - total)) {
      before += sizes[at++];
    }
    const first = new Set(own.slice(0, at));
    const rows = Uint32Array.from(own.flatMap((level) => [...rowsOf[level]])).sort();
    const codes = pick(levels.codes, rows).map((level) => (first.has(level) ? 0 : 1));
    if (total >= ROWS_A_STEP) found.push({ rows, group: { codes, distinct: 2 } });
    split(own.slice(0, at));
    split(own.slice(at));
  };
  split(sorted);
  return found;
}

/** Places of the levels on the first principal axis of the means of the numbers and of their squares. */
function places(rowsOf: readonly Uint32Array[], scores: readonly Float64Array[]): number[] {
  const features = [...scores, ...scores.map((values) => centred(values.map((value) => value * value)))];
  const size = features.length;
  const means = rowsOf.map((rows) => features.map((values) => mean(pick(values, rows))));
  const gram = new Float64Array(size * size);
  means.forEach((own, level) => {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) gram[i * size + j] += rowsOf[level].length * own[i] * own[j];
    }
  });
  const { vectors } = symmetricEigen(gram, size);
  return means.map((own) => own.reduce((sum, value, i) => sum + value * vectors[i * size], 0));
}

/** A number that says how likely the second of two groups is, every row by all others; undefined where nothing tells it. */
function scoreOf(
  { codes }: Codes,
  scores: readonly Float64Array[],
  strata: Codes,
  seed: number,
): Float64Array | undefined {
  const target = centred(Float64Array.from(codes));
  const dummies =
    strata.distinct > 1 && strata.distinct <= MOST_STRATA
      ? Array.from({ length: strata.distinct - 1 }, (_, level) =>
          Float64Array.from(strata.codes, (code) => (code === level ? 1 : 0)),
        )
      : [];
  const smooth = prediction(target, [...scores, ...dummies], seed);
  const near = nearestPrediction(target, [...scores, ...dummies.map((values) => values.map((v) => FAR * v))]);
  if (smooth === undefined || near === undefined) return (smooth ?? near)?.values;
  const both = smooth.values.map((value, row) => value + near.values[row]);
  const r = correlation(both, target);
  if (r * r >= Math.max(smooth.explained, near.explained)) return both;
  return smooth.explained >= near.explained ? smooth.values : near.values;
}
