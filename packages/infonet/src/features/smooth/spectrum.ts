/**
 * The rank-increment spectrum, smooth in the points. Pairs of rows count with a weight that falls smoothly with the
 * distance of their rank difference from the lag, over a reach that may be many ranks: neighbours would otherwise change
 * their partners with every rank they move, and the derivative would be little but noise. Increments are counted at
 * the differences that the spectrum tells apart (1, 2, 3 … 64, then eight an octave) and between two of them in both,
 * with shares that change smoothly. For whole ranks and a reach of 1 this is the spectrum itself.
 */

import type { FloatArray, Pullback, SoftSample } from "../../copula/soft-sample.js";
import { BUCKETS, bucketOf, EXACT, LAGS, SPECTRUM_BINS, SPECTRUM_FEATURES, SUB_BITS } from "../spectrum.js";

/**
 * What every bin holds at least. The network takes square roots: at an empty bin the slope would be infinite.
 */
const FLOOR = 1e-8;

const SUBS = 1 << SUB_BITS;
/** Differences that are told apart ("nodes"): the lower ends of the spectrum's buckets. */
const NODE_DIFFERENCE = Float64Array.from({ length: BUCKETS }, (_, node) =>
  node < EXACT ? node : 2 ** (6 + ((node - EXACT) >> SUB_BITS)) * (1 + ((node - EXACT) % SUBS) / SUBS),
);
/** One over the distance of a node to the next. */
const NODE_SCALE = Float64Array.from(NODE_DIFFERENCE, (_, node) =>
  node < EXACT ? 1 : 2 ** -(3 + ((node - EXACT) >> SUB_BITS)),
);

/** The last node that is not above a difference. */
const nodeBelow = (difference: number): number => bucketOf(difference | 0);

// A look into a table is faster: which differences follow each other cannot be foreseen, so branches on them wait.
let nodeTable = new Uint8Array(0);

/** {@link nodeBelow} of whole differences up to n. */
function nodesBelow(n: number): Uint8Array {
  if (nodeTable.length <= n) nodeTable = Uint8Array.from({ length: 2 * n }, (_, d) => bucketOf(d));
  return nodeTable;
}

/** The bins that the nodes count in for n rows: the lower of two, and the share of the upper. */
interface NodeBins {
  /** Nodes that differences of n rows reach. */
  count: number;
  lower: Uint8Array;
  upperShare: Float64Array;
}

function nodeBins(n: number): NodeBins {
  const count = nodeBelow(n) + 2;
  const bins = { count, lower: new Uint8Array(count), upperShare: new Float64Array(count) };
  for (let node = 0; node < count; node++) {
    const octaves = Math.log2(n) - Math.log2(Math.max(NODE_DIFFERENCE[node], 1));
    const position = Math.min(Math.max(octaves, 0), SPECTRUM_BINS - 1.001);
    bins.lower[node] = Math.floor(position);
    bins.upperShare[node] = position - bins.lower[node];
  }
  return bins;
}

/** One direction of a sample: rows in the order of one axis, with their ranks on it and on the other. */
interface Direction {
  ranks: Float64Array;
  others: Float64Array;
  rows: Uint32Array;
  /** All places of these arrays, in the random order of their rows. */
  drawn: Uint32Array;
}

function directionOf(
  ranks: Float64Array,
  others: Float64Array,
  rows: Uint32Array,
  randomOrder: Uint32Array,
): Direction {
  const n = rows.length;
  const direction = {
    ranks: new Float64Array(n),
    others: new Float64Array(n),
    rows,
    drawn: new Uint32Array(n),
  };
  for (let k = 0; k < n; k++) {
    direction.ranks[k] = ranks[rows[k]];
    direction.others[k] = others[rows[k]];
    direction.drawn[randomOrder[rows[k]]] = k;
  }
  return direction;
}

/**
 * Pairs a row, lag and direction, on average: as many as the spectrum itself has. Where more are within a long reach,
 * not every row looks for partners.
 */
const PAIRS = 1;
/** Fewer of lags from here on: more would not make the derivative any calmer. */
const LONG_LAG = 16;
const LONG_PAIRS = 0.6;
/** More of them within a reach of 1, which all rows look over. */
const ALL_PAIRS = 2;
/** Fewest pairs of a lag and direction, where there are so many, and fewest rows that look for partners. */
const FEWEST_PAIRS = 1000;
const FEWEST_ANCHORS = 32;

/** Which pairs make up a lag. */
interface Window {
  lag: number;
  /** How far from the lag pairs count, in ranks. */
  reach: number;
  /** So many rows look for partners: those drawn first. */
  anchors: number;
  /**
   * 1: above them; 2: on both sides. Where the reach goes beyond the lag, rows of the same rank are partners too, and whether
   * they are must not depend on which of the two is a little lower.
   */
  sides: 1 | 2;
}

