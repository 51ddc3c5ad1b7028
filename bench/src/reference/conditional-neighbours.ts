/**
 * Conditional mutual information by nearest neighbours for columns of any kind: Frenzel & Pompe (2007), with the counts
 * of Mesner & Shalizi (2020) where distances are tied. All pairs of rows are looked at: O(n²).
 */
import { digamma } from "@infonet/training/evaluate";

/** One column: numbers, or categories by their names. */
export type Cells = Float64Array | readonly string[];

/**
 * I(X; Y | Z) in nats, at least 0; I(X; Y) where Z has no columns. Numbers are divided by their standard deviations, names
 * are 0 or 1 apart, and the farthest column is the distance.
 */
export function conditionalNeighbours(
  x: readonly Cells[],
  y: readonly Cells[],
  z: readonly Cells[],
  k = 7,
): number {
  const n = x[0].length;
  const sides = [x, y, z].map((columns) => columns.map(distanceIn));
  const [ofX, ofY, ofZ] = sides.map(() => new Float64Array(n));
  const psi = Float64Array.from({ length: n + 1 }, (_, count) => (count > 0 ? digamma(count) : 0));
  const nearest = new Float64Array(k);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    nearest.fill(Infinity);
    for (const [s, distances] of [ofX, ofY, ofZ].entries()) {
      distances.fill(0);
      for (const distance of sides[s]) {
        for (let j = 0; j < n; j++) distances[j] = Math.max(distances[j], distance(i, j));
      }
      distances[i] = Infinity;
    }
    for (let j = 0; j < n; j++) insert(nearest, Math.max(ofX[j], ofY[j], ofZ[j]));
    const radius = nearest[k - 1];
    let [all, xz, yz, within] = [0, 0, 0, 0];
    for (let j = 0; j < n; j++) {
      if (ofZ[j] > radius) continue;
      within++;
      if (ofX[j] <= radius) xz++;
      if (ofY[j] <= radius) yz++;
      if (ofX[j] <= radius && ofY[j] <= radius) all++;
    }
    sum += psi[all] - psi[xz] - psi[yz] + psi[within];
  }
  return Math.max(0, sum / n);
}

/** Keeps the smallest values, ascending. */
function insert(smallest: Float64Array, value: number): void {
  let at = smallest.length - 1;
  if (value >= smallest[at]) return;
  for (; at > 0 && smallest[at - 1] > value; at--) smallest[at] = smallest[at - 1];
  smallest[at] = value;
}

function distanceIn(column: Cells): (i: number, j: number) => number {
  if (!(column instanceof Float64Array)) {
    const codes = new Map<string, number>();
    const coded = Uint32Array.from(column, (name) => {
      if (!codes.has(name)) codes.set(name, codes.size);
      return codes.get(name) ?? 0;
    });
    return (i, j) => (coded[i] === coded[j] ? 0 : 1);
  }
  const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
  const deviation = Math.sqrt(column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length);
  const scaled = column.map((v) => v / (deviation || 1));
  return (i, j) => Math.abs(scaled[i] - scaled[j]);
}
