/**
 * Evidence of dependence for very many pairs at once: the waves of two columns meet in one product of matrices, which a machine does
 * faster than anything else. It is the evidence of {@link waveEvidence}, but for ties, which share the mean of their waves here.
 */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";
import { evidenceOf } from "./wave-evidence.js";
import { WAVES, wavesOfRanks } from "./waves.js";

/** Functions that a column brings: whether its value is there, its normal scores, its waves. */
export const SCREEN_FUNCTIONS = 2 + WAVES;
const PRESENT = 0;
const TREND = 1;
const FIRST_WAVE = 2;

/**
 * The functions of a column: function f at row k stands at f · rows + k. All but the first have mean 0 and variance 1 over the rows whose
 * value is there, and are 0 at the others.
 */
export function screenFunctions(column: CodedColumn): Float32Array {
  const rows = column.places.length;
  const n = rows - column.missing;
  const starts = tieStarts(column);
  const functions = new Float32Array(SCREEN_FUNCTIONS * rows);
  const waves = wavesOfRanks(n);
  const ofRanks = [
    scoresOfRanks(n),
    ...Array.from({ length: WAVES }, (_, wave) => waves.subarray(wave * n, (wave + 1) * n)),
  ];
  const present = new Float64Array(column.distinct).fill(1);
  const ofPlaces = [present, ...ofRanks.map((values) => standardized(meansOfPlaces(values, starts), starts))];
  for (const [f, values] of ofPlaces.entries()) {
    for (let row = 0; row < rows; row++) {
      const place = column.places[row];
      if (place < column.distinct) functions[f * rows + row] = values[place];
    }
  }
  return functions;
}

function meansOfPlaces(ofRanks: Float64Array, starts: Uint32Array): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, place) => {
    let sum = 0;
    for (let rank = starts[place]; rank < starts[place + 1]; rank++) sum += ofRanks[rank];
    return sum / (starts[place + 1] - starts[place]);
  });
}

/** With mean 0 and variance 1 over the rows; all 0 where there is no variance. */
function standardized(values: Float64Array, starts: Uint32Array): Float64Array {
  const n = starts[starts.length - 1];
  const meanOf = (value: (place: number) => number): number => {
    let sum = 0;
    for (let place = 0; place < values.length; place++)
      sum += (starts[place + 1] - starts[place]) * value(place);
    return sum / n;
  };
  const mean = meanOf((place) => values[place]);
  const deviation = Math.sqrt(meanOf((place) => (values[place] - mean) ** 2));
  return values.map((value) => (deviation > LEAST_DEVIATION ? (value - mean) / deviation : 0));
}

/** Below this, values differ by rounding alone. */
const LEAST_DEVIATION = 1e-9;

/** What a pair shows: its evidence, in nats, and the rows in which both values are there. */
export interface Screened {
  evidence: number;
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
  const square = (f: number, g: number): number => {
    // Over the rows of the pair, the functions need not have the mean 0.
    const means = (products[at + f * width + PRESENT] * products[at + PRESENT * width + g]) / n;
    return (products[at + f * width + g] - means) ** 2 / n;
  };
  for (let f = 0; f < WAVES; f++) {
    for (let g = 0; g < WAVES; g++) squares[g * WAVES + f] = square(FIRST_WAVE + f, FIRST_WAVE + g);
  }
  return { evidence: evidenceOf(square(TREND, TREND), squares), n };
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
