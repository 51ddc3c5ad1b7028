/**
 * Coordinates of two variables. Invertible maps of X alone and of Y alone leave their mutual information as it is,
 * but not what a vine with pair copulas that do not change with their conditions can see of it.
 */

import type { Task } from "../engine/task.js";
import { mirror, project, symmetricEigen } from "../numerics/linear.js";
import { centred, correlation } from "../numerics/moments.js";
import { foldsOf, stream } from "../numerics/random.js";
import { canonicalVariates, type Variates } from "./canonical.js";
import type { Worth } from "./families.js";
import { expand, type FeatureKind, type Features } from "./features.js";
import { nearestMeans, nearestRows } from "./nearest.js";

/** What coordinates a vine was built in. */
export type BasisName = "given" | "whitened" | "canonical" | "nonlinear" | "neighbours";

/** Coordinates of both variables, from the innermost of the vine to the outermost. */
export interface Basis {
  name: BasisName;
  x: Coordinate[];
  y: Coordinate[];
  /** What chance has added to the dependence of coordinates that were found on the same rows, and taken from others: nats. */
  optimism: number;
  /** Whether the innermost pair is known to depend. */
  sure?: boolean;
}

/** One coordinate. */
export interface Coordinate {
  /** `x3` (a column), `f1` (a canonical variate of X; `g1` of Y), `x3 | f` (what variates leave of a column), `p1` (principal component). */
  label: string;
  values: Float64Array;
}

/** Columns of one variable with their positions as given. */
export interface Columns {
  letter: "x" | "y" | "z";
  index: readonly number[];
  scores: readonly Float64Array[];
}

/** How a basis is made. */
export interface BasisSettings {
  seed: number;
  /** Coordinates a side at most, but for canonical variates; the least dependent are left out. */
  most: number;
}

/** Coordinates a side that stay even where none tells anything. */
const LEAST = 2;

/**
 * The columns themselves, in the order of their dependence.
 *
 * @param innermost the pair that shares most: its share is then part of the sum, whatever the copulas of the others
 */
export function givenBasis(
  x: Columns,
  y: Columns,
  { most }: BasisSettings,
  innermost?: { i: number; j: number },
): Basis {
  const coordinates = (side: Columns) =>
    side.scores.map((values, k) => ({ label: `${side.letter}${side.index[k]}`, values }));
  const order = ordered(coordinates(x), coordinates(y), { most, least: LEAST, innermost });
  return { name: "given", optimism: 0, sure: innermost !== undefined, ...order };
}

/** Bases of combinations of the columns, the simplest first. */
export const FOUND = ["whitened", "canonical", "nonlinear", "neighbours"] as const;
export type FoundBasis = (typeof FOUND)[number];

/** What bases are made of. */
export interface Materials {
  x: Columns;
  y: Columns;
  settings: BasisSettings;
}

interface Looked extends Materials {
  name: FoundBasis;
  /** The best family of nonlinear functions, for the basis of that name; undefined where none beats the linear ones. */
  family?: Worth | undefined;
}

/** Looks for a basis; undefined where there is none that holds on other rows. */
export const BASIS: Task<Looked, Basis | undefined> = {
  name: "basis",
  run: ({ name, x, y, settings, family }) => MAKERS[name](x, y, settings, family),
};

type Maker = (
  x: Columns,
  y: Columns,
  settings: BasisSettings,
  family: Worth | undefined,
) => Basis | undefined;

const MAKERS: Record<FoundBasis, Maker> = {
  whitened: whitenedBasis,
  canonical: canonicalBasis,
  nonlinear: nonlinearBasis,
  neighbours: neighboursBasis,
};

/** Principal components of the normal scores, in the order of their dependence. */
function whitenedBasis(x: Columns, y: Columns, { most }: BasisSettings): Basis {
  return { name: "whitened", optimism: 0, ...ordered(principal(x), principal(y), { most, least: LEAST }) };
}

/** Folds of the rows by which variates are found, and of very many rows. */
const FOLDS = 5;
const FEW_FOLDS = { rows: 4000, folds: 3 };

