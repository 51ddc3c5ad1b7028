/**
 * A critic given as a square table over the copula square, rows v, columns u, of any size. Cell k along an axis
 * has its centre at (k + ½) / size; between centres the critic is bilinear, beyond the outermost ones constant.
 */
import { np, type Tensor } from "../runtime/jax.js";

/**
 * Weights with which positions read the cells of one axis: linear interpolation. Along the last axis they sum
 * to 1.
 *
 * @param position in (0, 1), [B, P]
 * @returns [B, P, size]
 */
function readingWeights(position: Tensor, size: number): Tensor {
  const [batch, points] = position.shape;
  const place = np.clip(position.mul(size).sub(0.5), 0, size - 1).reshape([batch, points, 1]);
  const cells = np.array(Array.from({ length: size }, (_, k) => k)).reshape([1, 1, size]);
  const offset = place.sub(cells);
  return np.maximum(np.minimum(offset.ref.add(1), offset.neg().add(1)), 0);
}

/**
 * Mass of a sample on the table: reading θ at every point by bilinear interpolation and taking the mean is
 * the inner product of θ and this mass.
 *
 * @param points (u, v) in (0, 1)², [B, P, 2]
 * @returns [B, size, size], sum 1
 */
export function sampleMass(points: Tensor, size: number): Tensor {
  const [batch, count] = points.shape;
  const axis = (k: number): Tensor =>
    points.ref.slice([0, batch], [0, count], [k, k + 1]).reshape([batch, count]);
  const columns = readingWeights(axis(0), size);
  const rows = readingWeights(axis(1), size);
  points.dispose();
  return np.matmul(rows.transpose([0, 2, 1]), columns.mul(1 / count));
}

/**
 * Mass on a table of another size: each cell's mass is taken to lie at its centre.
 *
 * @param mass [B, S, S]
 * @returns [B, size, size], the same sum
 */
export function resampleMass(mass: Tensor, size: number): Tensor {
  const [batch, from] = mass.shape;
  if (from === size) return mass;
  const centres = np.array(Array.from({ length: from }, (_, k) => (k + 0.5) / from)).reshape([1, from]);
  const weights = readingWeights(centres, size).reshape([from, size]);
  const turn = (t: Tensor): Tensor => t.transpose([0, 2, 1]);
  const halfway = np.matmul(mass, weights.ref).reshape([batch, from, size]);
  return turn(np.matmul(turn(halfway), weights));
}

/** How many standard deviations the blur reaches. */
const REACH = 3;

/**
 * Blur of one axis as a matrix [size, size], row by row: a Gaussian kernel, cut at three standard deviations.
 * Every row sums to 1, so that a constant table stays as it is up to its border.
 *
 * @param deviation standard deviation of the kernel, in cells, above 0
 */
export function blurMatrix(size: number, deviation: number): number[][] {
  return Array.from({ length: size }, (_, i) => {
    const row = Array.from({ length: size }, (_, j) => {
      const distance = Math.abs(i - j) / deviation;
      return distance <= REACH ? Math.exp(-0.5 * distance ** 2) : 0;
    });
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((weight) => weight / sum);
  });
}

/**
 * A table under a Gaussian blur: two passes of one axis each, as products with constant matrices.
 *
 * @param table [B, size, size]
 * @param deviation in cells; 0 leaves the table as it is
 */
export function blur(table: Tensor, deviation: number): Tensor {
  if (deviation === 0) return table;
  const [, size] = table.shape;
  const kernel = np.array(blurMatrix(size, deviation)).transpose([1, 0]);
  const turn = (t: Tensor): Tensor => t.transpose([0, 2, 1]);
  return turn(np.matmul(turn(np.matmul(table, kernel.ref)), kernel));
}
