/**
 * What two numbers share within levels. Where levels have many rows each number is taken by its places among those of its level; where
 * they have few, places are few too, and those of both numbers tell how many rows a level has: there a number is taken less the mean
 * of its level, in units of a spread that levels have in common as far as can be told.
 */

import { codeColumn, type Orientation, orientPoint } from "../copula/index.js";
import { rowsOfLevels } from "../counts/index.js";
import type { PairReading } from "../engine/model.js";
import { logCombined } from "../inference/combination.js";
import { logAmong } from "../inference/permutation-tail.js";
import { type Codes, countsOf, renumbered } from "../input/variables.js";
import { logGammaTail } from "../numerics/gamma.js";
import { fixedStream, shuffled } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { freedOfLevels, freedOfNothing, rowsInCompany, standardizedWithin } from "./freed.js";
import { aboutMeans, type Part, weighted } from "./part.js";
import { FEWEST, readSamples, sampleOf, type Work } from "./read-samples.js";

/** Rows of a level, on average, from which its places are many enough. */
const ROWS_TO_RANK = 40;
/** Levels of fewer rows are left out of the average, where all of them have no more than such a share of the rows. */
const RARE = { rows: 8, share: 0.05 };

/** Whether levels have rows enough for each to be looked at by itself. */
export function areLarge(levels: Codes): boolean {
  const { codes, distinct } = levels;
  const rare = countsOf(levels).filter((count) => count < RARE.rows);
  const rows = rare.reduce((sum, count) => sum + count, 0);
  const counted = rows <= RARE.share * codes.length ? distinct - rare.length : distinct;
  return counted * ROWS_TO_RANK <= codes.length;
}

/**
 * I(V; W | C) of two numbers within the levels C: of all levels together where their dependence is the same in all of them, as far as can be
 * told, and level by level where it is not.
 */
export async function numbersWithinLevels(
  work: Work,
  v: Float64Array,
  w: Float64Array,
  levels: Codes,
): Promise<Part> {
  if (!areLarge(levels)) return withinSmallLevels(work, v, w, levels);
  const freed = [v, w].map((values) => freedOfLevels(values, levels));
  const { pooled, logP, logAlike } = await together(work, freed, levels, v.length <= PERMUTED_ROWS);
  if (logAlike > Math.log(ALIKE)) return { ...pooled, logP };
  const rows = rowsOfLevels(levels);
  const samples = rows.map((own) => {
    const [a, b] = [v, w].map((values) => codeColumn(pick(values, own)));
    return own.length >= FEWEST && a.distinct > 1 && b.distinct > 1 ? sampleOf(work, a, b, false) : undefined;
  });
  const each = await readSamples(work, samples);
  return {
    ...weighted(
      each,
      rows.map(({ length }) => length / v.length),
    ),
    logP,
  };
}

/**
 * The same of levels that are too small to be looked at one by one. A level of one row tells nothing. Where the dependence differs between levels,
 * what all have in common is the least that there is.
 */
async function withinSmallLevels(work: Work, v: Float64Array, w: Float64Array, levels: Codes): Promise<Part> {
  const rows = rowsInCompany(levels);
  if (rows.length < FEWEST) return { mi: 0, low: 0, high: Number.POSITIVE_INFINITY, logP: 0 };
  const own = renumbered(pick(levels.codes, rows));
  const freed = [v, w].map((values) => freedOfNothing(standardizedWithin(pick(values, rows), own)));
  // What is left of the rows of one level adds up to nothing: only permutations within levels know what that does.
  const { pooled, logP, logAlike } = await together(work, freed, own, true);
  return { ...aboutMeans(pooled, rows.length, own.distinct, logAlike), logP };
}

/** What two numbers share over all levels. */
interface Together {
  pooled: PairReading;
  logP: number | undefined;
  /** ln of the p-value of dependence that is alike in all levels. */
  logAlike: number;
}

