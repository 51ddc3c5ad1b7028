/**
 * Strata of a condition: groups of rows in each of which a pair has a copula of its own. One copula for all values of what
 * lies between ("simplifying assumption") is blind to dependence that changes with the condition, to the point of none at
 * all where signs cancel.
 */

import { orient, rankPermutation } from "../copula/index.js";
import type { PairReading } from "../engine/model.js";
import { rankEvidence } from "../evidence/index.js";
import { mean } from "../numerics/moments.js";
import { firstAbove, order } from "../numerics/order.js";
import { foldsOf } from "../numerics/random.js";
import { appended, pick, rowsOfFold } from "../numerics/rows.js";
import type { Along } from "./change.js";
import { differenceOf } from "./choice.js";
import { CONDITION, type Part, type Position, positionAt, shares } from "./condition.js";
import { isNull, type PairEngine, sideBySide } from "./pair-engine.js";

/** Rows in strata. */
export interface Strata {
  count: number;
  /** Stratum of every row: of those fitted, then of those held out. */
  of: Uint8Array;
}

/** How copulas are fitted. */
export interface PartSettings {
  engine: PairEngine;
  /** A copula whose p-value is above this counts as independent. */
  level: number;
  /** Whether the test also heeds the evidence of ranks. */
  ranks: boolean;
}

/** A pair whose copula may change. */
export interface ChangingPair {
  a: Position;
  b: Position;
  /** Along what, at least one way. */
  ways: readonly Along[];
  /** Whether it changes slowly if it does: then few strata tell something too. */
  slow: boolean;
  /** Of the halves in which ways are compared. */
  seed: number;
}

/** Strata along one function, and in the cells of two. */
const COUNTS: Record<number, readonly number[]> = { 1: [2, 4, 8, 16], 2: [4, 16] };
/** Those in which what the copula may change along is compared; and where it changes slowly, if it does: few tell that it does. */
const FIRST: Record<number, number> = { 1: 8, 2: 4 };
const FIRST_SLOW = 4;
/** Rows of a stratum in half of the rows, at least. */
const FEWEST = 30;
/** Whether rows are enough for two strata. */
export const enoughForStrata = (n: number): boolean => n >= 4 * FEWEST;
/** Standard errors by which strata must be worth more than one copula for all rows. */
const CLEARLY = 2;

/** Share of the information that the finest strata told beyond coarser ones, from which nobody knows how much finer ones would tell. */
const MUCH = 0.1;

/** Rows from which strata of slow changes are compared at one half of them, and only the best at the other too. */
const MANY = 1000;

/** A function of a condition, and the fitted rows in the order of its values. */
interface Ordered {
  values: Float64Array;
  sorted: Uint32Array;
}

/** Strata to be tried, along one function or both of two. */
interface Attempt {
  along: readonly Ordered[];
  count: number;
}

/** Strata that were tried, and what they tell at rows that their copulas were not fitted to. */
interface Tried extends HeldOutHalf {
  along: readonly Ordered[];
  strata: Strata;
}

