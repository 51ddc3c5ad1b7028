/**
 * The test of a target that may follow some columns given others, by covariances of functions of both that are freed of functions of the
 * others by least squares: the generalised covariance measure (Shah & Peters 2020). What is left of a target that follows nothing else is a
 * surprise to all that came before, so the products have mean 0 and no correlation with each other even where every column hangs on its own
 * past: random signs make of them what chance makes (Wu 1986), for all sources at once.
 */

import type { CodedColumn } from "../copula/index.js";
import { columnFunctions } from "../evidence/index.js";
import { LEAST_IN_TIME, logAmong } from "../inference/permutation-tail.js";
import { cholesky, solveLower, solveUpper } from "../numerics/cholesky.js";
import { dotProducts } from "../numerics/moments.js";
import { stream } from "../numerics/random.js";
import type { ColumnKind } from "../types.js";

/** A column without missing values. */
export interface KnownColumn {
  coded: CodedColumn;
  kind: ColumnKind;
}

/** Functions of the target and of a source. */
const FUNCTIONS = 3;
/** Functions of each column that is given, at most; rows a function, at least, and where even one function a column is too many. */
const MOST_GIVEN = 10;
const ROWS_A_FUNCTION = 10;
const FEWEST_ROWS_A_COLUMN = 4;
/** Columns given, and functions of each, along which the source may tell now this and now that. */
const WEIGHTS = { columns: 2, functions: 2 };
const RIDGE = 1e-9;

/** A target, freed of what is given. */
export interface FreedTarget {
  n: number;
  /** Places of its rows among those that all sources share; undefined if they are all. */
  rows: Uint32Array | undefined;
  /** What is left of its functions. */
  rest: Float64Array[];
  /** What is left of functions of a source. */
  free: (functions: readonly Float64Array[]) => Float64Array[];
  /** Functions of the columns given, of the first of them, by which those of a source are multiplied. */
  weights: Float64Array[];
  /** Rows that functions have used up. */
  used: number;
}

/**
 * Frees a target of columns of the same rows, once for all its sources.
 *
 * @param rows see {@link FreedTarget.rows}
 * @param effective as how many independent rows the rows count: so many fewer functions are fitted to them
 * @returns undefined where rows are too few to free anything of so many columns
 */
export function freedTarget(
  target: KnownColumn,
  given: readonly KnownColumn[],
  rows?: Uint32Array,
  effective: number = target.coded.places.length,
): FreedTarget | undefined {
  const n = target.coded.places.length;
  if (1 + given.length > effective / FEWEST_ROWS_A_COLUMN) return undefined;
  const budget = Math.floor(effective / ROWS_A_FUNCTION);
  const each = Math.max(1, Math.min(MOST_GIVEN, Math.floor(budget / Math.max(1, given.length))));
  const functions = given.map(({ coded, kind }) => columnFunctions(coded, kind, each));
  const basis = [new Float64Array(n).fill(1), ...functions.flat()];
  const firsts = functions.map(([first]) => first);
  for (let a = 1; a < firsts.length; a++) {
    for (let b = 0; b < a && basis.length < budget; b++) {
      basis.push(firsts[a].map((value, row) => value * firsts[b][row]));
    }
  }
  const count = basis.length;
  const gram = new Float64Array(count * count);
  const sums = new Float64Array(count);
  basis.forEach((column, k) => {
    dotProducts(basis, column, sums);
    gram.set(sums, k * count);
  });
  const lower = cholesky(gram, count, RIDGE * n);
  const free = (list: readonly Float64Array[]): Float64Array[] =>
    list.map((values) => {
      const fit = new Float64Array(count);
      dotProducts(basis, values, fit);
      solveLower(lower, count, fit, 1);
      solveUpper(lower, count, fit, 1);
      const rest = values.slice();
      for (let k = 0; k < count; k++) {
        const [column, factor] = [basis[k], fit[k]];
        for (let row = 0; row < n; row++) rest[row] -= factor * column[row];
      }
      return rest;
    });
  const weights = functions.slice(0, WEIGHTS.columns).flatMap((list) => list.slice(0, WEIGHTS.functions));
  const rest = free(columnFunctions(target.coded, target.kind, FUNCTIONS));
  return { n, rows, rest, free, weights, used: count };
}

/** What a source says at one lag. */
export interface LagEvidence {
  /** ln of the p-value of this source at this lag alone. */
  logP: number;
  /** ln of the probability of as much evidence of any source at any lag (Westfall & Young 1993). */
  familyLogP: number;
  /** Evidence, in nats. */
  evidence: number;
}

/** What a source says. */
export interface SourceEvidence {
  /** As they were given. */
  lags: LagEvidence[];
  /** ln of the probability of as much evidence of this source at any of its lags. */
  logP: number;
  /** ln of the probability of as much evidence of any source. */
  familyLogP: number;
}

