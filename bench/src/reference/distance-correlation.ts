/**
 * Distance correlation (Székely, Rizzo & Bakirov 2007), all pairs of rows: the statistic that independence tests
 * are measured against. A reference implementation, O(n²) in time and O(n) in memory.
 */

/** Row-major rows. */
export interface Rows {
  data: ArrayLike<number>;
  width: number;
}

/** Distance correlation of two variables of as many rows, in [0, 1]. Zero if one of them is constant. */
export function distanceCorrelation(x: Rows, y: Rows): number {
  const n = x.data.length / x.width;
  const meansX = rowMeans(x, n);
  const meansY = rowMeans(y, n);
  const grandX = average(meansX);
  const grandY = average(meansY);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const a = distance(x, i, j) - meansX[i] - meansX[j] + grandX;
      const b = distance(y, i, j) - meansY[i] - meansY[j] + grandY;
      xy += 2 * a * b;
      xx += 2 * a * a;
      yy += 2 * b * b;
    }
    const a = grandX - 2 * meansX[i];
    const b = grandY - 2 * meansY[i];
    xy += a * b;
    xx += a * a;
    yy += b * b;
  }
  return xx > 0 && yy > 0 ? Math.sqrt(Math.max(0, xy) / Math.sqrt(xx * yy)) : 0;
}

function distance({ data, width }: Rows, i: number, j: number): number {
  if (width === 1) return Math.abs(data[i] - data[j]);
  let square = 0;
  for (let k = 0; k < width; k++) square += (data[i * width + k] - data[j * width + k]) ** 2;
  return Math.sqrt(square);
}

function rowMeans(rows: Rows, n: number): Float64Array {
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const d = distance(rows, i, j) / n;
      means[i] += d;
      means[j] += d;
    }
  }
  return means;
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
