/** What strata have in common: the quadratic form of the sums of observed less expected counts. */

import { cholesky, solveLower } from "../numerics/cholesky.js";
import { logGammaTail } from "../numerics/gamma.js";
import type { Layer } from "./layers.js";

/** Degrees of freedom at most, on the work of a permutation. */
const MOST_FREEDOM = 64;
/** The variance of a count from which it is about normal. */
const LEAST_VARIANCE = 3;

/** The form, with the covariance of the counts under independence within the strata. */
export class CommonForm {
  /** Whether all counts are about normal. */
  readonly smooth: boolean;
  readonly #width: number;
  readonly #height: number;
  readonly #lower: Float64Array;
  readonly #expected: Float64Array;
  readonly #rank: number;

  /** Undefined where there are too many levels, or no count can differ. */
  static of(layers: readonly Layer[]): CommonForm | undefined {
    const levels = (of: (layer: Layer) => Uint32Array): number =>
      new Set(layers.flatMap((l) => [...of(l)])).size;
    const [a, b] = [levels(({ levelX }) => levelX), levels(({ levelY }) => levelY)];
    if ((a - 1) * (b - 1) > MOST_FREEDOM) return undefined;
    const form = new CommonForm(layers);
    return form.#rank > 0 ? form : undefined;
  }

  private constructor(layers: readonly Layer[]) {
    const largest = (of: (layer: Layer) => Uint32Array): number =>
      layers.reduce((most, layer) => of(layer).reduce((a, b) => Math.max(a, b), most), 0);
    // The counts of the last level of either side follow from the others.
    this.#height = largest(({ levelX }) => levelX);
    this.#width = largest(({ levelY }) => levelY);
    const size = this.#height * this.#width;
    const covariance = new Float64Array(size * size);
    this.#expected = new Float64Array(size);
    for (const layer of layers) this.#add(layer, covariance);
    const variances = Float64Array.from({ length: size }, (_, k) => covariance[k * size + k]);
    this.smooth = variances.every((variance) => variance === 0 || variance >= LEAST_VARIANCE);
    const mean = variances.reduce((sum, variance) => sum + variance, 0) / Math.max(1, size);
    this.#lower = cholesky(covariance, size, 1e-9 * mean + Number.MIN_VALUE);
    this.#rank = variances.reduce(
      (count, _, k) => count + (this.#lower[k * size + k] ** 2 > 1e-6 * mean ? 1 : 0),
      0,
    );
    if (mean === 0) this.#rank = 0;
  }

  #add({ table, levelX, levelY }: Layer, covariance: Float64Array): void {
    const { n, rows, columns } = table;
    const [height, width] = [this.#height, this.#width];
    const size = height * width;
    rows.forEach((r, i) => {
      columns.forEach((s, j) => {
        if (levelX[i] >= height || levelY[j] >= width) return;
        const at = levelX[i] * width + levelY[j];
        this.#expected[at] += (r * s) / n;
        rows.forEach((q, k) => {
          columns.forEach((t, l) => {
            if (levelX[k] >= height || levelY[l] >= width) return;
            const [a, b] = [i === k ? r * (n - r) : -r * q, j === l ? s * (n - s) : -s * t];
            covariance[at * size + levelX[k] * width + levelY[l]] += (a * b) / (n * n * (n - 1));
          });
        });
      });
    });
  }

  /** ln of the tail of a χ² law at the form of the layers as they are. */
  logTail(layers: readonly Layer[]): number {
    const width = this.#width;
    const left = this.#expected.map((expected) => -expected);
    for (const { x, y, levelX, levelY } of layers) {
      for (let k = 0; k < x.length; k++) {
        const [i, j] = [levelX[x[k]], levelY[y[k]]];
        if (i < this.#height && j < width) left[i * width + j]++;
      }
    }
    solveLower(this.#lower, left.length, left, 1);
    const form = left.reduce((sum, value) => sum + value * value, 0);
    return logGammaTail(this.#rank / 2, form / 2);
  }
}
