/**
 * From the two columns of a pair to the parts that its information is the sum of, by the chain rule. Let A be the level of x, or one
 * more level for all values that are no level, and B that of y. A is a function of x, and B of y, so
 *
 * I(X; Y) = I(A; B) + I(A; Y | B) + I(X; B | A) + I(X; Y | A, B)
 *
 * exactly. Given a level there is nothing left of its variable, so the last three live on the rows without levels: levels beside a
 * number twice, and two numbers. Two columns of numbers have the last part alone, two of levels the first alone.
 */

import { type CodedColumn, selectRows, stretchAt, tieStarts } from "../copula/index.js";
import { type CountTable, countTable, weightedTable } from "../counts/index.js";
import { InfoNetError } from "../errors.js";
import { groupPValue, rankEvidence } from "../evidence/index.js";
import type { RankEvidence } from "../inference/null-distribution.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import type { NetworkSample } from "../network/network.js";
import type { SideKind, Warning } from "../types.js";
import { type CompletePair, completePair, type NamedPrepared } from "./prepared.js";
import { repeatWarning, withoutRepeats } from "./repeats.js";
import { blocksToAsk, type LevelSample, levelSample, numberSample, type PairSample } from "./samples.js";
import { asLevels, FREE, type Side, sidesOf, valueCounts } from "./sides.js";

/** Levels beside a number, or two numbers, on some of the rows. */
export interface NetworkPart {
  /** Share of the rows. */
  share: number;
  sample: PairSample;
  /** Evidence in the ranks, for two numbers. */
  ranks?: RankEvidence;
  /** p-value of differences between the levels, for levels beside a number. */
  pValue?: number;
}

/** Levels beside a number, with what reads the density again. */
export interface LevelPart extends NetworkPart {
  sample: LevelSample;
  number: CodedColumn;
  /** The level, among those of the sample's rows, of every atom, {@link FREE} included. */
  levelOf: ReadonlyMap<number, number>;
}

/** A pair as its information is computed. */
export interface PairPlan {
  kinds: [x: SideKind, y: SideKind];
  sides: [Side, Side];
  n: number;
  rows: Uint32Array | undefined;
  /** Where each of the rows is in the columns of the sides, see {@link CompletePair}. */
  positions?: Uint32Array;
  /** The table of A and B. */
  counts?: CountTable;
  /** The pair as two columns of levels, where it is not and can be: numbers may be related in ways that have no order. */
  counted?: PairPlan;
  /** Levels of y beside the numbers of x, where x is a number. */
  levelsOfY?: LevelPart;
  /** Levels of x beside the numbers of y. */
  levelsOfX?: LevelPart;
  numbers?: NetworkPart;
  warnings: Warning[];
}

/** The parts of a plan that the network is asked about. */
export function networkParts({ levelsOfY, levelsOfX, numbers }: PairPlan): NetworkPart[] {
  return [levelsOfY, levelsOfX, numbers].filter((part) => part !== undefined);
}

/** What the network is asked about those parts, all blocks of one part after the other. */
export function networkSamples(plan: PairPlan): NetworkSample[] {
  return networkParts(plan).flatMap(({ sample }) => blocksToAsk(sample));
}

/**
 * Plans a pair.
 *
 * @param most rows that the network takes
 * @throws InfoNetError "unequal-lengths", "too-few-samples", "constant", "too-many-levels"
 */
export function planPair(x: NamedPrepared, y: NamedPrepared, most: number): PairPlan {
  return planRows([x, y], completePair(x, y), most);
}

/**
 * Plans a pair on some of its rows.
 *
 * @param given the rows; of those that are repeated more often than ties explain, each is used once
 * @param most rows that the network takes
 * @throws InfoNetError as {@link planPair}
 */