/** Strata that are worth more than one copula for all rows, at rows that neither was fitted to; undefined if there are none. */
export async function changingStrata(
  { a, b, ways, slow, seed }: ChangingPair,
  settings: PartSettings,
): Promise<(Strata & { gain: number }) | undefined> {
  const n = a.ranks.length;
  const most = Math.floor(n / (2 * FEWEST));
  const halves = foldsOf(n, seed, 2);
  const attempts = (list: readonly Attempt[], held: readonly number[]) =>
    attemptAll({ a, b, halves }, list, held, settings);
  const [compared, confirmed] = slow && n >= MANY ? [[0], [1]] : [[0, 1], []];
  const possible = ({ length }: { length: number }) => COUNTS[length].filter((count) => count <= most);
  const firstOf = (along: readonly Ordered[]): number =>
    Math.min(slow ? FIRST_SLOW : FIRST[along.length], Math.max(...possible(along)));
  const wide = ways
    .filter((along) => possible(along).length > 0)
    .map((along) => along.map((values) => ({ values, sorted: order(values.subarray(0, n)) })));
  const one = { along: wide[0], count: 1 };
  const first = await attempts([one, ...wide.map((along) => ({ along, count: firstOf(along) }))], compared);
  const [whole, ...parted] = first;
  const tried = [bestOf(parted)];
  const [{ along, strata }] = tried;
  const others = possible(along)
    .filter((count) => count !== strata.count)
    .map((count) => ({ along, count }));
  const isFiner = ({ count }: Attempt): boolean => count > strata.count;
  /** Tries one after the other, as long as each tells more. */
  const climb = async (list: readonly Attempt[]): Promise<void> => {
    for (const attempt of list) {
      const before = bestOf(tried);
      tried.push(...(await attempts([attempt], compared)));
      if (bestOf(tried) === before) return;
    }
  };
  if (!slow) tried.push(...(await attempts(others, compared)));
  else {
    if (mean(tried[0].ratios) > mean(whole.ratios)) await climb(others.filter(isFiner));
    if (bestOf(tried) === tried[0]) await climb(others.filter((one) => !isFiner(one)));
  }
  const chosen = bestOf(tried);
  if (mean(chosen.ratios) <= mean(whole.ratios)) return undefined;
  const again = await attempts([one, { along, count: chosen.strata.count }], confirmed);
  const [ofOne, ofChosen] = [whole, chosen].map((found, k) => joined([found, again[k]]).ratios);
  if (!isWorthMore(ofChosen, ofOne)) return undefined;
  // Finer strata would tell more where these tell more than coarser ones, or where those that were tried do.
  const coarser = tried.filter(({ strata }) => strata.count < chosen.strata.count);
  const before = coarser.length > 0 ? Math.max(...coarser.map(({ mi }) => mi)) : chosen.mi;
  const largest = Math.max(...tried.map(({ mi }) => mi));
  const finest = chosen.strata.count === Math.max(...possible(along));
  const open = finest && chosen.mi - before > MUCH * chosen.mi;
  return { ...chosen.strata, gain: open ? Infinity : Math.max(chosen.mi - before, largest - chosen.mi) };
}

/** What strata tell at the rows of some halves, where the copulas were fitted to the other one. */
async function attemptAll(
  { a, b, halves }: { a: Position; b: Position; halves: Uint8Array },
  list: readonly Attempt[],
  held: readonly number[],
  settings: PartSettings,
): Promise<Tried[]> {
  const all = list.map(({ along, count }) => ({ along, strata: alongOf(along, count) }));
  const works = all.flatMap(({ strata }) =>
    held.map((half) => (shared: PairEngine) => {
      return heldOut(a, b, strata, { halves, half }, { ...settings, engine: shared });
    }),
  );
  const found = await sideBySide<HeldOutHalf[]>(settings.engine, works);
  return all.map((one, k) => ({ ...one, ...joined(found.slice(held.length * k, held.length * (k + 1))) }));
}

/** Some halves together. */
function joined(halves: readonly HeldOutHalf[]): HeldOutHalf {
  const ratios = appended([new Float64Array(), ...halves.map(({ ratios }) => ratios)]);
  return { ratios, mi: mean(halves.map(({ mi }) => mi)) };
}

const bestOf = (tried: readonly Tried[]): Tried =>
  tried.reduce((one, other) => (mean(other.ratios) > mean(one.ratios) ? other : one));

/** Strata of about equally many fitted rows along a function, or along both of two; held-out rows where they lie between these. */
function alongOf(along: readonly Ordered[], count: number): Strata {
  if (along.length === 1) return { count, of: stretches(along[0], count) };
  const side = Math.round(Math.sqrt(count));
  const [across, up] = along.map((one) => stretches(one, side));
  return { count, of: across.map((stretch, row) => side * stretch + up[row]) };
}

function stretches({ values, sorted }: Ordered, count: number): Uint8Array {
  const n = sorted.length;
  const of = new Uint8Array(values.length);
  for (let place = 0; place < n; place++) of[sorted[place]] = Math.floor((place * count) / n);
  const starts = Array.from(
    { length: count - 1 },
    (_, s) => values[sorted[Math.ceil(((s + 1) * n) / count)]],
  );
  for (let row = n; row < values.length; row++) {
    of[row] = firstAbove(starts, values[row]);
  }
  return of;
}

