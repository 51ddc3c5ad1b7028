/**
 * What the head reads of a table: numbers that do not change to the last bit when levels are renamed, rows of the sample
 * reordered or the columns exchanged.
 */

import { type CountTable, pearsonSum } from "./count-table.js";
import { chaoWangJostOf, plugInOf } from "./entropy.js";
import { type ExpectedTable, expectedTable } from "./expected.js";
import { comesFirst, onGrid, type Tally, tallyOf, tallySum, timesOf } from "./tally.js";

/** Counts of one margin, or of the cells. */
export interface Side {
  tally: Tally;
  /** Levels, or occupied cells. */
  levels: number;
  plugIn: number;
  /** Chao, Wang & Jost. */
  unbounded: number;
  /** The same, of a margin at most ln(levels seen). */
  entropy: number;
  /** Levels seen once and twice. */
  once: number;
  twice: number;
  /** Probability that two rows agree, without bias, and that three do. */
  pairs: number;
  triples: number;
}

/** Estimates that are made of a table without the head, nats, and what they rest on. */
export interface TableFacts {
  n: number;
  /** The margin of the smaller entropy, and the other one. */
  small: Side;
  large: Side;
  /** Entropies of x and y, in this order. */
  entropies: [x: number, y: number];
  cells: Side;
  plugIn: number;
  millerMadow: number;
  /** Chao, Wang & Jost on the three entropies, from 0 to the smaller one. */
  chaoWangJost: number;
  /** The same before it is held to these bounds. */
  unbounded: number;
  /** Standard error of the plug-in information, by the delta method. */
  error: number;
  expected: ExpectedTable;
  /** Sums over cells. */
  sums: CellSums;
}

/** Sums over the occupied cells. */
export interface CellSums {
  /** Σ p ln² (p n²/(r s)), of which the standard error is made. */
  square: number;
  /** Pearson's Σ c²/(r s). */
  pearson: number;
  /** Cells far above what independence lets expect, for the two thresholds of {@link THRESHOLDS}. */
  peaks: { mass: number; expected: number; information: number }[];
}

/** Standard deviations above the expected count from which a cell is a peak; one row more is asked for. */
const THRESHOLDS = [2, 4] as const;

/** Everything that is computed of a table. O(cells) beyond the mean under fixed margins. */
export function tableFacts(table: CountTable): TableFacts {
  const { n, cells } = table;
  const x = sideOf(table.rows, n);
  const y = sideOf(table.columns, n);
  const joint = sideOf(cells.count, n, Number.POSITIVE_INFINITY);
  const xFirst = x.entropy === y.entropy ? comesFirst(x.tally, y.tally) : x.entropy < y.entropy;
  const [small, large] = xFirst ? [x, y] : [y, x];
  const plugIn = Math.max(0, x.plugIn + y.plugIn - joint.plugIn);
  const unbounded = x.unbounded + y.unbounded - joint.unbounded;
  const sums = cellSums(table);
  return {
    ...{ n, small, large, cells: joint, plugIn, unbounded, sums },
    entropies: [x.entropy, y.entropy],
    millerMadow: plugIn + (x.levels + y.levels - joint.levels - 1) / (2 * n),
    chaoWangJost: Math.max(0, Math.min(unbounded, x.entropy, y.entropy)),
    error: Math.sqrt(Math.max(0, sums.square - plugIn ** 2) / n),
    expected: expectedTable(small.tally, large.tally, n),
  };
}

function sideOf(counts: Uint32Array, n: number, bound?: number): Side {
  const tally = tallyOf(counts);
  const levels = tallySum(tally, () => 1);
  const unbounded = chaoWangJostOf(tally);
  return {
    ...{ tally, levels, unbounded },
    entropy: Math.min(unbounded, bound ?? Math.log(levels)),
    plugIn: plugInOf(tally),
    once: timesOf(tally, 1),
    twice: timesOf(tally, 2),
    pairs: tallySum(tally, (c) => c * (c - 1)) / Math.max(1, n * (n - 1)),
    triples: tallySum(tally, (c) => c * (c - 1) * (c - 2)) / Math.max(1, n * (n - 1) * (n - 2)),
  };
}

