/**
 * Levels beside a number within strata of few rows, none of which tells much by itself: what the levels add to the number is taken to be the
 * same in all of them. Strata shift the number, and may stretch it; the shifts are estimated beside the additions of the levels, and
 * taken off.
 */

import { codeColumn } from "../copula/index.js";
import { rowsOfLevels } from "../counts/index.js";
import { type Codes, renumbered } from "../input/variables.js";
import { logBetaTail } from "../numerics/beta.js";
import { mean } from "../numerics/moments.js";
import { pick } from "../numerics/rows.js";
import { rowsInCompany, standardizedWithin } from "./freed.js";
import { aboutMeans, type Part } from "./part.js";
import { columnOf, readSamples, sampleOf, type Work } from "./read-samples.js";

/**
 * I(A; V | C) of levels A and a number V within strata C of few rows, and whether the levels add the same in all of them, as far as can be told;
 * no part where no stratum has two rows.
 */
export async function withinSmallStrata(
  work: Work,
  levels: Codes,
  values: Float64Array,
  strata: Codes,
): Promise<{ part?: Part; alike: boolean }> {
  const rows = rowsInCompany(strata);
  const [a, c] = [levels, strata].map(({ codes }) => renumbered(pick(codes, rows)));
  if (a.distinct < 2 || rows.length <= c.distinct) return { alike: true };
  const { added, left } = additions(standardizedWithin(pick(values, rows), c), a, c);
  const freed = freedNumber(added, left, c);
  if (freed.every((value) => value === freed[0])) return { part: { mi: 0, low: 0, high: 0 }, alike: true };
  const [reading] = await readSamples(work, [sampleOf(work, columnOf(a), codeColumn(freed), true)]);
  const { mi, low, high } = aboutMeans(reading, rows.length, c.distinct, logAlike(left, a, c));
  const share = shareWithin(a, c);
  // Levels tell no more than they are.
  const atMost = (value: number): number => Math.min(Math.log(a.distinct), share * value);
  const alike = high < Number.POSITIVE_INFINITY;
  return { part: { mi: atMost(mi), low: atMost(low), high: alike ? atMost(high) : high }, alike };
}

/** Rounds of the fit, at most, and the step, in deviations of the number, after which it ends. */
const ROUNDS = 200;
const STEP = 1e-9;

/** What its level adds to the number of every row by least squares, beside its stratum, and what is left. */
function additions(values: Float64Array, a: Codes, c: Codes): { added: Float64Array; left: Float64Array } {
  const [ofLevels, ofStrata] = [a, c].map(rowsOfLevels);
  const left = values.slice();
  const added = new Float64Array(values.length);
  const takeOff = (groups: readonly Uint32Array[], onto?: Float64Array): number => {
    let largest = 0;
    for (const rows of groups) {
      const middle = mean(pick(left, rows));
      largest = Math.max(largest, Math.abs(middle));
      for (const row of rows) {
        left[row] -= middle;
        if (onto !== undefined) onto[row] += middle;
      }
    }
    return largest;
  };
  takeOff(ofStrata);
  const unit = rootMeanSquare(left);
  for (let round = 0; round < ROUNDS; round++) {
    const step = takeOff(ofLevels, added);
    takeOff(ofStrata);
    if (step <= STEP * unit) break;
  }
  return { added, left };
}

/** The number without its strata. */
function freedNumber(added: Float64Array, left: Float64Array, c: Codes): Float64Array {
  const freed = added.slice();
  for (const rows of rowsOfLevels(c)) {
    // What is left about a mean of m rows is smaller than the noise.
    const grown = Math.sqrt(rows.length / (rows.length - 1));
    for (const row of rows) freed[row] += grown * left[row];
  }
  return freed;
}

/**
 * How often two rows of one stratum differ in their level, of how often two rows do: where strata tell the levels, these have less to tell
 * within them. Small information is in proportion to that.
 */
function shareWithin(a: Codes, c: Codes): number {
  const differing = (rows: Uint32Array): number => {
    const m = rows.length;
    const counts = new Map<number, number>();
    for (const row of rows) counts.set(a.codes[row], (counts.get(a.codes[row]) ?? 0) + 1);
    let alike = 0;
    for (const count of counts.values()) alike += count * (count - 1);
    return 1 - alike / (m * (m - 1));
  };
  const n = a.codes.length;
  const within = rowsOfLevels(c).reduce((sum, rows) => sum + (rows.length / n) * differing(rows), 0);
  return Math.min(1, within / differing(Uint32Array.from({ length: n }, (_, row) => row)));
}

/** ln of the p-value of additions that are the same in all strata: the analysis of variance of what cells have beyond them. */
function logAlike(left: Float64Array, a: Codes, c: Codes): number {
  const cells = new Map<number, { count: number; sum: number }>();
  let total = 0;
  for (let row = 0; row < left.length; row++) {
    const name = c.codes[row] * a.distinct + a.codes[row];
    const cell = cells.get(name) ?? { count: 0, sum: 0 };
    cell.count++;
    cell.sum += left[row];
    cells.set(name, cell);
    total += left[row] ** 2;
  }
  const between = [...cells.values()].reduce((sum, cell) => sum + cell.sum ** 2 / cell.count, 0);
  const [more, rest] = [cells.size - c.distinct - a.distinct + 1, left.length - cells.size];
  if (more < 1 || rest < 1 || total <= between) return 0;
  return logBetaTail(between / total, more / 2, rest / 2);
}

const rootMeanSquare = (values: Float64Array): number =>
  Math.sqrt(mean(values.map((value) => value * value)));