/** The same of two numbers in (0, 1), freed of levels. */
async function together(
  work: Work,
  [v, w]: readonly Float64Array[],
  levels: Codes,
  permuted: boolean,
): Promise<Together> {
  const logAlike = logHomogeneity(v, w, levels);
  const sample = sampleOf(work, codeColumn(v), codeColumn(w), false);
  // Which of them is permuted, and from which end, is a matter of the sample.
  const [a, b] = oriented(sample.orientation, v, w);
  const orders = permuted ? ordersWithin(a, b, levels) : [];
  const [pooled, ...byChance] = await readSamples(work, [
    sample,
    ...orders.map((own) => sampleOf(work, codeColumn(own), codeColumn(b), false)),
  ]);
  const evidence = ({ pValue = 1 }: PairReading, unlike: number): number =>
    -logCombined([Math.log(Math.max(pValue, Number.MIN_VALUE)), unlike], [1, 1]);
  const seen = evidence(pooled, logAlike);
  const alikeByChance = orders.map((own) => logHomogeneity(own, b, levels));
  const chance = byChance.map((reading, k) => evidence(reading, alikeByChance[k]));
  const logP =
    pooled.pValue === undefined ? undefined : chance.length > 0 ? logAmong(seen, chance) : Math.min(0, -seen);
  if (orders.length === 0) return { pooled, logP, logAlike };
  // Of few rows the differences vary more than the analysis of variance knows.
  const among = logAmong(
    -logAlike,
    alikeByChance.map((log) => -log),
  );
  return { pooled, logP, logAlike: among };
}

/** Up to so many rows the evidence is looked up among permutations within the levels: small levels vary more than a table knows. */
const PERMUTED_ROWS = 3000;
const PERMUTATIONS = 199;
const STREAM = 0x9b05688c;

function oriented(orientation: Orientation, v: Float64Array, w: Float64Array): [Float64Array, Float64Array] {
  const [a, b] = [new Float64Array(v.length), new Float64Array(v.length)];
  for (let row = 0; row < v.length; row++) [a[row], b[row]] = orientPoint(orientation, v[row], w[row]);
  return [a, b];
}

/** Orders of a number within levels, which hang neither on the order of the rows nor on what levels are called. */
function ordersWithin(v: Float64Array, w: Float64Array, levels: Codes): Float64Array[] {
  const rows = rowsOfLevels(levels).map((own) => own.sort((i, j) => v[i] - v[j] || w[i] - w[j]));
  const differing = (a: Uint32Array, b: Uint32Array): number => {
    const at = a.findIndex((row, k) => w[row] !== w[b[k]]);
    return at < 0 ? 0 : w[a[at]] - w[b[at]];
  };
  rows.sort((a, b) => a.length - b.length || differing(a, b));
  const random = fixedStream(STREAM);
  return Array.from({ length: PERMUTATIONS }, () => {
    const result = new Float64Array(v.length);
    for (const own of rows) {
      shuffled(own.length, random).forEach((from, to) => {
        result[own[to]] = v[own[from]];
      });
    }
    return result;
  });
}

/** Probability of such differences of dependence between levels, if there are none, from which levels are taken one by one. */
const ALIKE = 0.05;

/** Functions of a place in (0, 1): a trend, spread, and a wave more. */
const WAVES = [1, 2, 3].map((j) => (place: number) => Math.SQRT2 * Math.cos(j * Math.PI * place));
/** Pairs of them whose mean products are compared. */
const PRODUCTS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
  [0, 1],
  [1, 0],
  [0, 2],
  [2, 0],
];
/** Below so many rows a level says nothing of its variance. */
const ROWS_TO_COMPARE = 5;

/**
 * ln of the p-value of the hypothesis that two numbers, freed of levels, depend on each other alike in all levels: analyses of variance of
 * products of waves, the smallest of which counts for all.
 */
export function logHomogeneity(v: Float64Array, w: Float64Array, levels: Codes): number {
  const rows = rowsOfLevels(levels).filter(({ length }) => length >= ROWS_TO_COMPARE);
  if (rows.length < 2) return 0;
  const logs = PRODUCTS.map(([i, j]) => {
    const groups = rows.map((own) => {
      const values = Float64Array.from(own, (row) => WAVES[i](v[row]) * WAVES[j](w[row]));
      const mean = values.reduce((sum, value) => sum + value, 0) / own.length;
      const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return { mean, size: own.length, square };
    });
    const total = groups.reduce((sum, { size }) => sum + size, 0);
    // One variance for all levels, smoothed ones where they are small would make the largest count for most.
    const variance = groups.reduce((sum, { square }) => sum + square, 0) / (total - groups.length);
    const mean = groups.reduce((sum, group) => sum + group.size * group.mean, 0) / total;
    const between = groups.reduce((sum, group) => sum + group.size * (group.mean - mean) ** 2, 0);
    return variance > 0 ? logGammaTail((groups.length - 1) / 2, between / variance / 2) : 0;
  });
  return Math.min(0, Math.log(PRODUCTS.length) + Math.min(...logs));
}
