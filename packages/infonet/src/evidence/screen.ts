/**
 * Evidence of dependence for very many pairs at once: functions of two columns meet in one product of matrices, which a machine does
 * faster than anything else. It is the evidence of {@link waveEvidence}, but for ties, which share the mean of their functions here, and
 * beside it the correlations of a few shapes, for which slow waves are a blunt tool: Hermite polynomials of normal scores (Mehler 1866),
 * which fit bows, spreads and crosses of about normal variables, and signs, which fit fields of checkerboards (Walsh 1923).
 */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { normalQuantile } from "../numerics/normal.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";
import { evidenceOf, FASTEST_WAVE } from "./wave-evidence.js";
import { WAVES, wavesOfRanks } from "./waves.js";

/** Numbers of fields along a side whose signs are looked at. */
const FIELDS = [2, 3, 4] as const;

// The functions of a column, by their places.
const PRESENT = 0;
const TREND = 1;
const BOW = 2;
const FIRST_WAVE = 3;
const FIRST_FIELD = FIRST_WAVE + FASTEST_WAVE;

/** Functions that a column brings: whether its value is there, its normal scores and their bow, its waves, its signs by fields. */
export const SCREEN_FUNCTIONS = FIRST_FIELD + FIELDS.length;

/** Pairs of functions whose correlation is a shape of its own: bows and spreads, crosses, checkerboards. */
const SHAPES: ReadonlyArray<readonly [number, number]> = [
  [BOW, TREND],
  [TREND, BOW],
  [BOW, BOW],
  ...FIELDS.map((_, k) => [FIRST_FIELD + k, FIRST_FIELD + k] as const),
];

/**
 * The functions of a column: function f at row k stands at f · rows + k. All but the first have mean 0 and variance 1 over the rows whose
 * value is there, and are 0 at the others. Waves that say nothing beside slower ones, where there are few values, are 0.
 */
export function screenFunctions(column: CodedColumn): Float32Array {
  const { places, missing, distinct } = column;
  const rows = places.length;
  const functions = new Float32Array(SCREEN_FUNCTIONS * rows);
  const ofPlaces = distinct === rows - missing ? untied(distinct) : functionsOfPlaces(tieStarts(column));
  for (let f = 0; f < SCREEN_FUNCTIONS; f++) {
    for (let row = 0; row < rows; row++) {
      const place = places[row];
      if (place < distinct) functions[f * rows + row] = ofPlaces[f * distinct + place];
    }
  }
  return functions;
}

/** The functions where no two values are equal; columns of one table mostly have the same number of them. */
let last: { n: number; values: Float64Array } = { n: 0, values: new Float64Array() };

function untied(n: number): Float64Array {
  if (last.n !== n) last = { n, values: functionsOfPlaces(Uint32Array.from({ length: n + 1 }, (_, k) => k)) };
  return last.values;
}

/** Function f at place p of a column stands at f · places + p. */
function functionsOfPlaces(starts: Uint32Array): Float64Array {
  const places = starts.length - 1;
  const n = starts[places];
  const values = new Float64Array(SCREEN_FUNCTIONS * places).fill(
    1,
    PRESENT * places,
    (PRESENT + 1) * places,
  );
  const scores = scoresOfRanks(n);
  const waves = wavesOfRanks(n);
  const put = (f: number, ofRanks: Float64Array): void => {
    const own = values.subarray(f * places, (f + 1) * places);
    meansOfPlaces(ofRanks, starts, own);
    standardize(own, starts);
  };
  put(TREND, scores);
  put(
    BOW,
    scores.map((score) => score * score - 1),
  );
  for (let wave = 0; wave < FASTEST_WAVE; wave++) {
    put(FIRST_WAVE + wave, waves.subarray(wave * n, (wave + 1) * n));
    keepIfNew(values, places, FIRST_WAVE + wave, starts);
  }
  for (const [k, fields] of FIELDS.entries()) {
    put(
      FIRST_FIELD + k,
      scores.map((_, rank) => signOfField((fields * (rank + 0.5)) / n)),
    );
  }
  return values;
}

const signOfField = (field: number): number => (Math.floor(field) % 2 === 0 ? 1 : -1);

/** Values that are equal share the mean of their ranks' values. */
function meansOfPlaces(ofRanks: Float64Array, starts: Uint32Array, means: Float64Array): void {
  for (let place = 0; place < means.length; place++) {
    let sum = 0;
    for (let rank = starts[place]; rank < starts[place + 1]; rank++) sum += ofRanks[rank];
    means[place] = sum / (starts[place + 1] - starts[place]);
  }
}

/** Share of its variance that a wave must have beside slower ones. Those of untied ranks have next to nothing in common. */
const LEAST_NEW = 0.5;

/**
 * Takes a wave away that is much the same as slower ones at the places of a column with few of them: it would count one
 * correlation twice.
 */
function keepIfNew(values: Float64Array, places: number, wave: number, starts: Uint32Array): void {
  const n = starts[places];
  const rest = values.slice(wave * places, (wave + 1) * places);
  for (let f = FIRST_WAVE; f < wave; f++) {
    let [product, square] = [0, 0];
    for (let place = 0; place < places; place++) {
      const rows = starts[place + 1] - starts[place];
      const other = values[f * places + place];
      product += rows * other * rest[place];
      square += rows * other * other;
    }
    if (square === 0) continue;
    for (let place = 0; place < places; place++) {
      rest[place] -= (product / square) * values[f * places + place];
    }
  }
  let left = 0;
  for (let place = 0; place < places; place++) left += (starts[place + 1] - starts[place]) * rest[place] ** 2;
  if (left < LEAST_NEW * n) values.fill(0, wave * places, (wave + 1) * places);
}

