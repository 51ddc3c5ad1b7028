/** How vines, projections and tests have pairs estimated: by any number of threads, and so that works share the runs of the network. */

import type { Engine } from "../engine/engine.js";
import type { PairModel, PairReading } from "../engine/model.js";
import { DENSITIES, type SampleOutput } from "../engine/network-tasks.js";
import { runQuantiles } from "../engine/quantiles.js";
import type { Workers } from "../engine/task.js";
import { rankEvidence } from "../evidence/index.js";

/** A model and those who work with it. */
export interface PairEngine {
  readonly model: PairModel;
  readonly workers: Workers;
  /**
   * Quantiles and densities of any number of samples, given as permutations in canonical orientation.
   *
   * @param least median of √MI from which a density is asked for; by default always
   */
  densities(perms: readonly Uint32Array[], least?: number): Promise<SampleOutput[]>;
}

/**
 * What one call works with.
 *
 * @param pairs how many the network will see, about
 */
export async function pairEngine(engine: Engine, pairs: number): Promise<PairEngine> {
  const { model } = engine;
  const workers = await engine.workers(pairs);
  const densities: PairEngine["densities"] = async (perms, least) => {
    // What is asked for together is one call, whichever threads share it: no digit depends on how it is divided.
    const size = Math.min(
      model.largestBatch,
      Math.max(WORTH_A_RUN, Math.ceil(perms.length / workers.parallel)),
    );
    const runs: Promise<SampleOutput[]>[] = [];
    for (let from = 0; from < perms.length; from += size) {
      const samples = perms.slice(from, from + size).map((perm) => ({ perm }));
      runs.push(workers.run(DENSITIES, { samples, least, asked: perms.length }));
    }
    return (await Promise.all(runs)).flat();
  };
  return { model, workers, densities };
}

/** Pairs that are not divided between threads. */
const WORTH_A_RUN = 4;

const NOTHING: PairReading = { mi: 0, low: 0, high: 0, pValue: 1 };

/**
 * Estimates pairs in batches; where there is no pair (one of its columns is constant), nothing is shared.
 *
 * @param perms permutations in canonical orientation
 * @param ranks whether their tests heed the evidence of ranks too
 * @param onBatch is told how many are done
 */
export async function estimatePairs(
  { model, workers }: PairEngine,
  perms: Iterable<Uint32Array | undefined>,
  { ranks = false, onBatch }: { ranks?: boolean; onBatch?: (pairs: number) => Promise<void> } = {},
): Promise<PairReading[]> {
  const readings: PairReading[] = [];
  const samples = function* (): Generator<{ perm: Uint32Array; index: number }> {
    for (const perm of perms) {
      const index = readings.push(NOTHING) - 1;
      if (perm !== undefined) yield { perm, index };
    }
  };
  await runQuantiles(samples(), workers, model, {
    onSample({ perm, index }, quantiles) {
      readings[index] = model.readPair(quantiles, perm.length, ranks ? rankEvidence(perm) : undefined);
    },
    onBatch,
  });
  return readings;
}

/**
 * Without a null table: twice n times the information against what a parameter or two would add by chance once in
 * fifty times, and more where it must be rarer.
 */
const NULL_INFORMATION = 8 + 2 * Math.log(0.02);

/** Whether a pair counts as independent at a level. */
export function isNull({ mi, pValue }: PairReading, n: number, level: number): boolean {
  if (level >= 1) return false;
  return pValue === undefined ? 2 * n * mi < NULL_INFORMATION - 2 * Math.log(level) : pValue > level;
}

/**
 * Works side by side whose pairs share the runs of the network with densities: a run takes as long for one pair as for a full
 * batch, and the levels of a vine seldom fill one. A run begins when all works that have not ended wait for one. A work asks for one
 * thing at a time, so that the same pairs share a run whichever thread is first: graphs of one pair and of several differ in last bits.
 * What a work divides again in such a way is one thing.
 *
 * @param works each is given the engine that it must use
 */
export async function sideBySide<Results extends unknown[]>(
  engine: PairEngine,
  works: { [Key in keyof Results]: (engine: PairEngine) => Promise<Results[Key]> },
): Promise<Results> {
  interface Request {
    /** Number of the work. */
    of: number;
    perms: readonly Uint32Array[];
    least: number;
    answer: (outputs: SampleOutput[]) => void;
    fail: (reason: unknown) => void;
  }
  let waiting: Request[] = [];
  let running = works.length;
  const next = (): void => {
    if (waiting.length < running || waiting.length === 0) return;
    // In the order of the works, whichever asked first.
    const requests = waiting.sort((a, b) => a.of - b.of);
    waiting = [];
    const perms = requests.flatMap(({ perms }) => perms);
    // Who asks for less gets more.
    const least = Math.min(...requests.map((request) => request.least));
    engine.densities(perms, least).then(
      (outputs) => {
        let first = 0;
        for (const { perms, answer } of requests) {
          answer(outputs.slice(first, first + perms.length));
          first += perms.length;
        }
      },
      (reason: unknown) => {
        for (const { fail } of requests) fail(reason);
      },
    );
  };
  const results = works.map((work, of) => {
    const densities: PairEngine["densities"] = (perms, least = -Infinity) =>
      new Promise((answer, fail) => {
        waiting.push({ of, perms, least, answer, fail });
        next();
      });
    return work({ ...engine, densities }).finally(() => {
      running--;
      next();
    });
  });
  return Promise.all(results) as Promise<Results>;
}
