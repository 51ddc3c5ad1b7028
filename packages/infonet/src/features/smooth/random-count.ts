/**
 * Expected c ln c of a random count: the number of those who come when each comes with a probability of its own
 * (Poisson's binomial distribution). Smooth in the probabilities, and c ln c itself where they are 0 or 1.
 */

/** Uncertain ones, and expected number, above which the cumulants of the count say the same as its distribution. */
const MANY = 256;
const EXPECTED_MANY = 16;

const C_LOG_C = Float64Array.from({ length: 4096 }, (_, c) => (c > 1 ? c * Math.log(c) : 0));

/** c ln c of a whole number, 0 at 0. */
function cLogC(c: number): number {
  return c < C_LOG_C.length ? C_LOG_C[c] : c * Math.log(c);
}

/** Uncertain ones up to which the sum over all subsets of them is the fastest. */
const FEW = 12;
const DIFFERENCE_ROWS = 256;
/** Forward differences of c ln c: the j-th at c is at c · (FEW + 1) + j. */
const DIFFERENCES = new Float64Array(DIFFERENCE_ROWS * (FEW + 1));
for (let c = 0; c < DIFFERENCE_ROWS; c++) {
  const row = Array.from({ length: FEW + 1 }, (_, j) => cLogC(c + j));
  for (let j = 0; j <= FEW; j++) {
    DIFFERENCES[c * (FEW + 1) + j] = row[0];
    for (let i = 0; i + 1 < row.length; i++) row[i] = row[i + 1] - row[i];
    row.pop();
  }
}
/** Elementary symmetric polynomials of the probabilities. */
const symmetric = new Float64Array(FEW + 1);

/** Newton's series: Σ Δʲ(c ln c)(sure) · E[number of subsets of j who have all come], which is e_j(p). */
function byDifferences(
  sure: number,
  p: Float64Array,
  from: number,
  count: number,
  slopes: Float64Array | undefined,
): number {
  const first = sure * (FEW + 1);
  symmetric[0] = 1;
  for (let i = 0; i < count; i++) {
    const q = p[from + i];
    symmetric[i + 1] = 0;
    for (let j = i + 1; j > 0; j--) symmetric[j] += q * symmetric[j - 1];
  }
  let value = 0;
  for (let j = 0; j <= count; j++) value += DIFFERENCES[first + j] * symmetric[j];
  if (slopes) {
    for (let i = from; i < from + count; i++) {
      // Those of all but one: e_j less what the one brings.
      let others = 1;
      let slope = DIFFERENCES[first + 1];
      for (let j = 1; j < count; j++) {
        others = symmetric[j] - p[i] * others;
        slope += DIFFERENCES[first + j + 1] * others;
      }
      slopes[i] = slope;
    }
  }
  return value;
}

/** Start of row i of a triangle whose row i has i + 1 numbers. */
const row = (i: number): number => (i * (i + 1)) / 2;

// Scratch space, reused. Triangle: row i holds the expectations if 0 … i of the first i have come.
let ahead = new Float64Array(row(MANY + 1));
// The distribution of those who came so far.
let before = new Float64Array(MANY + 1);

/**
 * E[c ln c] for c = `sure` + the number of the uncertain ones who come. Exact, O(count²), up to {@link MANY} of them; then
 * within about 10⁻⁶, O(count).
 *
 * @param p their probabilities, `count` of them at `from`
 * @param slopes receives the derivatives by them at the same places, unless undefined
 */
export function expectedCLogC(
  sure: number,
  p: Float64Array,
  from: number,
  count: number,
  slopes?: Float64Array,
): number {
  if (count <= FEW && sure < DIFFERENCE_ROWS) return byDifferences(sure, p, from, count, slopes);
  if (count > MANY) {
    let mean = sure;
    for (let i = from; i < from + count; i++) mean += p[i];
    if (mean > EXPECTED_MANY) return byCumulants(mean, p, from, count, slopes);
    if (before.length <= count) {
      ahead = new Float64Array(row(count + 1));
      before = new Float64Array(count + 1);
    }
  }
  return byDistribution(sure, p, from, count, slopes);
}

function byDistribution(
  sure: number,
  p: Float64Array,
  from: number,
  count: number,
  slopes: Float64Array | undefined,
): number {
  const last = row(count);
  for (let j = 0; j <= count; j++) ahead[last + j] = cLogC(sure + j);
  for (let i = count - 1; i >= 0; i--) {
    const q = p[from + i];
    const here = row(i);
    const next = row(i + 1);
    for (let j = 0; j <= i; j++) {
      ahead[here + j] = ahead[next + j] + q * (ahead[next + j + 1] - ahead[next + j]);
    }
  }
  if (slopes === undefined) return ahead[0];
  before[0] = 1;
  for (let i = 0; i < count; i++) {
    const q = p[from + i];
    const next = row(i + 1);
    let slope = 0;
    for (let j = 0; j <= i; j++) slope += before[j] * (ahead[next + j + 1] - ahead[next + j]);
    slopes[from + i] = slope;
    before[i + 1] = 0;
    for (let j = i + 1; j > 0; j--) before[j] += q * (before[j - 1] - before[j]);
    before[0] *= 1 - q;
  }
  return ahead[0];
}

/** Taylor's expansion of c ln c about the mean μ: (μ ln μ) + v/2μ − κ₃/6μ² + v²/4μ³. */
function byCumulants(
  mean: number,
  p: Float64Array,
  from: number,
  count: number,
  slopes: Float64Array | undefined,
): number {
  let variance = 0;
  let third = 0;
  for (let i = from; i < from + count; i++) {
    const v = p[i] * (1 - p[i]);
    variance += v;
    third += v * (1 - 2 * p[i]);
  }
  const square = mean * mean;
  const cube = square * mean;
  if (slopes) {
    const byMean =
      Math.log(mean) +
      1 -
      variance / (2 * square) +
      third / (3 * cube) -
      (3 * variance * variance) / (4 * square * square);
    const byVariance = 1 / (2 * mean) + variance / (2 * cube);
    const byThird = -1 / (6 * square);
    for (let i = from; i < from + count; i++) {
      const q = p[i];
      slopes[i] = byMean + (1 - 2 * q) * byVariance + (1 - 6 * q + 6 * q * q) * byThird;
    }
  }
  return (
    mean * Math.log(mean) + variance / (2 * mean) - third / (6 * square) + (variance * variance) / (4 * cube)
  );
}