function windowOf(lag: number, smoothing: number, n: number): Window {
  // Long lags need less: the network leans on them less.
  const reach = Math.max(1, smoothing / Math.cbrt(lag));
  const sides = reach > lag ? 2 : 1;
  const partners = Math.min(n - 1, sides * (Math.min(lag, reach) + reach));
  const pairs = lag < LONG_LAG ? PAIRS : LONG_PAIRS;
  const wanted = Math.max(FEWEST_PAIRS, n * (pairs + (ALL_PAIRS - pairs) / (reach * reach)));
  return { lag, reach, sides, anchors: Math.min(n, Math.ceil(Math.max(FEWEST_ANCHORS, wanted / partners))) };
}

/** The first place above an anchor from which on rows may be its partners: within reach of the lag, or beyond it. */
function firstPartner(ranks: Float64Array, anchor: number, { lag, reach }: Window): number {
  const n = ranks.length;
  const nearest = Math.max(0, lag - reach);
  const rank = ranks[anchor];
  // Soft ranks are near the places, so the first partner is near the place where it would be.
  let above = Math.min(anchor + Math.max(1, Math.round(nearest)), n);
  while (above < n && ranks[above] - rank < nearest) above++;
  while (above > anchor + 1 && ranks[above - 1] - rank >= nearest) above--;
  return above;
}

/** Adds the weights of the pairs of one lag to the nodes of their increments; returns the sum of the weights. */
function addPairs(direction: Direction, window: Window, nodes: Float64Array): number {
  const { ranks, drawn } = direction;
  const total = new Float64Array(1);
  for (let i = 0; i < window.anchors; i++) {
    const anchor = drawn[i];
    addPartners(direction, window, anchor, firstPartner(ranks, anchor, window), 1, nodes, total);
    // Where both sides count, the reach goes beyond the lag: rows of the same rank are partners already.
    if (window.sides === 2) addPartners(direction, window, anchor, anchor - 1, -1, nodes, total);
  }
  return total[0];
}

/** Adds an anchor's partners on one side: `from`, `from` + `step` … */
function addPartners(
  { ranks, others }: Direction,
  { lag, reach }: Window,
  anchor: number,
  from: number,
  step: 1 | -1,
  nodes: Float64Array,
  total: Float64Array,
): void {
  const n = ranks.length;
  const below = nodesBelow(n);
  const scale = 1 / reach;
  const farthest = lag + reach;
  let sum = total[0];
  for (let j = from; j >= 0 && j < n; j += step) {
    const gap = Math.abs(ranks[j] - ranks[anchor]);
    if (gap >= farthest) break;
    const t = Math.abs(gap - lag) * scale;
    let weight = 1 - t * t * (3 - 2 * t);
    // A difference in rank has no sign: what reaches below 0 is folded back.
    const folded = (gap + lag) * scale;
    if (folded < 1) weight += 1 - folded * folded * (3 - 2 * folded);
    const difference = Math.abs(others[j] - others[anchor]);
    const node = below[difference | 0];
    const f = (difference - NODE_DIFFERENCE[node]) * NODE_SCALE[node];
    const upper = weight * f * f * (3 - 2 * f);
    nodes[node] += weight - upper;
    nodes[node + 1] += upper;
    sum += weight;
  }
  total[0] = sum;
}

/** Derivatives by the ranks along an axis and along the other, in the order of the direction. */
interface RankSlopes {
  ranks: Float64Array;
  others: Float64Array;
}

/** From the derivatives by the sums at the nodes to those by the ranks. */
function pullPairs(direction: Direction, window: Window, byNode: Float64Array, slopes: RankSlopes): void {
  const { ranks, drawn } = direction;
  for (let i = 0; i < window.anchors; i++) {
    const anchor = drawn[i];
    pullPartners(direction, window, anchor, firstPartner(ranks, anchor, window), 1, byNode, slopes);
    if (window.sides === 2) pullPartners(direction, window, anchor, anchor - 1, -1, byNode, slopes);
  }
}

/** The same of an anchor's partners on one side. */
function pullPartners(
  { ranks, others }: Direction,
  { lag, reach }: Window,
  anchor: number,
  from: number,
  step: 1 | -1,
  byNode: Float64Array,
  { ranks: byRank, others: byOther }: RankSlopes,
): void {
  const n = ranks.length;
  const below = nodesBelow(n);
  const scale = 1 / reach;
  const farthest = lag + reach;
  let rankSum = 0;
  let otherSum = 0;
  for (let j = from; j >= 0 && j < n; j += step) {
    const gap = step * (ranks[j] - ranks[anchor]);
    if (gap >= farthest) break;
    const signed = (gap - lag) * scale;
    const t = Math.abs(signed);
    let weight = 1 - t * t * (3 - 2 * t);
    let slope = signed * (t - 1);
    const folded = (gap + lag) * scale;
    if (folded < 1) {
      weight += 1 - folded * folded * (3 - 2 * folded);
      slope += folded * (folded - 1);
    }
    const increment = others[j] - others[anchor];
    const difference = Math.abs(increment);
    const node = below[difference | 0];
    const nodeScale = NODE_SCALE[node];
    const f = (difference - NODE_DIFFERENCE[node]) * nodeScale;
    const rise = byNode[node + 1] - byNode[node];
    const byGap = step * 6 * scale * slope * (byNode[node] + f * f * (3 - 2 * f) * rise);
    byRank[j] += byGap;
    rankSum += byGap;
    const byDifference = 6 * weight * f * (1 - f) * nodeScale * rise;
    const byIncrement = Math.sign(increment) * byDifference;
    byOther[j] += byIncrement;
    otherSum += byIncrement;
  }
  byRank[anchor] -= rankSum;
  byOther[anchor] -= otherSum;
}

