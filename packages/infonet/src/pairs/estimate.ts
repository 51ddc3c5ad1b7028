/** Estimates of one pair, of many, and of all pairs of a table. */

import type { Engine } from "../engine/engine.js";
import { DENSITIES, type SampleOutput } from "../engine/network-tasks.js";
import { runQuantiles } from "../engine/quantiles.js";
import type { Workers } from "../engine/task.js";
import { failureOf, InfoNetError } from "../errors.js";
import { nameOf } from "../input/cells.js";
import { readColumns, readPairs } from "../input/columns.js";
import { type OptionsOf, readOptions } from "../input/options.js";
import { MANY_PAIRS, MATRIX, PAIR } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import type { LongCall } from "../long-call.js";
import type { NetworkSample } from "../network/network.js";
import type {
  Column,
  DependenceMatrix,
  ManyPairsOptions,
  MatrixCell,
  MatrixOptions,
  PairOptions,
  PairResult,
  ScreenedPairs,
} from "../types.js";
import { assembleMatrix, cellOf, plannedPairs } from "./matrix.js";
import { densitiesToAsk, type PlannedPair, planned, readPlanned, samplesToAsk } from "./planned.js";
import { type NamedPrepared, prepareColumn } from "./prepared.js";
import { PairEstimate } from "./result.js";
import { rowRoles } from "./row-roles.js";
import { SharedColumns } from "./shared-columns.js";
import { mayBeCounted } from "./sides.js";

/**
 * Estimates one pair, on the calling thread.
 *
 * @throws InfoNetError for what cannot be read or estimated, "invalid-option"
 */
export async function estimateOf(
  { model, here }: Engine,
  x: Column,
  y: Column,
  options: PairOptions,
): Promise<PairEstimate> {
  const { units, ...others } = readOptions(options, PAIR);
  const [a, b] = [prepareColumn(nameOf(x, "x"), x), prepareColumn(nameOf(y, "y"), y)];
  const plan = planned(a, b, model.rows[1], rowRoles(others));
  const firsts = densitiesToAsk(plan);
  const outputs = await densitiesOf(samplesToAsk(plan), new Set(firsts.values()), here, model.largestBatch);
  const quantiles = outputs.map((output) => output.quantiles);
  const mixtures = new Map([...firsts].map(([part, k]) => [part, outputs[k].mixture as Float32Array]));
  const { result, readings } = readPlanned(plan, quantiles, model.pairReader(units));
  // A page that fills a matrix does not carry what only one pair close up is asked for.
  const { DrawnInformation, LocalInformation } = await import("./local.js");
  const densities = readings.map((reading) => new LocalInformation(reading.plan, mixtures));
  const local = plan.drawn === undefined ? densities[0] : new DrawnInformation(plan.drawn, densities);
  return new PairEstimate(result, local, { length: a.coded.places.length, units });
}

/**
 * Quantiles of samples, and densities of some of them.
 *
 * @param wanted numbers of those whose densities are asked for
 */
async function densitiesOf(
  samples: readonly NetworkSample[],
  wanted: ReadonlySet<number>,
  workers: Workers,
  largestBatch: number,
): Promise<SampleOutput[]> {
  const outputs: SampleOutput[] = new Array(samples.length);
  for (const withDensity of [true, false]) {
    const numbers = [...samples.keys()].filter((k) => wanted.has(k) === withDensity);
    for (let from = 0; from < numbers.length; from += largestBatch) {
      const batch = numbers.slice(from, from + largestBatch);
      const least = withDensity ? undefined : Infinity;
      const found = await workers.run(DENSITIES, { samples: batch.map((k) => samples[k]), least });
      for (const [slot, k] of batch.entries()) outputs[k] = found[slot];
    }
  }
  return outputs;
}

/**
 * Estimates pairs; arrays that occur in several of them are ranked once.
 *
 * @throws AbortedError with the results so far; InfoNetError "invalid-option"
 */
export async function estimatesOf(
  engine: Engine,
  pairs: ReadonlyArray<readonly [Column, Column]>,
  options: ManyPairsOptions,
): Promise<PairResult[]> {
  const settings = readOptions(options, MANY_PAIRS);
  const list = readPairs(pairs);
  const columns = new SharedColumns();
  const prepared = list.map(
    ([x, y]): PreparePair =>
      () => [columns.prepare(nameOf(x, "x"), x), columns.prepare(nameOf(y, "y"), y)],
  );
  return estimateAll(engine, prepared, settings, (results) => results as PairResult[]);
}

/**
 * Estimates the pairs of a table.
 *
 * @throws AbortedError with the matrix so far; InfoNetError "unknown-column", "invalid-option"
 */
export async function matrixOf(
  engine: Engine,
  columns: unknown,
  options: MatrixOptions,
): Promise<DependenceMatrix> {
  const settings = readOptions(options, MATRIX);
  const { seed, units, target, pairs: asked, related, screen, rows, cluster, counts, onPairs } = settings;
  const list = readColumns(columns);
  const names = list.map(({ name }) => name);
  const pairs = plannedPairs(names, { target, pairs: asked, related });
  const shared = new SharedColumns();
  const prepare = ({ name, values }: { name: string; values: Column }) => shared.prepare(name, values);
  const prepared = pairs.map(
    ([i, j]): PreparePair =>
      () => [prepare(list[i]), prepare(list[j])],
  );
  const { name, sha256 } = engine.model.info;
  const head = { units, seed, model: `${name} ${sha256.slice(0, 12)}`, columns: names };
  const onResult = onPairs && cellsTo(onPairs, (index, result) => cellOf(names, pairs[index], result));
  if (screen === undefined) {
    return estimateAll(engine, prepared, settings, (results) => assembleMatrix(head, pairs, results), {
      onResult,
    });
  }
  if (rows === "series" || cluster !== undefined || counts !== undefined) {
    const given = rows === "series" ? "rows" : cluster !== undefined ? "cluster" : "counts";
    throw new InfoNetError(
      "invalid-option",
      `screen is ${screen} and ${given} is given; the first look takes every row for itself. Leave one of them out.`,
    );
  }
  let screened: ScreenedPairs = { pairs: 0, threshold: screen, below: 0 };
  const choose = async (call: LongCall): Promise<number[]> => {
    const readable = list.map((column) => orUndefined(() => prepare(column)));
    const { screenPairs } = await import("./screen.js");
    const screening = await screenPairs(engine, readable, pairs, screen, call);
    screened = { ...screening.screened, below: unitScale(units) * screening.screened.below };
    return screening.kept;
  };
  return estimateAll(
    engine,
    prepared,
    settings,
    (results) => assembleMatrix({ ...head, screened }, pairs, results),
    { choose, onResult },
  );
}

