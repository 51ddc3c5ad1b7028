/** The library as an estimator of the scoreboard. */
import type { InfoNet } from "infonet";
import type { Estimator } from "./estimator.js";

/** Estimates with a loaded model. Throws if a sample cannot be estimated: on the scoreboard every one counts. */
export function infonetEstimator(net: InfoNet, signal?: AbortSignal): Estimator {
  return async (samples) => {
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
}
