/** Gaussian blur of square fields. */

/** Blurs fields of one size by one width. The blur is its own adjoint. */
export class Blur {
  readonly #size: number;
  readonly #weights: Float64Array;

  /**
   * @param size side of the fields
   * @param width standard deviation in pixels
   */
  constructor(size: number, width: number) {
    this.#size = size;
    const reach = Math.ceil(3 * width);
    const weights = Float64Array.from({ length: reach + 1 }, (_, d) => Math.exp(-0.5 * (d / width) ** 2));
    const total = weights.reduce((sum, w, d) => sum + (d === 0 ? w : 2 * w), 0);
    this.#weights = weights.map((w) => w / total);
  }

  /** The field blurred, with nothing beyond its edges. */
  apply(field: Float64Array): Float64Array {
    const size = this.#size;
    const [along, result] = [new Float64Array(field.length), new Float64Array(field.length)];
    for (const [d, weight] of this.#weights.entries()) {
      for (const shift of d === 0 ? [0] : [d, -d]) {
        const [first, last] = [Math.max(0, -shift), Math.min(size, size - shift)];
        for (let row = 0; row < size; row++) {
          const at = row * size;
          for (let x = first; x < last; x++) along[at + x] += weight * field[at + x + shift];
        }
      }
    }
    for (const [d, weight] of this.#weights.entries()) {
      for (const shift of d === 0 ? [0] : [d, -d]) {
        const offset = shift * size;
        const [first, last] = [Math.max(0, -offset), Math.min(field.length, field.length - offset)];
        for (let at = first; at < last; at++) result[at] += weight * along[at + offset];
      }
    }
    return result;
  }
}
