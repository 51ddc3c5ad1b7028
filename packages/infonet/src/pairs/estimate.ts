/** Estimates of one pair, of many, and of all pairs of a table. */

import type { Engine } from "../engine/engine.js";
import { DENSITIES } from "../engine/network-tasks.js";
import { runQuantiles } from "../engine/quantiles.js";
import { failureOf } from "../errors.js";
import { readQuantiles, type SampleFacts } from "../inference/reading.js";
import { readColumn, readColumns, readPairs } from "../input/columns.js";
import { type OptionsOf, readOptions } from "../input/options.js";
import { ESTIMATE, MANY, MATRIX } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import type {
  Column,
  DependenceMatrix,
  Estimate,
  EstimateOptions,
  ManyOptions,
  MatrixOptions,
  PairResult,
} from "../types.js";
import { LocalInformation } from "./local.js";
import { assembleMatrix, plannedPairs } from "./matrix.js";
import { type PairSample, PreparedColumn, preparePair } from "./pairs.js";
import { SharedColumns } from "./shared-columns.js";

/**
 * Estimates one pair, on the calling thread.
 *
 * @throws InfoNetError for what cannot be read or estimated, "invalid-option"
 */
export async function estimateOf(
  { model, here }: Engine,
  x: Column,
  y: Column,
  options: EstimateOptions,
): Promise<Estimate> {
  const { seed, units } = readOptions(options, ESTIMATE);
  const [a, b] = Object.entries({ x, y }).map(([name, values]) => ({
    name,
    column: new PreparedColumn(readColumn({ name, values }), seed),
  }));
  const sample = preparePair(a, b, { seed, most: model.rows[1] });
  const [{ quantiles, mixture }] = await here.run(DENSITIES, { perms: [sample.perm] });
  const scale = unitScale(units);
  const local = new LocalInformation(mixture as Float32Array, sample);
  return {
    ...readQuantiles(quantiles, sample, model.reading(units)),
    get lowerBound() {
      return scale * local.lowerBound();
    },
    critic: local.critic(scale),
    copula: local.view(),
    pointwise: () => local.pointwise(x.length, scale),
  };
}

/**
 * Estimates pairs; arrays that occur in several of them are ranked once.
 *
 * @throws AbortedError with the results so far; InfoNetError "invalid-option"
 */
export async function estimatesOf(
  engine: Engine,
  pairs: ReadonlyArray<readonly [Column, Column]>,
  options: ManyOptions,
): Promise<PairResult[]> {
  const settings = readOptions(options, MANY);
  const list = readPairs(pairs);
  const preparation = { seed: settings.seed, most: engine.model.rows[1] };
  const columns = new SharedColumns(settings.seed);
  const samples = list.map(
    ([x, y]) =>
      () =>
        preparePair(columns.prepare("x", x), columns.prepare("y", y), preparation),
  );
  return estimateAll(engine, samples, settings, (results) => results as PairResult[]);
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
  const { seed, units, target } = settings;
  const preparation = { seed, most: engine.model.rows[1] };
  const list = readColumns(columns);
  const names = list.map(({ name }) => name);
  const pairs = plannedPairs(names, target);
  const shared = new SharedColumns(seed);
  const prepare = ({ name, values }: { name: string; values: Column }) => shared.prepare(name, values);
  const samples = pairs.map(
    ([i, j]) =>
      () =>
        preparePair(prepare(list[i]), prepare(list[j]), preparation),
  );
  const { name, sha256 } = engine.model.info;
  const head = { units, seed, model: `${name} ${sha256.slice(0, 12)}`, columns: names };
  return estimateAll(engine, samples, settings, (results) => assembleMatrix(head, pairs, results));
}

/**
 * Prepares and runs samples; what cannot be prepared gets its reason, what was not reached stays empty.
 *
 * @param assemble makes the result, whole or in part
 * @throws AbortedError with the part
 */
async function estimateAll<Result>(
  engine: Engine,
  prepare: ReadonlyArray<() => PairSample>,
  { units, ...watched }: OptionsOf<typeof MANY>,
  assemble: (results: (PairResult | undefined)[]) => Result,
): Promise<Result> {
  const { model } = engine;
  const reading = model.reading(units);
  const results: (PairResult | undefined)[] = new Array(prepare.length);
  const call = engine.call(watched);
  call.expect(prepare.length);
  const samples = function* (): Generator<{ index: number; perm: Uint32Array; facts: SampleFacts }> {
    for (const [index, make] of prepare.entries()) {
      try {
        const { perm, n, used, waves, warnings } = make();
        yield { index, perm, facts: { n, used, waves, warnings } };
      } catch (error) {
        results[index] = failureOf(error);
        call.count(1);
      }
    }
  };
  const work = async (): Promise<Result> => {
    await runQuantiles(samples(), await engine.workers(prepare.length), model, {
      onSample({ index, facts }, quantiles) {
        results[index] = readQuantiles(quantiles, facts, reading);
      },
      onBatch: (pairs) => call.advance(pairs),
    });
    call.tell();
    return assemble(results);
  };
  return call.run(work, () => assemble(results));
}