/** What copulas fitted to one half of the rows say of the other. */
interface HeldOutHalf {
  /** Log density ratios at the rows of the other half. */
  ratios: Float64Array;
  /** The information that these copulas have. */
  mi: number;
}

/** Log density ratios at the rows of one half, where the copulas were fitted to the other. */
async function heldOut(
  a: Position,
  b: Position,
  { count, of }: Strata,
  { halves, half }: { halves: Uint8Array; half: number },
  settings: PartSettings,
): Promise<HeldOutHalf> {
  const fitted = rowsOfFold(halves, half, false);
  const held = rowsOfFold(halves, half, true);
  // Both halves are rows that the pair was fitted to.
  const among = ({ ranks }: Position): Position =>
    positionAt({ ranks, held: shares(ranks) }, { fitted, held });
  const own = { a: among(a), b: among(b) };
  const strata = { count, of: appended([pick(of, fitted), pick(of, held)]) };
  const { parts, readings } = await fitParts(own.a, own.b, strata, settings);
  const mi = readings.reduce((sum, { mi, share, cut }) => sum + (cut ? 0 : share * mi), 0);
  const wanted = { next: false, density: true };
  const { logDensity } = await settings.engine.workers.run(CONDITION, { ...own, parts, wanted });
  return { ratios: logDensity!, mi };
}

/** What is read of a stratum. */
interface StratumReading extends PairReading {
  /** Its share of the rows. */
  share: number;
  cut: boolean;
}

/** The copulas of all strata, and what is read of each with its share of the rows. */
export async function fitParts(
  a: Position,
  b: Position,
  { count, of }: Strata,
  { engine, level, ranks }: PartSettings,
): Promise<{ parts: Part[]; readings: StratumReading[] }> {
  const n = a.ranks.length;
  const all = Array.from({ length: count }, (_, stratum) => ({
    fitted: rowsOfFold(of.subarray(0, n), stratum, true),
    held: rowsOfFold(of.subarray(n), stratum, true),
  }));
  const samples = all.map((places) => {
    const own = [a, b].map((position) =>
      positionAt({ ...position, held: new Float64Array() }, { ...places, held: NONE }),
    );
    return orient(rankPermutation(own[0].ranks, own[1].ranks));
  });
  const outputs = await engine.densities(samples.map(({ perm }) => perm));
  const readings = outputs.map(({ quantiles }, s) => {
    const { perm } = samples[s];
    const reading = engine.model.readPair(quantiles, perm.length, ranks ? rankEvidence(perm) : undefined);
    return { ...reading, share: perm.length / n, cut: isNull(reading, perm.length, level) };
  });
  const parts = outputs.map(({ mixture }, s) => ({
    places: all[s],
    mixture: readings[s].cut ? undefined : mixture,
    orientation: samples[s].orientation,
  }));
  return { parts, readings };
}

const NONE = new Uint32Array(0);

/** Whether ratios are larger on average, beyond chance. */
function isWorthMore(ratios: Float64Array, than: Float64Array): boolean {
  const { mean, error } = differenceOf(ratios, than);
  return mean > CLEARLY * error;
}

/**
 * The information of a pair in strata: the mean over the rows. Its p-value heeds the pair as a whole, and every stratum.
 *
 * @param gain what these strata told beyond coarser ones, or finer ones beyond these: about as much may be left to tell
 */
export function readStrata(
  whole: PairReading,
  readings: readonly StratumReading[],
  gain: number,
): PairReading {
  let [mi, below, above, smallest] = [0, 0, 0, 1];
  for (const reading of readings) {
    const own = reading.cut ? 0 : reading.mi;
    mi += reading.share * own;
    below += (reading.share * (own - (reading.cut ? 0 : reading.low))) ** 2;
    above += (reading.share * (reading.high - own)) ** 2;
    smallest = Math.min(smallest, reading.pValue ?? 1);
  }
  const pValue = Math.min(1, 2 * Math.min(whole.pValue ?? 1, readings.length * smallest));
  return {
    mi,
    low: Math.max(0, mi - Math.sqrt(below)),
    high: mi + Math.sqrt(above) + gain,
    pValue: whole.pValue === undefined ? undefined : pValue,
  };
}
