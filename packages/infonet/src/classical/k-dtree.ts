/**
 * A k-d tree over a sample that is asked about its own points, in the maximum norm.
 *
 * The tree is implicit: a full binary tree with nodes 1 … 2·leaves − 1, children 2i and 2i + 1, whose leaf j
 * holds the points from ⌊j·n/leaves⌋ up to the next leaf. Points lie in the order of the leaves, so that
 * a leaf is one stretch of memory, and every node has the tight box of its points. All distances are
 * differences of coordinates, never sums of a coordinate and a distance: comparisons are exact.
 */

/** Most points of a leaf. */
const LEAF = 10;

export class KdTree {
  readonly n: number;
  readonly width: number;
  readonly #leaves: number;
  /** First point of every leaf, and n. */
  readonly #starts: Uint32Array;
  /** Coordinates in the order of the leaves, point by point. */
  readonly #points: Float64Array;
  /** Row of every point. */
  readonly #rows: Uint32Array;
  /** Per node the lowest, then the highest coordinates of its points. */
  readonly #boxes: Float64Array;
  readonly #stack: Uint32Array;
  readonly #stackDistances: Float64Array;

  /** @param columns coordinates, finite, `width` columns of n > 0 rows. O(n log n). */
  constructor(columns: readonly Float64Array[]) {
    const width = columns.length;
    const n = columns[0].length;
    let leaves = 1;
    while (leaves * LEAF < n) leaves *= 2;
    this.n = n;
    this.width = width;
    this.#leaves = leaves;
    this.#starts = Uint32Array.from({ length: leaves + 1 }, (_, leaf) => Math.floor((leaf * n) / leaves));
    this.#rows = Uint32Array.from({ length: n }, (_, row) => row);
    this.#points = new Float64Array(n * width);
    for (let row = 0; row < n; row++) {
      for (let d = 0; d < width; d++) this.#points[row * width + d] = columns[d][row];
    }
    this.#boxes = new Float64Array(4 * leaves * width);
    const depth = Math.log2(leaves) + 2;
    this.#stack = new Uint32Array(depth);
    this.#stackDistances = new Float64Array(depth);
    this.#split(1, 0, leaves);
  }

  /**
   * Distance of every row to its k-th nearest other row.
   *
   * @param k 1 … n − 1
   * @returns length n. O(n log n) for few dimensions.
   */
  neighbourDistances(k: number): Float64Array {
    const starts = this.#starts;
    const rows = this.#rows;
    const leaves = this.#leaves;
    const result = new Float64Array(this.n);
    const nearest = new Float64Array(k);
    for (let leaf = 0; leaf < leaves; leaf++) {
      for (let point = starts[leaf]; point < starts[leaf + 1]; point++) {
        nearest.fill(Infinity);
        // From the point's own leaf upwards: the bound is good before the first other branch is looked at.
        this.#offer(nearest, point, starts[leaf], point);
        this.#offer(nearest, point, point + 1, starts[leaf + 1]);
        for (let node = leaves + leaf; node > 1; node >>>= 1) this.#search(nearest, point, node ^ 1);
        result[rows[point]] = nearest[0];
      }
    }
    return result;
  }

  /**
   * Number of other rows no further than its radius from every row.
   *
   * @param radii length n
   * @returns length n
   */
  countsWithin(radii: Float64Array): Uint32Array {
    const leaves = this.#leaves;
    const starts = this.#starts;
    const stack = this.#stack;
    const result = new Uint32Array(this.n);
    for (let point = 0; point < this.n; point++) {
      const row = this.#rows[point];
      const radius = radii[row];
      let count = 0;
      let top = 0;
      stack[top++] = 1;
      while (top > 0) {
        const node = stack[--top];
        if (this.#nearestOfBox(point, node) > radius) continue;
        if (this.#furthestOfBox(point, node) <= radius) {
          count += this.#size(node);
        } else if (node < leaves) {
          stack[top++] = 2 * node;
          stack[top++] = 2 * node + 1;
        } else {
          const end = starts[node - leaves + 1];
          for (let other = starts[node - leaves]; other < end; other++) {
            if (this.#distance(point, other) <= radius) count++;
          }
        }
      }
      result[row] = count - 1;
    }
    return result;
  }

  /**
   * Half the sides of the smallest centred rectangle around every row that holds the rows within its radius,
   * in the subspaces of the first `split` columns and of the others.
   *
   * @param radii length n
   * @returns two arrays of length n
   */
  extentsWithin(radii: Float64Array, split: number): [Float64Array, Float64Array] {
    const leaves = this.#leaves;
    const starts = this.#starts;
    const stack = this.#stack;
    const first = new Float64Array(this.n);
    const second = new Float64Array(this.n);
    for (let point = 0; point < this.n; point++) {
      const row = this.#rows[point];
      const radius = radii[row];
      let top = 0;
      stack[top++] = 1;
      while (top > 0) {
        const node = stack[--top];
        if (this.#nearestOfBox(point, node) > radius) continue;
        if (node < leaves) {
          stack[top++] = 2 * node;
          stack[top++] = 2 * node + 1;
          continue;
        }
        const end = starts[node - leaves + 1];
        for (let other = starts[node - leaves]; other < end; other++) {
          const a = this.#distance(point, other, 0, split);
          const b = this.#distance(point, other, split, this.width);
          if (a > radius || b > radius) continue;
          if (a > first[row]) first[row] = a;
          if (b > second[row]) second[row] = b;
        }
      }
    }
    return [first, second];
  }

  /** Orders the points of a node that covers the leaves from `from` to `to`, and boxes it. */
  #split(node: number, from: number, to: number): void {
    const starts = this.#starts;
    const width = this.width;
    const boxes = this.#boxes;
    const [start, end] = [starts[from], starts[to]];
    const box = 2 * node * width;
    let axis = 0;
    let widest = -1;
    for (let d = 0; d < width; d++) {
      let low = Infinity;
      let high = -Infinity;
      for (let at = start * width + d; at < end * width; at += width) {
        const value = this.#points[at];
        if (value < low) low = value;
        if (value > high) high = value;
      }
      boxes[box + d] = low;
      boxes[box + width + d] = high;
      if (high - low > widest) {
        widest = high - low;
        axis = d;
      }
    }
    if (to - from === 1) return;
    const middle = (from + to) / 2;
    this.#select(axis, start, end - 1, starts[middle]);
    this.#split(2 * node, from, middle);
    this.#split(2 * node + 1, middle, to);
  }

  /** Hoare's selection: afterwards no point before `target` has a larger coordinate than any from it on. */
  #select(axis: number, first: number, last: number, target: number): void {
    const points = this.#points;
    const width = this.width;
    let [low, high] = [first, last];
    while (low < high) {
      const a = points[low * width + axis];
      const b = points[((low + high) >>> 1) * width + axis];
      const c = points[high * width + axis];
      const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
      let i = low;
      let j = high;
      while (i <= j) {
        while (points[i * width + axis] < pivot) i++;
        while (points[j * width + axis] > pivot) j--;
        if (i <= j) this.#swap(i++, j--);
      }
      if (target <= j) high = j;
      else if (target >= i) low = i;
      else return;
    }
  }

  #swap(i: number, j: number): void {
    const points = this.#points;
    const rows = this.#rows;
    const width = this.width;
    const row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
    for (let d = 0; d < width; d++) {
      const value = points[i * width + d];
      points[i * width + d] = points[j * width + d];
      points[j * width + d] = value;
    }
  }

