/** Functions of several variables among which canonical variates are looked for. */

import { inverse } from "../copula/index.js";
import { mean, squaresAbout } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { type Stream, shuffled } from "../numerics/random.js";

/** A family of functions of the columns of one variable. */
export interface FeatureKind {
  /** Bumps exp(−‖z − c‖²/(2 · width² · d)) around rows c, or none. */
  bumps?: number;
  /** Products of columns up to this degree. */
  degree: 1 | 2 | 3;
  /**
   * Waves of the distance from the middle that every column is multiplied by: linear maps that change with that distance, as where a
   * plane is turned the more the farther out. Default none.
   */
  turns?: number;
  /** Waves of the distance from the middle. Default none. */
  radii?: number;
  /** Added to the diagonal of the correlation matrix of the functions. */
  ridge: number;
  /**
   * Deviations beyond which a function does not grow: products have rows far out, which would rule the sums of squares.
   * Default 4.
   */
  farthest?: number;
}

/** Values of functions, rows × count, row-major, each with mean 0 and deviation 1 before the farthest are pulled in. */
export interface Features {
  values: Float64Array;
  count: number;
}

const MOST_BUMPS = 80;
/** Products of columns and waves, at most. */
const MOST_TURNED = 96;
/** Rows a bump, at least. */
const ROWS_A_BUMP = 12;

/** In few dimensions rows are near each other, and narrow bumps still hold some. */
const NARROW = { bumps: 0.5, most: 6 };
/** Products of columns beyond this number cost more than they tell. */
const MOST_PRODUCTS = 70;

/** Number of products of `width` columns up to a degree. */
export function monomials(width: number, degree: number): number {
  if (degree === 1) return width;
  const squares = width + (width * (width + 1)) / 2;
  return degree === 2 ? squares : squares + (width * (width + 1) * (width + 2)) / 6;
}

/** The family with as many products as are affordable for that many columns. */
export function affordable(kind: FeatureKind, width: number): FeatureKind {
  const degree = ([3, 2, 1] as const).find((k) => k <= kind.degree && monomials(width, k) <= MOST_PRODUCTS);
  const bumps = kind.bumps !== undefined && width <= NARROW.most ? NARROW.bumps : kind.bumps;
  return { ...kind, bumps, degree: degree ?? 1 };
}

/**
 * The functions of a family at all rows.
 *
 * @param columns normal scores, or other columns with deviations of about 1
 */
export function expand(columns: readonly Float64Array[], kind: FeatureKind, random: Stream): Features {
  const n = columns[0].length;
  const centres = kind.bumps === undefined ? [] : centresAmong(n, random);
  const turns = Math.min(kind.turns ?? 0, Math.floor(MOST_TURNED / columns.length));
  const { radii = 0 } = kind;
  const most = monomials(columns.length, kind.degree) + centres.length + radii + turns * columns.length;
  const features = new FeatureTable(n, most, kind.farthest ?? FARTHEST);
  for (const column of columns) features.add(column);
  const distance = outwardWaves(columns, Math.max(radii, turns));
  distance.forEach((wave, k) => {
    if (k < radii) features.add(wave);
    if (k < turns) for (const column of columns) features.add(column.map((value, row) => value * wave[row]));
  });
  if (kind.degree > 1) addProducts(columns, kind.degree, features);
  for (const centre of centres) addBump(columns, centre, kind.bumps as number, features);
  return features.finished();
}

/** Functions one after the other, standardised as they come: what is kept of each is its column of the table alone. */
class FeatureTable {
  readonly #values: Float64Array;
  #count = 0;
  /** Where the next function may be computed. */
  readonly scratch: Float64Array;

  constructor(
    private readonly n: number,
    private readonly most: number,
    private readonly farthest: number,
  ) {
    this.#values = new Float64Array(n * most);
    this.scratch = new Float64Array(n);
  }

  /** Adds a function, unless it is constant. */
  add(column: Float64Array): void {
    const { n, farthest } = this;
    const middle = mean(column);
    const deviation = Math.sqrt(squaresAbout(column, middle) / n);
    if (deviation < 1e-9) return;
    let at = this.#count++;
    for (let row = 0; row < n; row++, at += this.most) {
      this.#values[at] = Math.max(-farthest, Math.min(farthest, (column[row] - middle) / deviation));
    }
  }

  finished(): Features {
    const [count, { n, most }] = [this.#count, this];
    if (count === most) return { values: this.#values, count };
    const values = new Float64Array(n * count);
    for (let row = 0; row < n; row++) {
      values.set(this.#values.subarray(row * most, row * most + count), row * count);
    }
    return { values, count };
  }
}

function addProducts(columns: readonly Float64Array[], degree: number, features: FeatureTable): void {
  const { scratch } = features;
  columns.forEach((a, i) => {
    for (let j = i; j < columns.length; j++) {
      const square = a.map((value, row) => value * columns[j][row]);
      features.add(square);
      if (degree < 3) continue;
      for (let k = j; k < columns.length; k++) {
        const other = columns[k];
        for (let row = 0; row < scratch.length; row++) scratch[row] = square[row] * other[row];
        features.add(scratch);
      }
    }
  });
}

/** Cosines of the share of rows that are nearer to the middle. */
function outwardWaves(columns: readonly Float64Array[], count: number): Float64Array[] {
  if (count === 0) return [];
  const squares = new Float64Array(columns[0].length);
  for (const column of columns)
    for (let row = 0; row < squares.length; row++) squares[row] += column[row] ** 2;
  const ranks = inverse(order(squares));
  return Array.from({ length: count }, (_, k) =>
    Float64Array.from(ranks, (rank) => Math.cos(((k + 1) * Math.PI * (rank + 0.5)) / ranks.length)),
  );
}

function centresAmong(n: number, random: Stream): Uint32Array {
  return shuffled(n, random).subarray(0, Math.min(MOST_BUMPS, Math.floor(n / ROWS_A_BUMP)));
}

function addBump(
  columns: readonly Float64Array[],
  centre: number,
  width: number,
  features: FeatureTable,
): void {
  const { scratch } = features;
  scratch.fill(0);
  for (const column of columns) {
    const at = column[centre];
    for (let row = 0; row < scratch.length; row++) scratch[row] += (column[row] - at) ** 2;
  }
  const scale = -1 / (2 * width * width * columns.length);
  for (let row = 0; row < scratch.length; row++) scratch[row] = Math.exp(scale * scratch[row]);
  features.add(scratch);
}

const FARTHEST = 4;