/** Collects the results of pairs, and tells the cells that were collected. */
function cellsTo(
  tell: (cells: MatrixCell[]) => void,
  cell: (index: number, result: PairResult) => MatrixCell,
): Told {
  let cells: MatrixCell[] = [];
  return {
    add: (index, result) => cells.push(cell(index, result)),
    tell: () => {
      const told = cells;
      cells = [];
      if (told.length > 0) tell(told);
    },
  };
}

/** Hears of every result when it is there, and when it is time to tell. */
interface Told {
  add(index: number, result: PairResult): void;
  tell(): void;
}

/** Reads the two columns of a pair, or throws why they cannot be read. */
type PreparePair = () => [NamedPrepared, NamedPrepared];

/** Tables of counts between two pauses: they are not worth a thread, but many of them take time. */
const TABLES_AT_ONCE = 16;

/** A pair whose samples are with the network. */
interface Waiting {
  index: number;
  plan: PlannedPair;
  quantiles: Float32Array[];
  left: number;
}

/**
 * Prepares and runs pairs; what cannot be prepared gets its reason, what was not reached stays empty.
 *
 * @param assemble makes the result, whole or in part
 * @param choose which of the pairs, by their numbers; by default all
 * @param onResult is told of them as they come
 * @throws AbortedError with the part
 */
async function estimateAll<Result>(
  engine: Engine,
  prepare: readonly PreparePair[],
  { units, rows, cluster, counts, ...watched }: OptionsOf<typeof MANY_PAIRS>,
  assemble: (results: (PairResult | undefined)[]) => Result,
  { choose, onResult }: { choose?: (call: LongCall) => Promise<readonly number[]>; onResult?: Told } = {},
): Promise<Result> {
  const { model } = engine;
  const reader = model.pairReader(units);
  const most = model.rows[1];
  const roles = rowRoles({ rows, cluster, counts });
  const results: (PairResult | undefined)[] = new Array(prepare.length);
  const call = engine.call(watched);
  call.expect(prepare.length);
  const finish = (index: number, result: PairResult): void => {
    results[index] = result;
    onResult?.add(index, result);
  };
  const advance = (pairs: number): Promise<void> => {
    onResult?.tell();
    return call.advance(pairs);
  };
  /** Estimates a pair that needs no network, or gives its plan. */
  const begun = (index: number): PlannedPair | undefined => {
    try {
      const plan = planned(...prepare[index](), most, roles);
      if (samplesToAsk(plan).length > 0) return plan;
      finish(index, readPlanned(plan, [], reader).result);
    } catch (error) {
      finish(index, failureOf(error));
    }
    return undefined;
  };
  /** Estimates what needs no network of some pairs, and gives the others. */
  const counted = async (indices: readonly number[]): Promise<number[]> => {
    const left: number[] = [];
    let done = 0;
    for (const index of indices) {
      if (begun(index) !== undefined) left.push(index);
      else if (++done % TABLES_AT_ONCE === 0) await advance(TABLES_AT_ONCE);
    }
    call.count(done % TABLES_AT_ONCE);
    return left;
  };
  let finished = 0;
  const samples = function* (indices: readonly number[]) {
    for (const index of indices) {
      const plan = begun(index);
      if (plan === undefined) {
        call.count(1);
        continue;
      }
      const asked = samplesToAsk(plan);
      const pair: Waiting = { index, plan, quantiles: [], left: asked.length };
      for (const [at, sample] of asked.entries()) yield { ...sample, at, pair };
    }
  };
  const work = async (): Promise<Result> => {
    const tables: number[] = [];
    const others: number[] = [];
    const chosen = choose === undefined ? prepare.keys() : await choose(call);
    for (const index of chosen) (mayBeCountedAt(prepare[index]) ? tables : others).push(index);
    const left = tables.length > 0 ? [...(await counted(tables)), ...others] : others;
    await runQuantiles(samples(left), await engine.workers(left.length), model, {
      onSample({ at, pair }, quantiles) {
        pair.quantiles[at] = quantiles.slice();
        if (--pair.left > 0) return;
        finish(pair.index, readPlanned(pair.plan, pair.quantiles, reader).result);
        finished++;
      },
      async onBatch() {
        const pairs = finished;
        finished = 0;
        await advance(pairs);
      },
    });
    onResult?.tell();
    call.tell();
    return assemble(results);
  };
  return call.run(work, () => assemble(results));
}

/** Whether a pair may be two columns of levels; a column that cannot be read is not. */
function mayBeCountedAt(prepare: PreparePair): boolean {
  return orUndefined(() => mayBeCounted(...prepare())) ?? false;
}

/** What a function gives, or nothing if it throws: the error is told when its pairs are estimated. */
function orUndefined<Value>(of: () => Value): Value | undefined {
  try {
    return of();
  } catch {
    return undefined;
  }
}
