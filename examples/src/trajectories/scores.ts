/** How much two tracks have to do with each other: the mean of what their x and their y have. */
import type { InfoNet } from "infonet";
import type { Tracks } from "./tracks.js";

/** Two points. */
export type Pair = readonly [a: number, b: number];

/** Frames that two points must be seen in together. */
const FEWEST = 40;

/** How pairs are scored. */
export interface ScoreOptions {
  /** Frames that the second point is looked at later, or earlier if negative; the largest score counts. */
  lags: readonly number[];
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** Two columns of the frames in which both points are seen. */
type Columns = readonly [Float64Array, Float64Array];

/** Every pair by every lag: the columns of x and of y, or nothing if too few frames have both. */
function columnsOf({ frames, x, y }: Tracks, pairs: readonly Pair[], lags: readonly number[]) {
  return pairs.map(([a, b]) =>
    lags.map((lag): readonly [Columns, Columns] | undefined => {
      const [from, to] = [Math.max(0, -lag), Math.min(frames, frames - lag)];
      const together: number[] = [];
      for (let t = from; t < to; t++) {
        if (!Number.isNaN(x[a][t] + x[b][t + lag])) together.push(t);
      }
      if (together.length < FEWEST) return undefined;
      const pick = (axis: readonly Float64Array[]): Columns => [
        Float64Array.from(together, (t) => axis[a][t]),
        Float64Array.from(together, (t) => axis[b][t + lag]),
      ];
      return [pick(x), pick(y)];
    }),
  );
}

/**
 * Mutual information of pairs of tracks by InfoNet, nats.
 *
 * @returns a number a pair; NaN for points that are hardly ever seen together
 */
export async function informationScores(
  net: InfoNet,
  tracks: Tracks,
  pairs: readonly Pair[],
  { lags, signal, onProgress }: ScoreOptions,
): Promise<Float64Array> {
  const all = columnsOf(tracks, pairs, lags);
  const flat = all.flat().flatMap((axes) => axes ?? []);
  const results = await net.estimateMany(flat, {
    signal,
    onProgress: ({ done, total }) => onProgress(done, total),
  });
  let next = 0;
  const take = (): number => {
    const result = results[next++];
    if (result.error !== undefined) throw new Error(`two tracks: ${result.error}`);
    return result.mi;
  };
  return largest(all, () => (take() + take()) / 2);
}

/** The same by a function of two columns. */
export function columnScores(
  score: (a: Float64Array, b: Float64Array) => number,
  tracks: Tracks,
  pairs: readonly Pair[],
  { lags, signal, onProgress }: ScoreOptions,
): Float64Array {
  const all = columnsOf(tracks, pairs, lags);
  let done = 0;
  return largest(all, ([x, y]) => {
    signal.throwIfAborted();
    onProgress(done++, all.length * lags.length);
    return (score(...x) + score(...y)) / 2;
  });
}

/** Mean scores of pairs over samples, of those in which a pair has one. */
export function meanScores(samples: readonly Float64Array[]): Float64Array {
  return samples[0].map((_, pair) => {
    const scores = samples.map((sample) => sample[pair]).filter((score) => !Number.isNaN(score));
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  });
}

function largest(
  all: ReadonlyArray<ReadonlyArray<readonly [Columns, Columns] | undefined>>,
  score: (axes: readonly [Columns, Columns]) => number,
): Float64Array {
  return Float64Array.from(all, (byLag) => {
    const scores = byLag.flatMap((axes) => (axes === undefined ? [] : [score(axes)]));
    return scores.length === 0 ? Number.NaN : Math.max(...scores);
  });
}

/** Pearson's correlation in magnitude. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [aa, ab, bb] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    aa += (a[k] - ma) ** 2;
    ab += (a[k] - ma) * (b[k] - mb);
    bb += (b[k] - mb) ** 2;
  }
  return Math.abs(ab) / Math.sqrt(aa * bb);
}
