/**
 * A series as an autoregression: what of every value the values before it tell, and what is left. Burg's method (1975), whose models are
 * stationary; the order is that of the smallest Bayesian information criterion. What makes series look less persistent than they are, the
 * mean that is taken from the same few rows, is taken off (Shaman & Stine 1988).
 */

/** Stretches of rows that are one series each: the first row of every one, and the number of all rows at the end. */
export type Segments = Uint32Array;

/** An autoregression. */
export interface Autoregression {
  order: number;
  /** What of a value is predicted by the k values before it, the last of them first, for k = 0 … order. */
  coefficients: Float64Array[];
  /** Standard deviation of what k values leave, as a multiple of what `order` values leave. */
  scales: Float64Array;
}

/** Values before that are looked at, at most: two days of hours, four years of months. */
const MOST_ORDER = 50;
/** Rows a value before, at least. */
const ROWS_AN_ORDER = 8;
/** Largest partial autocorrelation: of a series that wanders freely it would be 1, and there would be no mean to return to. */
const MOST_PARTIAL = 0.999;

/** All rows as one series. */
export function oneSegment(n: number): Segments {
  return Uint32Array.of(0, n);
}

/**
 * The autoregression of a series. O(n · order).
 *
 * @param values with mean 0
 * @param segments series that follow the same law
 * @param order of the autoregression; without it, that of the smallest criterion
 */
export function autoregression(values: Float64Array, segments: Segments, order?: number): Autoregression {
  const length = values.length / (segments.length - 1);
  const partials = burg(values, segments, order).map((k, at) => lessBiased(k, at + 1, length));
  const coefficients: Float64Array[] = [new Float64Array(0)];
  for (const [m, partial] of partials.entries()) {
    const before = coefficients[m];
    const next = new Float64Array(m + 1);
    for (let j = 0; j < m; j++) next[j] = before[j] - partial * before[m - 1 - j];
    next[m] = partial;
    coefficients.push(next);
  }
  const scales = new Float64Array(partials.length + 1).fill(1);
  for (let m = partials.length - 1; m >= 0; m--) scales[m] = scales[m + 1] / Math.sqrt(1 - partials[m] ** 2);
  return { order: partials.length, coefficients, scales };
}

/** Partial autocorrelations up to the order given, or chosen. */
function burg(values: Float64Array, segments: Segments, order: number | undefined): number[] {
  const n = values.length;
  const most = order ?? Math.min(MOST_ORDER, Math.floor(n / (segments.length - 1) / ROWS_AN_ORDER));
  const forward = values.slice();
  const backward = values.slice();
  let variance = values.reduce((sum, value) => sum + value * value, 0) / n;
  let best = n * Math.log(variance);
  let chosen = 0;
  const partials: number[] = [];
  for (let m = 1; m <= most; m++) {
    let [product, square] = [0, 0];
    for (let s = 0; s + 1 < segments.length; s++) {
      for (let t = segments[s] + m; t < segments[s + 1]; t++) {
        product += forward[t] * backward[t - 1];
        square += forward[t] ** 2 + backward[t - 1] ** 2;
      }
    }
    if (!(square > 0)) break;
    const partial = (2 * product) / square;
    partials.push(partial);
    for (let s = 0; s + 1 < segments.length; s++) {
      for (let t = segments[s + 1] - 1; t >= segments[s] + m; t--) {
        const [f, b] = [forward[t], backward[t - 1]];
        forward[t] = f - partial * b;
        backward[t] = b - partial * f;
      }
    }
    variance *= 1 - partial * partial;
    if (!(variance > 0)) break;
    const criterion = n * Math.log(variance) + m * Math.log(n);
    if (criterion >= best) continue;
    best = criterion;
    chosen = m;
  }
  return order === undefined ? partials.slice(0, chosen) : partials;
}

/** In n rows the bias of a partial autocorrelation is −(c + (order + 2) k) / n with c = 1 for odd orders and 2 for even ones. */
function lessBiased(partial: number, order: number, n: number): number {
  const corrected = partial + ((order % 2 === 1 ? 1 : 2) + (order + 2) * partial) / n;
  return Math.max(-MOST_PARTIAL, Math.min(MOST_PARTIAL, corrected));
}

/** What the values before leave of every value, all of one variance: a series of independent values if the model holds. */
export function whitened(values: Float64Array, segments: Segments, model: Autoregression): Float64Array {
  const result = new Float64Array(values.length);
  forEachRow(segments, model, (t, own, scale) => {
    let rest = values[t];
    for (let j = 0; j < own.length; j++) rest -= own[j] * values[t - 1 - j];
    result[t] = rest / scale;
  });
  return result;
}

/** The series that such values make: the inverse of {@link whitened}. */
export function coloured(noise: Float64Array, segments: Segments, model: Autoregression): Float64Array {
  const result = new Float64Array(noise.length);
  forEachRow(segments, model, (t, own, scale) => {
    let value = scale * noise[t];
    for (let j = 0; j < own.length; j++) value += own[j] * result[t - 1 - j];
    result[t] = value;
  });
  return result;
}

function forEachRow(
  segments: Segments,
  { order, coefficients, scales }: Autoregression,
  at: (t: number, coefficients: Float64Array, scale: number) => void,
): void {
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let t = segments[s]; t < segments[s + 1]; t++) {
      const known = Math.min(order, t - segments[s]);
      at(t, coefficients[known], scales[known]);
    }
  }
}

/** Autocorrelations that the model says, from lag 0, up to the last that is not next to nothing. */
export function autocorrelations({ order, coefficients }: Autoregression, most: number): Float64Array {
  const result: number[] = [1];
  let small = 0;
  for (let lag = 1; lag <= most && small <= order; lag++) {
    const own = coefficients[Math.min(order, lag)];
    let value = 0;
    for (let j = 0; j < own.length; j++) value += own[j] * result[lag - 1 - j];
    result.push(value);
    small = Math.abs(value) < NEXT_TO_NOTHING ? small + 1 : 0;
  }
  return Float64Array.from(result);
}

const NEXT_TO_NOTHING = 1e-3;
