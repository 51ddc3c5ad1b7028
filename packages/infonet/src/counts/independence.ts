/** A test of independence of two columns of levels, without random numbers. */

import { logGammaTail } from "../numerics/gamma.js";
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
  return exact === undefined ? Math.max(logPearson(table), logMinor(table)) : Math.log(exact);
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