/** Brings values of places to mean 0 and variance 1 over the rows; to 0 where there is no variance. */
function standardize(values: Float64Array, starts: Uint32Array): void {
  let [sum, squares] = [0, 0];
  const n = starts[values.length];
  for (let place = 0; place < values.length; place++)
    sum += (starts[place + 1] - starts[place]) * values[place];
  const mean = sum / n;
  for (let place = 0; place < values.length; place++) {
    squares += (starts[place + 1] - starts[place]) * (values[place] - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / n);
  for (let place = 0; place < values.length; place++) {
    values[place] = deviation > LEAST_DEVIATION ? (values[place] - mean) / deviation : 0;
  }
}

/** Below this, values differ by rounding alone. */
const LEAST_DEVIATION = 1e-9;

/** What a pair shows. */
export interface Screened {
  /** Evidence of waves, nats; infinite where the functions cannot tell, since the rows of the pair lie in a part of a column. */
  evidence: number;
  /** The largest squared correlation of a shape, times the rows: about χ² with one degree of freedom by chance, for each of them. */
  shape: number;
  /** Rows in which both values are there. */
  n: number;
}

/**
 * The evidence of a pair from the products of its functions.
 *
 * @param products of all functions of some columns with all of some others, row by row
 * @param width of a row
 * @param i place of the first column among the former
 * @param j place of the second among the latter
 */
export function screenEvidence(products: Float32Array, width: number, i: number, j: number): Screened {
  const at = i * SCREEN_FUNCTIONS * width + j * SCREEN_FUNCTIONS;
  const n = products[at + PRESENT * width + PRESENT];
  if (confined(products, width, at, n)) return { evidence: Number.POSITIVE_INFINITY, shape: 0, n };
  const square = (f: number, g: number): number => {
    // Over the rows of the pair, the functions need not have the mean 0.
    const means = (products[at + f * width + PRESENT] * products[at + PRESENT * width + g]) / n;
    return (products[at + f * width + g] - means) ** 2 / n;
  };
  for (let f = 0; f < FASTEST_WAVE; f++) {
    for (let g = 0; g < FASTEST_WAVE; g++) squares[g * WAVES + f] = square(FIRST_WAVE + f, FIRST_WAVE + g);
  }
  let shape = 0;
  for (const [f, g] of SHAPES) shape = Math.max(shape, square(f, g));
  return { evidence: evidenceOf(square(TREND, TREND), squares), shape, n };
}

/** Means of waves over the rows of a pair, in standard deviations, up to which a column counts as spread over its own ranks; */
const MOST_MEAN = 0.2;
/** and in standard errors. */
const MOST_ERRORS = 4;

/** Whether the rows that both columns have, where values are missing, lie in a part of one: in a stretch of time, say. */
function confined(products: Float32Array, width: number, at: number, n: number): boolean {
  const most = n * Math.max(MOST_MEAN, MOST_ERRORS / Math.sqrt(n));
  for (let f = FIRST_WAVE; f < FIRST_WAVE + FASTEST_WAVE; f++) {
    if (Math.abs(products[at + f * width + PRESENT]) > most) return true;
    if (Math.abs(products[at + PRESENT * width + f]) > most) return true;
  }
  return false;
}

/** What a pair needs to go on: one of the two is enough. */
export interface ScreenThreshold {
  evidence: number;
  shape: number;
}

/**
 * The thresholds that a share of independent pairs reaches: half of them by the evidence of waves, half by a shape.
 *
 * @param probability the share
 * @param wavesThreshold the evidence that independent pairs exceed with a probability; undefined where that is not known
 */
export function screenThreshold(
  probability: number,
  wavesThreshold: (probability: number) => number | undefined,
): ScreenThreshold | undefined {
  const evidence = wavesThreshold(probability / 2);
  if (evidence === undefined) return undefined;
  return { evidence, shape: normalQuantile(probability / 4 / SHAPES.length) ** 2 };
}

const squares = new Float64Array(WAVES * WAVES);

/** Waves up to this one are slow: lines, bows, rings, checkerboards. */
const SLOW = 4;
/** One-sided 95 % of a normal deviate. */
const SURELY = 1.645;

/**
 * The information, in nats, that a dependence along any single pair of slow waves needs for its evidence to reach a threshold in 19 of 20
 * samples.
 *
 * @param threshold of the evidence
 * @param n rows
 */
export function surelySeen(threshold: number, n: number): number {
  let largest = squareNeeded(threshold, (square) => evidenceOf(square, none));
  for (let i = 0; i < SLOW; i++) {
    for (let j = 0; j <= i; j++) {
      const one = new Float64Array(WAVES * WAVES);
      const evidence = (square: number): number => {
        one[j * WAVES + i] = square;
        return evidenceOf(0, one);
      };
      largest = Math.max(largest, squareNeeded(threshold, evidence));
    }
  }
  const correlation = (Math.sqrt(largest) + SURELY) / Math.sqrt(n);
  return correlation < 1 ? -0.5 * Math.log1p(-(correlation ** 2)) : Number.POSITIVE_INFINITY;
}

const none = new Float64Array(WAVES * WAVES);

/** Where an evidence that rises with a square reaches a threshold. */
function squareNeeded(threshold: number, evidence: (square: number) => number): number {
  let [low, high] = [0, 1];
  while (evidence(high) < threshold) high *= 2;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (evidence(middle) < threshold) low = middle;
    else high = middle;
  }
  return high;
}