  /** Offers the points of a branch to the k nearest so far, nearer boxes first. */
  #search(nearest: Float64Array, point: number, branch: number): void {
    const [leaves, starts, stack, distances] = [
      this.#leaves,
      this.#starts,
      this.#stack,
      this.#stackDistances,
    ];
    let top = 0;
    stack[top] = branch;
    distances[top++] = this.#nearestOfBox(point, branch);
    while (top > 0) {
      const node = stack[--top];
      if (distances[top] >= nearest[0]) continue;
      if (node >= leaves) {
        this.#offer(nearest, point, starts[node - leaves], starts[node - leaves + 1]);
        continue;
      }
      const left = this.#nearestOfBox(point, 2 * node);
      const right = this.#nearestOfBox(point, 2 * node + 1);
      const nearer = left <= right ? 0 : 1;
      stack[top] = 2 * node + 1 - nearer;
      distances[top++] = nearer === 0 ? right : left;
      stack[top] = 2 * node + nearer;
      distances[top++] = nearer === 0 ? left : right;
    }
  }

  /** Offers a stretch of points to the k nearest so far, a heap whose root is the furthest of them. */
  #offer(nearest: Float64Array, point: number, from: number, to: number): void {
    for (let other = from; other < to; other++) {
      const distance = this.#distance(point, other);
      if (distance < nearest[0]) replaceRoot(nearest, distance);
    }
  }

  #distance(a: number, b: number, from = 0, to = this.width): number {
    const points = this.#points;
    const width = this.width;
    let distance = 0;
    for (let d = from; d < to; d++) {
      const gap = Math.abs(points[a * width + d] - points[b * width + d]);
      if (gap > distance) distance = gap;
    }
    return distance;
  }

  /** Distance from a point to the nearest place in the box of a node. */
  #nearestOfBox(point: number, node: number): number {
    const points = this.#points;
    const boxes = this.#boxes;
    const width = this.width;
    const box = 2 * node * width;
    let distance = 0;
    for (let d = 0; d < width; d++) {
      const value = points[point * width + d];
      const gap = Math.max(boxes[box + d] - value, value - boxes[box + width + d]);
      if (gap > distance) distance = gap;
    }
    return distance;
  }

  /** Distance from a point to the furthest place in the box of a node. */
  #furthestOfBox(point: number, node: number): number {
    const points = this.#points;
    const boxes = this.#boxes;
    const width = this.width;
    const box = 2 * node * width;
    let distance = 0;
    for (let d = 0; d < width; d++) {
      const value = points[point * width + d];
      const gap = Math.max(value - boxes[box + d], boxes[box + width + d] - value);
      if (gap > distance) distance = gap;
    }
    return distance;
  }

  /** Number of points of a node. */
  #size(node: number): number {
    let [first, last] = [node, node];
    while (first < this.#leaves) {
      first = 2 * first;
      last = 2 * last + 1;
    }
    return this.#starts[last - this.#leaves + 1] - this.#starts[first - this.#leaves];
  }
}

/** Puts a value in the place of the largest of a max-heap. */
function replaceRoot(heap: Float64Array, value: number): void {
  const size = heap.length;
  let at = 0;
  for (let child = 1; child < size; child = 2 * at + 1) {
    if (child + 1 < size && heap[child + 1] > heap[child]) child++;
    if (heap[child] <= value) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = value;
}