/** One direction of the spectrum, as its derivative needs it. */
interface DirectionSpectrum {
  direction: Direction;
  smoothing: number;
  bins: NodeBins;
  lags: readonly number[];
  /** Lags × SPECTRUM_BINS. */
  shares: Float64Array;
  /** Sums of the weights of the pairs, by lag. */
  totals: Float64Array;
}

/** Adds one direction, lags × SPECTRUM_BINS numbers at `offset`. */
function addDirection(
  direction: Direction,
  smoothing: number,
  bins: NodeBins,
  out: FloatArray,
  offset: number,
): DirectionSpectrum {
  const n = direction.rows.length;
  const { count, lower, upperShare } = bins;
  const lags = LAGS.filter((lag) => lag < n);
  const shares = new Float64Array(lags.length * SPECTRUM_BINS);
  const totals = new Float64Array(lags.length);
  const nodes = new Float64Array(count);
  for (let l = 0; l < lags.length; l++) {
    nodes.fill(0);
    const total = addPairs(direction, windowOf(lags[l], smoothing, n), nodes);
    totals[l] = total;
    if (total === 0) continue;
    const first = l * SPECTRUM_BINS;
    for (let node = 0; node < count; node++) {
      if (nodes[node] === 0) continue;
      const share = nodes[node] / total;
      shares[first + lower[node]] += share * (1 - upperShare[node]);
      shares[first + lower[node] + 1] += share * upperShare[node];
    }
  }
  for (let k = 0; k < shares.length; k++) out[offset + k] += shares[k];
  return { direction, smoothing, bins, lags, shares, totals };
}

/** Adds to the derivatives by the ranks along an axis and along the other, from those by the features. */
function pullDirection(
  { direction, smoothing, bins, lags, shares, totals }: DirectionSpectrum,
  cotangent: FloatArray,
  at: number,
  byRank: Float64Array,
  byOther: Float64Array,
): void {
  const { rows } = direction;
  const n = rows.length;
  const { count, lower, upperShare } = bins;
  const nodes = new Float64Array(count);
  const slopes: RankSlopes = { ranks: new Float64Array(n), others: new Float64Array(n) };
  for (let l = 0; l < lags.length; l++) {
    if (totals[l] === 0) continue;
    const first = l * SPECTRUM_BINS;
    // Shares are sums over the sum of all weights: what the derivatives by all bins have in common cancels.
    let mean = 0;
    for (let b = first; b < first + SPECTRUM_BINS; b++) mean += shares[b] * cotangent[at + b];
    for (let node = 0; node < count; node++) {
      const bin = at + first + lower[node];
      const value = cotangent[bin] + upperShare[node] * (cotangent[bin + 1] - cotangent[bin]);
      nodes[node] = (value - mean) / totals[l];
    }
    pullPairs(direction, windowOf(lags[l], smoothing, n), nodes, slopes);
  }
  for (let k = 0; k < n; k++) {
    byRank[rows[k]] += slopes.ranks[k];
    byOther[rows[k]] += slopes.others[k];
  }
}

/** Spectrum of soft ranks. Overwrites SPECTRUM_FEATURES numbers at `offset`, in the order of `rankIncrementSpectrum`. */
export function smoothSpectrum(sample: SoftSample, out: FloatArray, offset: number): Pullback {
  const { u, v, byU, byV, smoothing, randomOrder } = sample;
  out.fill(FLOOR, offset, offset + SPECTRUM_FEATURES);
  const bins = nodeBins(u.length);
  const half = SPECTRUM_FEATURES / 2;
  const alongU = addDirection(directionOf(u, v, byU, randomOrder), smoothing, bins, out, offset);
  const alongV = addDirection(directionOf(v, u, byV, randomOrder), smoothing, bins, out, offset + half);
  return (cotangent, at, gradient) => {
    pullDirection(alongU, cotangent, at, gradient.u, gradient.v);
    pullDirection(alongV, cotangent, at + half, gradient.v, gradient.u);
  };
}
