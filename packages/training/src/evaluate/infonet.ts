/** The library as an estimator of the scoreboard. */
import type { CriticTable, InfoNet } from "infonet";
import type { Estimator, LogDensity, Scored } from "./estimator.js";
import type { Sample } from "./family.js";

/** Estimates with a loaded model. Throws if a sample cannot be estimated: on the scoreboard every one counts. */
export function infonetEstimator(net: InfoNet, signal?: AbortSignal): Estimator {
  const estimate = async (samples: readonly Sample[]): Promise<Scored[]> => {
    const results = await net.estimateMany(
      samples.map(({ x, y }) => [x, y] as const),
      { signal },
    );
    return results.map((result) => {
      if (result.error !== undefined) throw new Error(`a sample could not be estimated: ${result.error}`);
      const { mi, interval, pValue } = result;
      return { mi, interval, pValue };
    });
  };
  const densities = async (samples: readonly Sample[]): Promise<LogDensity[]> => {
    const result: LogDensity[] = [];
    for (const { x, y } of samples) {
      signal?.throwIfAborted();
      const { critic } = await net.estimate(x, y);
      result.push((u, v) => between(critic, u, v));
    }
    return result;
  };
  return Object.assign(estimate, { densities });
}

/** A table at a point: linear between the centres of its cells, constant beyond the outermost ones. */
function between({ size, values }: CriticTable, u: number, v: number): number {
  const place = (position: number): [cell: number, share: number] => {
    const at = Math.min(Math.max(position * size - 0.5, 0), size - 1);
    const cell = Math.min(Math.floor(at), size - 2);
    return [cell, at - cell];
  };
  const [i, f] = place(u);
  const [j, g] = place(v);
  const row = (k: number): number => (1 - f) * values[k * size + i] + f * values[k * size + i + 1];
  return (1 - g) * row(j) + g * row(j + 1);
}
