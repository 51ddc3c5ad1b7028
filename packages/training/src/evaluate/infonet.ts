/** The library as an estimator of the scoreboard. */
import type { Column, InfoNet } from "infonet";
import type { Derivatives, Estimator, LevelSample, LogDensity, Scored } from "./estimator.js";
import type { Sample } from "./family.js";

/** Estimates with a loaded model. Throws if a sample cannot be estimated: on the scoreboard every one counts. */
export function infonetEstimator(net: InfoNet, signal?: AbortSignal): Estimator {
  const scored = async (pairs: readonly (readonly [Column, Column])[]): Promise<Scored[]> => {
    const results = await net.estimateMany(pairs, { signal });
    return results.map((result) => {
      if (result.error !== undefined) throw new Error(`a sample could not be estimated: ${result.error}`);
      const { mi, interval, pValue } = result;
      return { mi, interval, pValue };
    });
  };
  const estimate = (samples: readonly Sample[]): Promise<Scored[]> =>
    scored(samples.map(({ x, y }) => [x, y]));
  const levels = async (samples: readonly LevelSample[]): Promise<number[]> => {
    const results = await scored(samples.map(({ codes, y }) => [{ values: codes, kind: "category" }, y]));
    return results.map(({ mi }) => mi);
  };
  const densities = async (samples: readonly Sample[]): Promise<LogDensity[]> => {
    const result: LogDensity[] = [];
    for (const { x, y } of samples) {
      signal?.throwIfAborted();
      const { copula } = await net.estimate(x, y);
      result.push((u, v) => copula.logDensity(u, v));
    }
    return result;
  };
  const gradients = async (samples: readonly Sample[]): Promise<Derivatives[]> => {
    const result: Derivatives[] = [];
    for (const { x, y } of samples) {
      signal?.throwIfAborted();
      const { dx, dy } = await net.gradient(x, y, { through: "critic" });
      result.push({ dx, dy });
    }
    return result;
  };
  return Object.assign(estimate, { levels, densities, gradients });
}
