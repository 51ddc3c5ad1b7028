/**
 * Position of a new value among the sorted values of a sample. A table of equal buckets over the sample's
 * bulk leads to within a step or two of the place, so a look-up takes constant time on average; a bisection
 * inside the bucket makes it exact for any sample.
 */

/** Share of the sample on either side that the buckets leave to the outermost two. */
const OUTER = 0.02;

/** The empirical distribution function of one sample at a time; load another to reuse the memory. */
export class EmpiricalCdf {
  private sorted: Float64Array = new Float64Array(0);
  private size = 0;
  private starts = new Uint32Array(2);
  private buckets = 1;
  private low = 0;
  private scale = 0;

  /** Takes the first n values, sorted ascending. They are read until the next load, not copied. */
  load(sorted: Float64Array, n: number): this {
    this.sorted = sorted;
    this.size = n;
    this.buckets = n;
    if (this.starts.length < n + 1) this.starts = new Uint32Array(2 * n + 1);
    const outer = Math.floor(OUTER * n);
    this.low = sorted[outer];
    const width = sorted[n - 1 - outer] - this.low;
    this.scale = width > 0 ? n / width : 0;
    const { starts, buckets } = this;
    let filled = 0;
    for (let i = 0; i < n; i++) {
      const bucket = this.bucket(sorted[i]);
      while (filled <= bucket) starts[filled++] = i;
    }
    while (filled <= buckets) starts[filled++] = n;
    return this;
  }

  private bucket(x: number): number {
    const position = (x - this.low) * this.scale;
    if (!(position > 0)) return 0;
    return position < this.buckets - 1 ? Math.floor(position) : this.buckets - 1;
  }

  /** Number of sample values below x. */
  below(x: number): number {
    const { sorted, starts } = this;
    const bucket = this.bucket(x);
    let low = starts[bucket];
    let high = starts[bucket + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < x) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Pseudo-observation of x in (0, 1): (number below + share of the gap) / (n + 1). Each of the n + 1 gaps
   * holds 1 / (n + 1) of the mass on average; inside one the place is linear, in the two open ones it is
   * `jitter` of the way.
   */
  position(x: number, jitter: number): number {
    const below = this.below(x);
    const { sorted, size } = this;
    let part = jitter;
    if (below > 0 && below < size) part = (x - sorted[below - 1]) / (sorted[below] - sorted[below - 1]);
    return (below + part) / (size + 1);
  }
}