/** Canonical variates of the normal scores, strongest pair innermost, then what they leave of the columns. */
function canonicalBasis(x: Columns, y: Columns, settings: BasisSettings): Basis | undefined {
  const { seed } = settings;
  const fold = foldsOf(x.scores[0].length, seed, FOLDS);
  const random = stream(seed, 11);
  const kind: FeatureKind = { degree: 1, ridge: 1e-6 };
  const [fx, fy] = [expand(x.scores, kind, random), expand(y.scores, kind, random)];
  const most = Math.min(x.scores.length, y.scores.length);
  const search = { ridge: kind.ridge, folds: FOLDS, most, independent: false };
  return withVariates("canonical", x, y, canonicalVariates(fx, fy, fold, search, random), settings);
}

/**
 * Canonical variates among nonlinear functions of the normal scores.
 *
 * @param family that of the functions; undefined where none beats the linear ones
 */
function nonlinearBasis(
  x: Columns,
  y: Columns,
  settings: BasisSettings,
  family: Worth | undefined,
): Basis | undefined {
  if (family === undefined) return undefined;
  const { seed } = settings;
  const { kind, count } = family;
  const n = x.scores[0].length;
  const random = stream(seed, 23);
  const [fx, fy]: Features[] = [expand(x.scores, kind, random), expand(y.scores, kind, random)];
  const folds = n > FEW_FOLDS.rows ? FEW_FOLDS.folds : FOLDS;
  const search = { ridge: kind.ridge, folds, most: count, independent: true };
  const variates = canonicalVariates(fx, fy, foldsOf(n, seed, folds), search, random);
  return withVariates("nonlinear", x, y, variates, settings);
}

/** Columns a side up to which rows have neighbours. */
const FEW = 4;

/** What the nearest rows in the columns of a side tell of those of the other side; undefined where it is next to nothing. */
function neighboursBasis(x: Columns, y: Columns, settings: BasisSettings): Basis | undefined {
  const [fx, fy] = [toldBy(x, y), toldBy(y, x)];
  if (fx === undefined && fy === undefined) return undefined;
  const count = Math.max(fx?.length ?? 0, fy?.length ?? 0);
  const lead = (side: Columns, told: Float64Array[] | undefined) => told ?? side.scores.slice(0, count);
  return withVariates("neighbours", x, y, { x: lead(x, fx), y: lead(y, fy), optimism: 0 }, settings);
}

/** Predictions of the columns of one side by the neighbours in the other one's. */
function toldBy({ scores }: Columns, of: Columns): Float64Array[] | undefined {
  if (scores.length < 2 || scores.length > FEW || of.scores.length > FEW) return undefined;
  const nearest = nearestRows(scores);
  const told = of.scores.slice(0, scores.length).map((target) => nearestMeans(target, nearest));
  const least = 3 / Math.sqrt(scores[0].length);
  return told.some((values, k) => correlation(values, of.scores[k]) > least) ? told : undefined;
}

/** Variates innermost, then the columns that they determine least, less their regression on them. */
function withVariates(
  name: BasisName,
  x: Columns,
  y: Columns,
  variates: Variates,
  { most }: BasisSettings,
): Basis | undefined {
  const count = variates.x.length;
  if (count === 0) return undefined;
  const lead = (letter: string, list: readonly Float64Array[]) =>
    list.map((values, k) => ({ label: `${letter}${k + 1}`, values }));
  const rest = ordered(remainder(x, variates.x, "f"), remainder(y, variates.y, "g"), {
    most: Math.max(most - count, 0),
    least: 0,
  });
  return {
    name,
    optimism: variates.optimism,
    x: [...lead("f", variates.x), ...rest.x],
    y: [...lead("g", variates.y), ...rest.y],
  };
}

/**
 * What variates leave of the columns. As many columns as there are variates are left out, those that the others
 * and the variates determine best, so that the new coordinates are as many as the old ones.
 */
export function remainder(side: Columns, variates: readonly Float64Array[], letter: string): Coordinate[] {
  const directions = orthogonal(variates);
  const left = side.scores.map((column) => residual(column, directions));
  const keep = Math.max(0, left.length - variates.length);
  const work = left.map((column) => column.slice());
  const chosen: number[] = [];
  while (chosen.length < keep) {
    let [best, most] = [-1, -1];
    work.forEach((column, k) => {
      if (chosen.includes(k)) return;
      const square = column.reduce((sum, v) => sum + v * v, 0);
      if (square > most) [best, most] = [k, square];
    });
    chosen.push(best);
    const pivot = work[best].slice();
    work.forEach((column, k) => {
      if (!chosen.includes(k)) subtractProjection(column, pivot);
    });
  }
  return chosen
    .sort((a, b) => a - b)
    .map((k) => ({ label: `${side.letter}${side.index[k]} | ${letter}`, values: left[k] }));
}

