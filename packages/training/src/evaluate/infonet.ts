/** The library as an estimator of the scoreboard. */
import type { InfoNet } from "infonet";
import { interpolate } from "infonet/internal/release";
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
      result.push((u, v) => interpolate(critic.values, u, v));
    }
    return result;
  };
  return Object.assign(estimate, { densities });
}
