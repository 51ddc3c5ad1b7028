/** The linear algebra of canonical analysis: small dense matrices, row-major; projections of columns. */

/** The transpose of a rows × columns matrix. */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j];
  }
  return result;
}

/** Copies the lower triangle of a symmetric matrix into its upper one. */
export function mirror(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) a[j * size + i] = a[i * size + j];
}

/** A · B for a rows × inner and an inner × columns matrix. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): Float64Array {
  const turned = transpose(b, inner, columns);
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) sum += a[i * inner + k] * turned[j * inner + k];
      result[i * columns + j] = sum;
    }
  }
  return result;
}

/** Makes the columns of a rows × columns matrix orthonormal, from the first to the last (Gram and Schmidt, twice). */
export function orthonormalize(a: Float64Array, rows: number, columns: number): void {
  for (let c = 0; c < columns; c++) {
    // Once more: what rounding left of the earlier columns is taken away too.
    for (let pass = 0; pass < 2; pass++) {
      for (let b = 0; b < c; b++) {
        let dot = 0;
        for (let i = 0; i < rows; i++) dot += a[i * columns + b] * a[i * columns + c];
        for (let i = 0; i < rows; i++) a[i * columns + c] -= dot * a[i * columns + b];
      }
    }
    let square = 0;
    for (let i = 0; i < rows; i++) square += a[i * columns + c] ** 2;
    const scale = square > 1e-300 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < rows; i++) a[i * columns + c] *= scale;
  }
}

/** Leading singular values with their vectors: M v_c = σ_c u_c. */
export interface Singular {
  values: Float64Array;
  /** rows × count. */
  left: Float64Array;
  /** columns × count. */
  right: Float64Array;
}

/** Rounds of the subspace iteration. */
const ROUNDS = 16;
/** Columns iterated beside those asked for: the error falls with the ratio to the first one left out. */
const SPARE = 4;

/**
 * The leading singular triplets of a rows × columns matrix by subspace iteration.
 *
 * @param random numbers in (0, 1) for the start
 * @param count at most min(rows, columns)
 */
export function leadingSingular(
  m: Float64Array,
  rows: number,
  columns: number,
  count: number,
  random: () => number,
): Singular {
  const width = Math.min(count + SPARE, rows, columns);
  const turned = transpose(m, rows, columns);
  let right = Float64Array.from({ length: columns * width }, () => random() - 0.5);
  orthonormalize(right, columns, width);
  let left: Float64Array = new Float64Array(rows * width);
  for (let round = 0; round < ROUNDS; round++) {
    left = multiply(m, right, rows, columns, width);
    orthonormalize(left, rows, width);
    right = multiply(turned, left, columns, rows, width) as Float64Array<ArrayBuffer>;
    if (round < ROUNDS - 1) orthonormalize(right, columns, width);
  }
  // Mᵀ U = V Σ up to a rotation of the subspace: the eigenvectors of (MᵀU)ᵀ(MᵀU) turn it.
  const gram = multiply(transpose(right, columns, width), right, width, columns, width);
  const { values, vectors } = symmetricEigen(gram, width);
  const sigma = values.map((value) => Math.sqrt(Math.max(value, 0)));
  const turnedLeft = multiply(left, vectors, rows, width, width);
  const turnedRight = multiply(right, vectors, columns, width, width);
  const take = (a: Float64Array, size: number, scale: (c: number) => number): Float64Array => {
    const out = new Float64Array(size * count);
    for (let i = 0; i < size; i++) {
      for (let c = 0; c < Math.min(count, width); c++) out[i * count + c] = scale(c) * a[i * width + c];
    }
    return out;
  };
  return {
    values: Float64Array.from({ length: count }, (_, c) => sigma[c] ?? 0),
    left: take(turnedLeft, rows, () => 1),
    right: take(turnedRight, columns, (c) => (sigma[c] > 1e-150 ? 1 / sigma[c] : 0)),
  };
}

const SWEEPS = 60;

/**
 * All eigenvalues, descending, and eigenvectors (columns) of a symmetric matrix by Jacobi's rotations (Golub & Van
 * Loan, Matrix Computations, 8.5).
 */
export function symmetricEigen(
  matrix: Float64Array,
  size: number,
): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let off = 0;
    let diagonal = 0;
    for (let i = 0; i < size; i++) {
      diagonal += a[i * size + i] ** 2;
      for (let j = 0; j < i; j++) off += a[i * size + j] ** 2;
    }
    if (off <= 1e-30 * (diagonal + off)) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, k) => k).sort(
    (i, j) => a[j * size + j] - a[i * size + i] || i - j,
  );
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    for (let i = 0; i < size; i++) vectors[i * size + to] = v[i * size + from];
  });
  return { values: Float64Array.from(order, (k) => a[k * size + k]), vectors };
}

/** One rotation: a_pq becomes zero. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q];
  if (apq === 0) return;
  const theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) {
    const akp = a[k * size + p];
    const akq = a[k * size + q];
    a[k * size + p] = c * akp - s * akq;
    a[k * size + q] = s * akp + c * akq;
  }
  for (let k = 0; k < size; k++) {
    const apk = a[p * size + k];
    const aqk = a[q * size + k];
    a[p * size + k] = c * apk - s * aqk;
    a[q * size + k] = s * apk + c * aqk;
    const vkp = v[k * size + p];
    const vkq = v[k * size + q];
    v[k * size + p] = c * vkp - s * vkq;
    v[k * size + q] = s * vkp + c * vkq;
  }
}

/** Σ along_k · column_k: columns projected on a direction. */
export function project(columns: readonly Float64Array[], along: ArrayLike<number>): Float64Array {
  const result = new Float64Array(columns[0].length);
  columns.forEach((column, k) => {
    const weight = along[k];
    for (let row = 0; row < result.length; row++) result[row] += weight * column[row];
  });
  return result;
}
