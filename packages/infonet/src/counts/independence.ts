/** A test of independence of two columns of levels, without random numbers. */

import { logGammaTail } from "../numerics/gamma.js";
import { allRows } from "../numerics/rows.js";
import { type CountTable, pearsonSum } from "./count-table.js";
import { fewMinorPValue } from "./few-minor.js";
import { Hypergeometric, logFisher } from "./fisher.js";
import { pearsonMoments } from "./pearson-moments.js";
import { type Tally, tallyOf } from "./tally.js";

/**
 * Probability, under independence and with the margins of the table, of a dependence as strong as that seen: Fisher's
 * exact test for two by two levels; the exact law of Pearson's X² where it takes few values; otherwise X² against a shifted gamma law with the mean, variance and
 * skewness that X² has over all tables with these margins. 1 where there is nothing to tell, as of a single level.
 */
export function independencePValue(table: CountTable): number {
  return Math.exp(logPValue(table));
}

/** ln of {@link independencePValue}: also where that is below the smallest double. */
export function logPValue(table: CountTable): number {
  const { n, rows, columns } = table;
  if (n < 4 || rows.length < 2 || columns.length < 2) return 0;
  if (rows.length === 2 && columns.length === 2) return logFisher(table);
  const exact = fewMinorPValue(table);
  if (exact !== undefined) return Math.log(exact);
  const fewer = withoutRare(table);
  if (fewer.rows.length === 2 && fewer.columns.length === 2) return logFisher(fewer);
  return Math.max(logPearson(fewer), logMinor(fewer));
}

/**
 * How much more skewed than a χ² law X² may be. Beyond, a meeting of two rare levels, which hardly ever happens, has most of its
 * variance, and no gamma law is like that.
 */
const MOST_SKEWNESS = 1.5;

/** Levels joined to fewer. */
class Joined {
  /** Counts, ascending. */
  readonly counts: number[];
  /** The levels that each of them stands for. */
  readonly #members: number[][];

  constructor(counts: Uint32Array) {
    const order = [...counts.keys()].sort((i, j) => counts[i] - counts[j]);
    this.counts = order.map((level) => counts[level]);
    this.#members = order.map((level) => [level]);
  }

  /** The smallest count; infinite where its levels cannot be joined. */
  get rarest(): number {
    return this.#rare() < this.counts.length ? this.counts[0] : Number.POSITIVE_INFINITY;
  }

  /** How many levels are the rarest: all of the smallest count or, where that is one, those of the next as well. */
  #rare(): number {
    const upTo = this.counts[0] === this.counts[1] ? this.counts[0] : this.counts[1];
    const more = this.counts.findIndex((count) => count > upTo);
    return more < 0 ? this.counts.length : more;
  }

  /** Joins the rarest levels. Which they are does not hang on names. */
  join(): void {
    const rare = this.#rare();
    const count = this.counts.splice(0, rare).reduce((sum, other) => sum + other, 0);
    const members = this.#members.splice(0, rare).flat();
    const above = this.counts.findIndex((other) => other >= count);
    const at = above < 0 ? this.counts.length : above;
    this.counts.splice(at, 0, count);
    this.#members.splice(at, 0, members);
  }

  /** The new level of every old one. */
  places(levels: number): Uint32Array {
    const places = new Uint32Array(levels);
    for (const [place, members] of this.#members.entries())
      for (const level of members) places[level] = place;
    return places;
  }
}

/**
 * A table of fewer levels: the rarest ones are joined until X² has a law with a shape. Which are joined hangs on the margins alone, so
 * the test holds.
 */
