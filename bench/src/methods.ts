/** The estimators that are measured, all behind the scoreboard's interface. */
import { type Estimator, infonetEstimator, type Sample, type Scored } from "@infonet/training/evaluate";
import type { InfoNet } from "infonet";
import { kde, ksg, mine } from "infonet/classical";
import type { Journal } from "./journal.js";

/** An estimator with its name in tables. */
export interface Method {
  name: string;
  estimate: Estimator;
  /** Samples after which partial results are written: a few seconds' worth. */
  chunk: number;
  /** Whether it is our network: the estimates of others stay when the weights change. */
  ours?: boolean;
}

/** Our network. */
export function infonetMethod(net: InfoNet, signal: AbortSignal): Method {
  return { name: "InfoNet", chunk: 256, estimate: infonetEstimator(net, signal), ours: true };
}

/** An estimator of one sample at a time. */
export const oneByOne =
  (estimate: (sample: Sample) => number | Promise<number>): Estimator =>
  async (samples) => {
    const results: Scored[] = [];
    for (const sample of samples) {
      results.push({ mi: await estimate(sample) });
      // Ctrl-C is a message too.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return results;
  };

/** Kraskov, Stögbauer and Grassberger with the defaults: three neighbours, scaled columns. */
export const ksgMethod: Method = { name: "KSG", chunk: 64, estimate: oneByOne(({ x, y }) => ksg(x, y)) };

/** The same with ten neighbours on normal scores, the strongest classical choice at n = 2000. */
export const ksgScoresMethod: Method = {
  name: "KSG, k = 10, normal scores",
  chunk: 64,
  estimate: oneByOne(({ x, y }) => ksg(x, y, { k: 10, normalScores: true })),
};

/** Three neighbours on normal scores: better than ten in small samples and where dependence is strong. */
export const ksgThreeMethod: Method = {
  name: "KSG, k = 3, normal scores",
  chunk: 64,
  estimate: oneByOne(({ x, y }) => ksg(x, y, { k: 3, normalScores: true })),
};

/** Gaussian kernels, all pairs of rows. */
export const kdeMethod: Method = {
  name: "KDE",
  chunk: 16,
  estimate: oneByOne(({ x, y }) => kde(x, y, { method: "exact" })),
};

/** The network of the MINE paper, trained anew for every sample. */
export function mineMethod(iterations: number, seed: number, signal: AbortSignal): Method {
  return {
    name: `MINE-${iterations}`,
    chunk: Math.max(4, Math.floor(4000 / iterations)),
    estimate: oneByOne(({ x, y }) => mine(x, y, { iterations, seed, signal })),
  };
}

/**
 * The method's estimator, its results kept in a journal chunk by chunk.
 *
 * Samples are drawn again when a run goes on, and must be the same: calls are told apart by their number.
 */
export function journaled(
  { name, estimate, chunk, ours = false }: Method,
  { journal, label, tell }: { journal: Journal; label: string; tell: (line: string) => void },
): Estimator {
  let calls = 0;
  return async (samples) => {
    const call = calls++;
    const results: Scored[] = [];
    for (let from = 0; from < samples.length; from += chunk) {
      const part = samples.slice(from, from + chunk);
      tell(`${label}, ${name}: set ${call + 1}, ${from} of ${samples.length} samples`);
      const key = `${label} / ${name} / call ${call} / ${from}`;
      results.push(...(await journal.once(key, () => estimate(part), !ours)));
    }
    return results;
  };
}