export function planRows(
  [x, y]: readonly [NamedPrepared, NamedPrepared],
  given: CompletePair,
  most: number,
): PairPlan {
  if (given.weights !== undefined) {
    const sides = [given.x, given.y].map((column) => asLevels(column, given.weights)) as [Side, Side];
    requireRepeated(x.name, sides[0]);
    requireRepeated(y.name, sides[1]);
    return partsOf(sides, given, most);
  }
  const read = (pair: CompletePair) => sidesOf([pair.x, x.kind], [pair.y, y.kind]);
  const sides = read(given);
  const pair = withoutRepeats([x.name, y.name], given, sides);
  const [readX, readY] = pair === given ? sides : read(pair);
  requireRepeated(x.name, readX);
  requireRepeated(y.name, readY);
  const warnings = [...pair.warnings, ...repeatWarning([x.name, y.name], sides)];
  const a = cutBeside(readX, { name: y.name, side: readY }, warnings);
  const b = cutBeside(readY, { name: x.name, side: readX }, warnings);
  return { ...partsOf([a, b], pair, most), counted: countedPlan(pair, [a, b]), warnings };
}

/** The parts of a pair by its sides. */
function partsOf(
  sides: [Side, Side],
  { n, rows, positions, warnings }: CompletePair,
  most: number,
): PairPlan {
  const [a, b] = sides;
  return {
    kinds: [a.kind, b.kind],
    sides,
    n,
    rows,
    positions,
    counts: a.free < n && b.free < n ? tableOf(a, b) : undefined,
    levelsOfY: levelPart(b, a, most),
    levelsOfX: levelPart(a, b, most),
    numbers: numberPart(a, b, most),
    warnings,
  };
}

/** Rows that an occupied cell has at least, on average, where columns of numbers are looked at as levels too. */
const ROWS_A_CELL = 2;

/** A pair as two columns of levels; undefined where it is that anyway, or where hardly a value meets another twice. */
function countedPlan(pair: CompletePair, sides: [Side, Side]): PairPlan | undefined {
  const { x, y, n } = pair;
  if (sides.every(({ free }) => free === 0)) return undefined;
  if (Math.max(x.distinct, y.distinct) * ROWS_A_CELL > n) return undefined;
  const plan = partsOf([asLevels(x), asLevels(y)], pair, n);
  const counts = plan.counts?.cells.count ?? new Uint32Array();
  const single = counts.filter((count) => count === 1).length;
  const largest = counts.reduce((most, count) => Math.max(most, count), 0);
  // Beside a very common cell, such as zeros twice, all others can still be seen once.
  const again = counts.length * ROWS_A_CELL <= n && single * ROWS_A_CELL <= n - largest;
  return again ? plan : undefined;
}

/** Rows of whose levels nothing else is known, from which a column of levels says nothing that can be counted. */
const MOST_SINGLE = 0.5;

/** @throws InfoNetError "too-many-levels" */
export function requireRepeated(name: string, side: Side): void {
  if (side.kind !== "levels") return;
  const counts = valueCounts(side);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const single = counts.filter((count) => count === 1).length;
  if (single <= MOST_SINGLE * rows) return;
  throw new InfoNetError(
    "too-many-levels",
    `${name} has ${counts.length} levels in ${rows} rows, ${single} of them in one row each; nothing can be counted. Leave it out, or join its levels to fewer.`,
  );
}

/** The level of every row: its atom, or one more for the values that are none. */
export function levelsOf({ atoms, free }: Side): CodedColumn {
  let distinct = 0;
  for (const atom of atoms) if (atom !== FREE && atom >= distinct) distinct = atom + 1;
  if (free === 0) return { places: atoms, distinct, missing: 0 };
  const none = distinct;
  return { places: atoms.map((atom) => (atom === FREE ? none : atom)), distinct: distinct + 1, missing: 0 };
}

function tableOf(a: Side, b: Side): CountTable {
  const [x, y] = [a, b].map(levelsOf).map(({ places, distinct }) => ({ codes: places, distinct }));
  return a.weights === undefined ? countTable(x, y) : weightedTable(x, y, a.weights);
}

/** Levels that the network was trained with at most, and rows that each of them has at least, on average. */
const MOST_LEVELS = 256;
const ROWS_A_LEVEL = 3;

