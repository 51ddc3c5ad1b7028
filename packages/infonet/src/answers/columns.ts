/** The columns of a table as questions about several of them see them: functions that others can be predicted by, or freed of others. */

import { type CodedColumn, codeColumn } from "../copula/index.js";
import { readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { completeRows } from "../input/missing.js";
import { standardized } from "../numerics/moments.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";
import { order } from "../numerics/order.js";
import { chosenPlaces, mixedWord, type Stream, shuffled, stream } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import type { Column } from "../types.js";

/** A column, and what stands for it where others are predicted. */
export interface AnswerColumn {
  name: string;
  /** As it was given. */
  given: Column;
  /** Whether it has levels; two values are two levels. */
  levels: boolean;
  /**
   * Normal scores of a number, indicators of levels but one, each with mean 0 and deviation 1; NaN where missing. Ties are broken
   * at random: what is left of a value that many rows have would be a function of whatever it is freed of. Noise of its own
   * makes no two columns dependent.
   */
  functions: Float64Array[];
  /** By what others are predicted: of a number its scores, of levels their indicators as they are. */
  predictors: Float64Array[];
  /** Its values, or the places of its levels by name, coded at the same rows. */
  coded: CodedColumn;
  /** Of three levels or more: their codes at the same rows, all without an indicator in one; NaN where missing. */
  codes?: Float64Array;
}

/** Rows that functions have at most: from so many on, more change no answer and take their time. */
const MOST_ROWS = 4000;

/** Levels with an indicator of their own, at most: the most frequent. */
const MOST_INDICATORS = 6;
/** The same, of levels that predict others: what the rest of them tell stays in what is freed. */
const MOST_PREDICTORS = 16;

/**
 * @param seed of the order of ties
 * @throws InfoNetError for what is no table, or a column that cannot be read
 */
export function answerColumns(columns: unknown, seed: number): AnswerColumn[] {
  return readColumns(columns).map((column) => answerColumn(column, seed));
}

function answerColumn({ name, values: given }: { name: string; values: Column }, seed: number): AnswerColumn {
  const { kind, values } = readCells({ name, values: given });
  const rows = pick(values, someRows(values.length));
  const coded = codeColumn(rows);
  // Noise of a column's own, wherever it stands in the table.
  const random = stream(seed, STREAM, hashOf(coded.places));
  const present = completeRows([rows]);
  const own = pick(rows, present);
  const counts = new Map<number, number>();
  for (const value of own) counts.set(value, (counts.get(value) ?? 0) + 1);
  const levels = kind === "category" || counts.size <= 2;
  const every = levels ? indicators(own, counts) : [];
  const few = levels ? every.slice(0, MOST_INDICATORS) : [own];
  const spread = (values: Float64Array): Float64Array => {
    const all = new Float64Array(rows.length).fill(Number.NaN);
    standardized(values).forEach((value, k) => {
      all[present[k]] = value;
    });
    return all;
  };
  const functions = few.map((one) => spread(brokenScores(one, random)));
  return {
    ...{ name, given, levels, functions, coded },
    predictors: levels ? every.map(spread) : functions,
    ...(few.length > 1 && { codes: codesOf(few, present, rows.length) }),
  };
}

/** Which of the indicators is 1. */
function codesOf(indicators: readonly Float64Array[], present: Uint32Array, rows: number): Float64Array {
  const codes = new Float64Array(rows).fill(Number.NaN);
  for (const [k, row] of present.entries()) codes[row] = indicators.findIndex((own) => own[k] === 1);
  return codes;
}

/** The rows that functions have, of so many. */
export function someRows(rows: number): Uint32Array {
  return chosenPlaces(rows, Math.min(rows, MOST_ROWS));
}

const STREAM = 0x5a1e;

/** A word that hangs on all places. */
function hashOf(places: Uint32Array): number {
  return places.reduce((hash, place) => mixedWord(hash + place), places.length);
}

/** Normal scores, ties in random order. */
function brokenScores(values: Float64Array, random: Stream): Float64Array {
  const places = shuffled(values.length, random);
  const table = scoresOfRanks(values.length);
  const scores = new Float64Array(values.length);
  order(pick(values, places)).forEach((place, rank) => {
    scores[places[place]] = table[rank];
  });
  return scores;
}

function indicators(values: Float64Array, counts: ReadonlyMap<number, number>): Float64Array[] {
  const byCount = [...counts].sort(([a, p], [b, q]) => q - p || a - b).map(([value]) => value);
  return byCount
    .slice(0, Math.min(MOST_PREDICTORS, Math.max(1, counts.size - 1)))
    .map((level) => values.map((value) => (value === level ? 1 : 0)));
}