/** Centred columns less their least-squares fit by those before them (Gram and Schmidt). */
export function orthogonal(columns: readonly Float64Array[]): Float64Array[] {
  const directions: Float64Array[] = [];
  for (const column of columns) directions.push(residual(column, directions));
  return directions;
}

/** A column less its mean and its least-squares fit by orthogonal directions. */
export function residual(column: Float64Array, directions: readonly Float64Array[]): Float64Array {
  const rest = centred(column);
  for (const direction of directions) subtractProjection(rest, direction);
  return rest;
}

function subtractProjection(column: Float64Array, direction: Float64Array): void {
  let [dot, square] = [0, 0];
  for (let k = 0; k < column.length; k++) {
    dot += column[k] * direction[k];
    square += direction[k] ** 2;
  }
  if (square <= 1e-12 * column.length) return;
  for (let k = 0; k < column.length; k++) column[k] -= (dot / square) * direction[k];
}

function principal(side: Columns): Coordinate[] {
  const d = side.scores.length;
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) matrix[i * d + j] = correlation(side.scores[i], side.scores[j]);
  }
  mirror(matrix, d);
  const { vectors } = symmetricEigen(matrix, d);
  return Array.from({ length: d }, (_, c) => {
    const along = Float64Array.from({ length: d }, (_, i) => vectors[i * d + c]);
    return { label: `${side.letter === "x" ? "p" : "q"}${c + 1}`, values: project(side.scores, along) };
  });
}

/**
 * Both lists with the most dependent pairs first: again and again the pair, among the coordinates left, with the
 * largest correlation of themselves or of their squares.
 *
 * Of lists longer than `most`, only coordinates stay whose largest correlation could not come from looking at so
 * many; else the largest of many chance dependences would be chosen and added up.
 */
function ordered(
  x: Coordinate[],
  y: Coordinate[],
  { most, least, innermost }: { most: number; least: number; innermost?: { i: number; j: number } },
): { x: Coordinate[]; y: Coordinate[] } {
  const squares = (list: readonly Coordinate[]) =>
    list.map(({ values }) => centred(values).map((v) => v * v));
  const [sx, sy] = [squares(x), squares(y)];
  const strengths: { i: number; j: number; strength: number }[] = [];
  x.forEach(({ values }, i) => {
    y.forEach((other, j) => {
      const strength = Math.max(
        Math.abs(correlation(values, other.values)),
        Math.abs(correlation(sx[i], sy[j])),
        innermost?.i === i && innermost.j === j ? Number.POSITIVE_INFINITY : 0,
      );
      strengths.push({ i, j, strength });
    });
  });
  strengths.sort((a, b) => b.strength - a.strength || a.i - b.i || a.j - b.j);
  const [orderX, orderY]: [number[], number[]] = [[], []];
  for (const { i, j } of strengths) {
    if (orderX.includes(i) || orderY.includes(j)) continue;
    orderX.push(i);
    orderY.push(j);
  }
  // The longer list has coordinates left: by their strongest tie to anything on the other side.
  for (const { i, j } of strengths) {
    if (!orderX.includes(i)) orderX.push(i);
    if (!orderY.includes(j)) orderY.push(j);
  }
  if (x.length === 0) orderY.push(...y.keys());
  if (y.length === 0) orderX.push(...x.keys());
  if (Math.max(x.length, y.length) > most) {
    const n = [...x, ...y][0].values.length;
    // Exceeded by the largest of so many independent correlations once in twenty times, at most.
    const limit = Math.sqrt((2 * Math.log(40 * Math.max(strengths.length, 1))) / n);
    const tied = strengths.filter(({ strength }) => strength > limit);
    const cut = (list: number[], of: (pair: { i: number; j: number }) => number): number[] => {
      const significant = new Set(tied.map(of));
      return list.filter((k, place) => place < least || significant.has(k)).slice(0, most);
    };
    return {
      x: cut(orderX, ({ i }) => i).map((i) => x[i]),
      y: cut(orderY, ({ j }) => j).map((j) => y[j]),
    };
  }
  return { x: orderX.map((i) => x[i]), y: orderY.map((j) => y[j]) };
}