/** The levels of one side beside the numbers of the other, on the rows that have such; undefined where there is nothing to tell. */
function levelPart(levels: Side, numbers: Side, most: number): LevelPart | undefined {
  const n = levels.atoms.length;
  if (levels.free === n || numbers.free < FEWEST_SAMPLES) return undefined;
  const rows = rowsWhere(numbers, (atom) => atom === FREE);
  const number = selectRows(numbers.column, rows);
  const own = selectRows(levelsOf(levels), rows);
  if (own.distinct < 2 || number.distinct < 2) return undefined;
  const levelOf = new Map<number, number>();
  rows.forEach((row, k) => {
    levelOf.set(levels.atoms[row], own.places[k]);
  });
  const sample = levelSample(own, number, most);
  return { share: rows.length / n, sample, pValue: groupPValue(own, number), number, levelOf };
}

/**
 * A side beside levels that are too many for the network: its numbers are cut into stretches, which are counted.
 *
 * @param warnings gets one more
 */
function cutBeside(side: Side, levels: { name: string; side: Side }, warnings: Warning[]): Side {
  if (levels.side.kind !== "levels" || side.free < FEWEST_SAMPLES) return side;
  const { distinct } = levels.side.column;
  if (distinct <= MOST_LEVELS && distinct * ROWS_A_LEVEL <= side.free) return side;
  const count = stretchCount(side.free / distinct);
  const message = `${levels.name} has ${distinct} levels in ${side.atoms.length} rows; the numbers beside them are cut into ${count} stretches, so read the estimate as "at least". Join levels to fewer for more.`;
  warnings.push({ code: "many-levels", message });
  return cut(side, count);
}

const MOST_STRETCHES = 15;

/** Stretches that numbers are cut into beside levels of so many rows each: odd, so that none begins in the middle. */
function stretchCount(rowsALevel: number): number {
  return Math.min(MOST_STRETCHES, 2 * Math.round(Math.sqrt(rowsALevel)) + 1);
}

/** A side whose numbers are cut into stretches of about equally many rows; tied rows are in one stretch. */
function cut(side: Side, count: number): Side {
  const { column, atoms, free } = side;
  const first = levelsOf(side).distinct - 1;
  const starts = tieStarts(column);
  const stretchOf = new Map<number, number>();
  let [before, last, next] = [0, -1, first - 1];
  const freeAt = new Uint8Array(column.distinct);
  column.places.forEach((place, row) => {
    if (atoms[row] === FREE) freeAt[place] = 1;
  });
  for (let place = 0; place < column.distinct; place++) {
    if (freeAt[place] === 0) continue;
    const rows = starts[place + 1] - starts[place];
    const stretch = stretchAt(2 * before + rows, 2 * free, count);
    if (stretch !== last) next++;
    last = stretch;
    stretchOf.set(place, next);
    before += rows;
  }
  const all = atoms.map((atom, row) => stretchOf.get(column.places[row]) ?? atom);
  return { ...side, atoms: all, free: 0 };
}

function numberPart(a: Side, b: Side, most: number): NetworkPart | undefined {
  const n = a.atoms.length;
  const whole = a.free === n && b.free === n;
  const rows = whole ? undefined : rowsWhere(a, (atom, row) => atom === FREE && b.atoms[row] === FREE);
  if (rows !== undefined && rows.length < FEWEST_SAMPLES) return undefined;
  const [x, y] = [a, b].map(({ column }) => (rows === undefined ? column : selectRows(column, rows)));
  if (x.distinct < 2 || y.distinct < 2) return undefined;
  const sample = numberSample(x, y, most);
  return { share: sample.n / n, sample, ranks: rankEvidence(sample.whole) };
}

function rowsWhere({ atoms }: Side, holds: (atom: number, row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(atoms.length);
  let count = 0;
  for (let row = 0; row < atoms.length; row++) if (holds(atoms[row], row)) rows[count++] = row;
  return rows.subarray(0, count);
}
