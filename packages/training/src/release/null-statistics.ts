/**
 * Tabulates the independence test. It reads ranks, and ranks of independent variables are a uniformly random
 * permutation whatever the variables are: its null distribution depends on n alone.
 */
import { featureArrays, orient, rankEvidence, writeFeatures } from "infonet/copula";
import {
  combinedEvidence,
  informationStatistic,
  type Statistic,
  smoothEvidence,
  TailTable,
  tablesOf,
} from "infonet/internal/release";
import { Random } from "../prior/random.js";
import type { QuantileModel } from "./quantile-model.js";

/** Upper tail probabilities of the table, descending. */
export const TAIL: readonly number[] = [
  0.9, 0.75, 0.5, 0.35, 0.25, 0.15, 0.1, 0.07, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001,
];

/** Fewest draws that reach the rarest of them. */
export const LEAST_NULL_DRAWS = Math.round(1 / TAIL[TAIL.length - 1]);

/** Below this size every n has its own row: what the network says changes from one n to the next. */
const EVERY_BELOW = 32;
/** From here on the statistics change slowly with n. */
const COARSE_FROM = 256;
const MOST = 10_000;

/** Sample sizes of the table: every small one, then steps of an eighth, then of √2, up to the most that the network takes. */
export const SIZES: readonly number[] = [
  ...Array.from({ length: EVERY_BELOW - 8 }, (_, k) => 8 + k),
  ...geometric(EVERY_BELOW, COARSE_FROM, 6),
  ...geometric(COARSE_FROM, MOST, 2),
  MOST,
];

/** from · 2^(k/steps) below `end`, rounded. */
function geometric(from: number, end: number, steps: number): number[] {
  const count = Math.ceil(steps * Math.log2(end / from));
  return Array.from({ length: count }, (_, k) => Math.round(from * 2 ** (k / steps)));
}

/** A uniformly random permutation of n ranks. */
export function randomPermutation(rng: Random, n: number): Uint32Array {
  const perm = Uint32Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const other = rng.integer(0, k);
    const rank = perm[k];
    perm[k] = perm[other];
    perm[other] = rank;
  }
  return perm;
}

/** The statistics of the independence test on independent samples, each ascending. */
export type NullStatistics = Record<Statistic, Float64Array>;

/** Those that are read of a sample; the others are combined of them. */
export type SampleStatistics = Pick<NullStatistics, "information" | "waves" | "xi" | "neighbours">;

/** What the statistics of a sample size are drawn with. */
export interface NullDraws {
  n: number;
  draws: number;
  seed: number;
  /** Is asked after every batch whether to give up. */
  stopped?: () => boolean;
}

/** Draws independent samples of n rows and gives their statistics; nothing if it was stopped. */
export async function nullStatistics(
  model: QuantileModel,
  { n, draws, seed, stopped }: NullDraws,
): Promise<NullStatistics | undefined> {
  const { batch, median, levels } = model;
  const rng = new Random(seed, n);
  const inputs = featureArrays(batch);
  const column = (): Float64Array => new Float64Array(draws);
  const statistics: SampleStatistics = {
    ...{ information: column(), waves: column(), xi: column(), neighbours: column() },
  };
  for (let done = 0; done < draws; done += batch) {
    if (stopped?.()) return undefined;
    const used = Math.min(batch, draws - done);
    for (let slot = 0; slot < batch; slot++) {
      const { perm } = orient(randomPermutation(rng, n));
      writeFeatures(perm, inputs, slot);
      if (slot >= used) continue;
      const ranks = rankEvidence(perm);
      for (const part of ["waves", "xi", "neighbours"] as const) statistics[part][done + slot] = ranks[part];
    }
    const quantiles = await model.quantiles(inputs);
    for (let slot = 0; slot < used; slot++) {
      statistics.information[done + slot] = informationStatistic(quantiles[slot * levels + median], n);
    }
  }
  const all = combine(statistics);
  return tablesOf((statistic) => all[statistic].sort());
}

/** With the combined evidence of every draw, each part read from the tail table that the draws themselves make. */
export function combine(statistics: SampleStatistics): NullStatistics {
  const { information, waves, xi, neighbours } = statistics;
  const first = { information: evidenceOf(information), waves: evidenceOf(waves) };
  const smooth = first.waves.map((evidence, k) => smoothEvidence(first.information[k], evidence));
  const parts = {
    ...{ information: first.information, smooth: evidenceOf(smooth) },
    ...{ xi: evidenceOf(xi), neighbours: evidenceOf(neighbours) },
  };
  const combined = smooth.map((_, k) =>
    combinedEvidence({
      ...{ information: parts.information[k], smooth: parts.smooth[k] },
      ...{ xi: parts.xi[k], neighbours: parts.neighbours[k] },
    }),
  );
  return { ...statistics, smooth, combined };
}

/** −ln of the share of the draws that have at least as much. */
function evidenceOf(statistic: Float64Array): Float64Array {
  const table = new TailTable([1], TAIL, [tailQuantiles(statistic.slice().sort(), TAIL)]);
  return statistic.map((value) => table.evidence(value, 1));
}

/** Values that ascending statistics exceed with the given probabilities. */
export function tailQuantiles(statistics: Float64Array, tail: readonly number[]): number[] {
  const draws = statistics.length;
  return tail.map((probability) => {
    const position = Math.min(draws - 1, Math.max(0, (1 - probability) * draws - 0.5));
    const k = Math.min(draws - 2, Math.floor(position));
    return statistics[k] + (position - k) * (statistics[k + 1] - statistics[k]);
  });
}

/** A finished sample size: the quantiles of its statistics at the probabilities of the table. */
export interface NullRow {
  n: number;
  rows: Record<keyof NullStatistics, number[]>;
}

/** Tabulates one sample size; gives nothing if it was stopped. */
export async function nullRow(model: QuantileModel, options: NullDraws): Promise<NullRow | undefined> {
  const statistics = await nullStatistics(model, options);
  if (statistics === undefined) return undefined;
  return { n: options.n, rows: tablesOf((statistic) => tailQuantiles(statistics[statistic], TAIL)) };
}

/** What a size says to whoever watches: the estimates (nats) that half and 5 % of independent samples exceed. */
export function describeRow({ n, rows }: NullRow): string {
  const [half, five] = [0.5, 0.05].map((p) => Math.max(0, rows.information[TAIL.indexOf(p)]) / n);
  return `n ${n}: median estimate ${half.toFixed(5)}, 5 % exceed ${five.toFixed(5)} nats`;
}