/** Draws of random signs, and stretches of rows that have one sign, at most. */
const DRAWS = 399;
const MOST_STRETCHES = 2000;

/** Random signs of stretches of rows. */
export interface Signs {
  /** Rows of a stretch. */
  stretch: number;
  /** The signs of all stretches, draw by draw. */
  draws: Float64Array[];
}

/**
 * Signs for so many rows: the same for all sources, which are then looked at together.
 *
 * @param least rows that have one sign, at least: products of rows so far apart hang on each other
 */
export function randomSigns(rows: number, seed: number, least = 1): Signs {
  const stretch = Math.max(least, Math.ceil(rows / MOST_STRETCHES));
  const draws = Array.from({ length: DRAWS }, (_, draw) => {
    const { uniform } = stream(seed, 141, draw);
    return Float64Array.from({ length: Math.ceil(rows / stretch) }, () => (uniform() < 0.5 ? -1 : 1));
  });
  return { stretch, draws };
}

/** The evidence of a source at one lag, and what random signs make of it. */
export interface SeenEvidence {
  seen: number;
  drawn: number[];
}

/** Looks at a source of a target, at the rows of the target. */
export function lookAt(signs: Signs, target: FreedTarget, source: KnownColumn): SeenEvidence {
  const products = productsOf(target, source, signs);
  const drawn = signs.draws.map((own) =>
    evidenceOf(
      products.map(({ sums, chance }) => {
        let total = 0;
        for (let k = 0; k < sums.length; k++) total += own[k] * sums[k];
        return total / chance;
      }),
    ),
  );
  return { seen: evidenceOf(products.map(({ value }) => value)), drawn };
}

/** p-values of sources, each of which was looked at at one or more lags. */
export function sourceEvidence(found: ReadonlyArray<readonly SeenEvidence[]>): SourceEvidence[] {
  const largest = found.map((lags) => largestOf(lags.map(({ drawn }) => drawn)));
  const ofAll = largestOf(largest);
  return found.map((lags, at) => {
    const most = lags.reduce((value, { seen }) => Math.max(value, seen), -Infinity);
    return {
      lags: lags.map(({ seen, drawn }) => ({
        logP: logAmong(seen, drawn, LEAST_IN_TIME),
        familyLogP: logAmong(seen, ofAll, LEAST_IN_TIME),
        evidence: seen,
      })),
      logP: logAmong(most, largest[at], LEAST_IN_TIME),
      familyLogP: logAmong(most, ofAll, LEAST_IN_TIME),
    };
  });
}

/** The largest of several lists at every place. */
function largestOf(lists: ReadonlyArray<readonly number[]>): number[] {
  if (lists.length === 0) return [];
  return lists[0].map((_, draw) => lists.reduce((most, list) => Math.max(most, list[draw]), -Infinity));
}

/** A product of what is left of two functions. */
interface Product {
  /** Its sum over its standard deviation. */
  value: number;
  /** Over stretches of rows, and the standard deviation of what signs make of them. */
  sums: Float64Array;
  chance: number;
}

function productsOf(target: FreedTarget, source: KnownColumn, { stretch, draws }: Signs): Product[] {
  const { rows } = target;
  const plain = columnFunctions(source.coded, source.kind, FUNCTIONS);
  if (plain.length === 0) return [];
  const [first] = plain;
  // Least squares leave less than the noise is, of both.
  const scale = Math.sqrt(1 - target.used / target.n);
  const weighted = target.weights.map((weight) => weight.map((value, row) => value * first[row]));
  const freed = target.free([...plain, ...weighted]);
  return target.rest.flatMap((ofTarget) =>
    freed.flatMap((ofSource): Product[] => {
      const sums = new Float64Array(draws[0].length);
      let [sum, squares] = [0, 0];
      for (let row = 0; row < target.n; row++) {
        const product = ofTarget[row] * ofSource[row];
        sum += product;
        squares += product * product;
        sums[Math.floor((rows?.[row] ?? row) / stretch)] += product;
      }
      const chance = Math.sqrt(sums.reduce((total, value) => total + value * value, 0));
      // Nothing is left of a function that is told by what is given.
      return squares > NOTHING * target.n ? [{ value: (scale * sum) / chance, sums, chance }] : [];
    }),
  );
}

const NOTHING = 1e-12;

/** Share of lines in the average, and the variance of a product beside the 1 that chance gives it. */
const LINES = 0.5;
const VARIANCE = 12;

/** ln of an average likelihood ratio: each alternative is one product that is no chance; lines count most. */
function evidenceOf(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const others = values.length - 1;
  const terms = values.map((value, k) => {
    const share = others === 0 ? 1 : k === 0 ? LINES : (1 - LINES) / others;
    return Math.log(share) + 0.5 * ((value * value * VARIANCE) / (1 + VARIANCE) - Math.log1p(VARIANCE));
  });
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}