function withoutRare(table: CountTable): CountTable {
  const { n, rows, columns, cells } = table;
  const [x, y] = [new Joined(rows), new Joined(columns)];
  for (;;) {
    const freedom = (x.counts.length - 1) * (y.counts.length - 1);
    const [r, s] = [x, y].map(({ counts }) => tallyOf(Uint32Array.from(counts)));
    if (freedom === 1 || pearsonMoments(r, s, n).skewness <= MOST_SKEWNESS * Math.sqrt(8 / freedom)) break;
    const [a, b] = [x.rarest, y.rarest];
    if (Math.min(a, b) === Number.POSITIVE_INFINITY) break;
    if (a <= b) x.join();
    if (b <= a) y.join();
  }
  if (x.counts.length === rows.length && y.counts.length === columns.length) return table;
  const [toX, toY] = [x.places(rows.length), y.places(columns.length)];
  const width = y.counts.length;
  const met = new Uint32Array(x.counts.length * width);
  cells.count.forEach((count, k) => {
    met[toX[cells.x[k]] * width + toY[cells.y[k]]] += count;
  });
  const occupied = allRows(met.length).filter((cell) => met[cell] > 0);
  return {
    n,
    rows: Uint32Array.from(x.counts),
    columns: Uint32Array.from(y.counts),
    cells: {
      x: occupied.map((cell) => Math.floor(cell / width)),
      y: occupied.map((cell) => cell % width),
      count: occupied.map((cell) => met[cell]),
    },
  };
}

/** Below this skewness a gamma law is a normal one. */
const LEAST_SKEWNESS = 0.005;
/** A variance below this share of the largest X² is none: all tables have the same X². */
const NO_VARIANCE = 1e-12;

function logPearson(table: CountTable): number {
  const { n, rows, columns } = table;
  const [x, y] = [tallyOf(rows), tallyOf(columns)];
  const { mean, variance, skewness } = pearsonMoments(x, y, n);
  const statistic = n * (pearsonSum(table) - 1 - stepOf(x, y) / 2);
  const deviation = Math.sqrt(variance);
  const largest = n * Math.min(rows.length - 1, columns.length - 1);
  if (deviation < NO_VARIANCE * largest) return 0;
  // Pearson's type III: a gamma law of shape 4/skewness², moved and stretched.
  const root = 2 / Math.max(LEAST_SKEWNESS, skewness);
  const shape = root * root;
  return logGammaTail(shape, shape + (root * (statistic - mean)) / deviation);
}

/**
 * What two values of X²/n differ by at least where all levels of a side are alike: of such a table the sum of the
 * squared counts is a whole number, always even or always odd. 0 where X² has more values.
 */
function stepOf({ counts: r }: Tally, { counts: s }: Tally): number {
  return r.length === 1 && s.length === 1 ? 2 / (r[0] * s[0]) : 0;
}

/** Expected meetings of minor levels below which their number is looked at. */
const FEW_MEETINGS = 4;

/**
 * Where nearly all rows are of one level on each side, X² is about the number of rows that are of the largest level on
 * neither, times n: no smooth law. ln P(as many such rows), by the hypergeometric law; no bound where there are many.
 */
function logMinor({ n, rows, columns, cells }: CountTable): number {
  const [r, s] = [n - largestOf(rows), n - largestOf(columns)];
  // More than half of the rows on each side: no other level is as large.
  if (2 * Math.max(r, s) >= n) return Number.NEGATIVE_INFINITY;
  // Where all others are seen once, X² depends on the meetings alone.
  const once = rows.length - 1 === r && columns.length - 1 === s;
  if (!once && r * s >= FEW_MEETINGS * n) return Number.NEGATIVE_INFINITY;
  const largest = { x: rows.indexOf(n - r), y: columns.indexOf(n - s) };
  let meetings = 0;
  for (let k = 0; k < cells.count.length; k++) {
    if (cells.x[k] !== largest.x && cells.y[k] !== largest.y) meetings += cells.count[k];
  }
  const law = new Hypergeometric(Math.min(r, s), Math.max(r, s), n);
  if (meetings <= law.mode) return 0;
  return Math.min(0, law.log(meetings) + Math.log(law.beyond(meetings, true)));
}

function largestOf(counts: Uint32Array): number {
  let largest = 0;
  for (const count of counts) largest = Math.max(largest, count);
  return largest;
}