function cellSums(table: CountTable): CellSums {
  const { n, rows, columns, cells } = table;
  const { x, y, count } = cells;
  const sums: CellSums = {
    square: 0,
    pearson: pearsonSum(table),
    peaks: THRESHOLDS.map(() => ({ mass: 0, expected: 0, information: 0 })),
  };
  for (let k = 0; k < count.length; k++) {
    const c = count[k];
    const product = rows[x[k]] * columns[y[k]];
    const expected = product / n;
    const logRatio = Math.log((c * n) / product);
    sums.square += onGrid((c / n) * logRatio ** 2);
    for (let t = 0; t < THRESHOLDS.length; t++) {
      if (c <= expected + THRESHOLDS[t] * Math.sqrt(expected) + 1) continue;
      const peak = sums.peaks[t];
      peak.mass += onGrid(c / n);
      peak.expected += onGrid(expected / n);
      peak.information += onGrid((c / n) * logRatio);
    }
  }
  return sums;
}

/**
 * Information of the peaks if the rest of the table is independent: what lies in peaks is told apart from the rest, and
 * the rest is as likely as its margins say.
 */
function peakInformation({ mass, expected, information }: CellSums["peaks"][number]): number {
  const rest = 1 - mass;
  // A peak has more rows than expected, so that what is expected outside of all is more than the rest.
  if (rest <= 0) return information;
  return Math.max(0, information + rest * Math.log(rest / (1 - expected)));
}

/**
 * The unit of the head's answers: the standard error, the spread of the plug-in information under independence, and half
 * of the bias that the Chao–Wang–Jost estimate takes off.
 */
export function scaleOf({ n, error, expected, plugIn, chaoWangJost }: TableFacts): number {
  const chance = (expected.information + 0.5 / n) / n;
  return Math.sqrt(error ** 2 + chance + 0.25 * (plugIn - chaoWangJost) ** 2);
}

/** Answers beyond so many units do not occur. */
const FARTHEST = 10;

/** Numbers of a summary. */
export const SUMMARY_SIZE = 50;

/** The inputs of the head. */
export function summaryOf(facts: TableFacts): Float64Array {
  const { n, small, large, cells, plugIn, expected, sums, error } = facts;
  const scale = scaleOf(facts);
  const least = small.entropy;
  const units = (value: number): number =>
    Math.min(FARTHEST, Math.max(-FARTHEST, (value - facts.chaoWangJost) / scale));
  const perRow = (count: number): number => Math.sqrt(count / n);
  const room = Math.max(1e-9, Math.min(small.plugIn, large.plugIn) - expected.information);
  const adjusted = (least * Math.max(0, plugIn - expected.information)) / room;
  const degrees = (small.levels - 1) * (large.levels - 1);
  const pearson = n * (sums.pearson - 1);
  const agreement = (side: Side): number => Math.min(1, cells.pairs / Math.max(1e-12, side.pairs));
  const threes = (side: Side): number => Math.min(1, cells.triples / Math.max(1e-15, side.triples));
  const floor = 1 / (n * n);
  const collisions = (side: Side): number => -Math.log(side.pairs + floor);
  const anchors = [
    0,
    least,
    facts.unbounded,
    plugIn,
    facts.millerMadow,
    plugIn - expected.information,
    adjusted,
    peakInformation(sums.peaks[0]),
    peakInformation(sums.peaks[1]),
    collisions(small) + collisions(large) - collisions(cells),
  ].map(units);
  const nats = [
    facts.chaoWangJost,
    plugIn,
    expected.information,
    small.entropy,
    large.entropy,
    cells.entropy,
  ];
  const side = (s: Side): number[] => [
    Math.log(s.levels),
    perRow(s.once),
    perRow(s.twice),
    s.entropy - collisions(s),
    agreement(s),
    Math.log(1 - agreement(s) + 1 / n),
    threes(s),
    Math.sqrt(Math.max(0, s.plugIn - plugIn)),
  ];
  return Float64Array.from([
    ...anchors,
    ...nats,
    ...side(small),
    ...side(large),
    Math.log(n),
    Math.log(scale),
    error / scale,
    facts.chaoWangJost / Math.max(1e-9, least),
    Math.min(2, adjusted / Math.max(1e-9, least)),
    Math.asinh((plugIn - expected.information) / Math.sqrt((expected.information + 0.5 / n) / n)),
    Math.asinh((pearson - degrees) / Math.sqrt(2 * degrees + 1)),
    Math.log(cells.levels / n),
    Math.log(degrees / n + 1e-4),
    Math.log(cells.levels / Math.max(1, expected.occupied)),
    Math.log((cells.once + 1) / (expected.once + 1)),
    perRow(cells.once),
    perRow(cells.twice),
    Math.log((cells.once + 1) / (cells.twice + 1)),
    cells.entropy - collisions(cells),
    sums.peaks[0].mass,
    sums.peaks[1].mass,
    sums.peaks[1].expected,
  ]);
}
