import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type MatrixCell, mergeMatrices } from "infonet";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cell } from "../output/result.js";
import { column, estimated, tableOf } from "../testing/samples.js";
import { Job } from "./job.js";
import { Merged } from "./merged.js";
import type { ShardResult } from "./shard-file.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infonet-merged-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let jobs = 0;
/** A job of c1 … ck whose shards are finished. */
async function finished(
  columns: number,
  shards: number,
  replicates: number,
  resultOf: (job: Job, shard: number) => ShardResult,
): Promise<Job> {
  const table = tableOf(Array.from({ length: columns }, (_, k) => column(`c${k + 1}`, [1, 2, 3])));
  const job = await Job.plan(
    join(folder, String(jobs++)),
    table,
    "m 0",
    { units: "nats", seed: 0 },
    shards,
    replicates,
  );
  for (let shard = 1; shard <= shards; shard++) await job.finish(shard, resultOf(job, shard));
  return job;
}

async function cellsOf(job: Job, selection?: Parameters<Merged["cells"]>[0]): Promise<Cell[]> {
  const merged = await Merged.open(job, 2, new AbortController().signal);
  try {
    const cells: Cell[] = [];
    for await (const batch of merged.cells(selection)) cells.push(...batch);
    return cells;
  } finally {
    merged.close();
  }
}

test("order and q-values are the library's, to the last bit, also of ties and of what was screened out", async () => {
  const value = fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.constantFrom(0, 0.25, 1));
  const p = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.01, 0.5, 1));
  const cell = fc.record({ mi: value, pValue: fc.option(p, { nil: undefined }), fails: fc.boolean() });
  const shape = fc.record({
    cells: fc.array(cell, { minLength: 45, maxLength: 45 }),
    others: fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ cells: values, others }) => {
      let at = 0;
      const all: MatrixCell[] = [];
      const job = await finished(10, 2, 0, (job, shard) => {
        const pairs = job.partsOf(shard).flatMap((part) =>
          part.pairs.map(([i, j]): MatrixCell => {
            const { mi, pValue, fails } = values[at++];
            const [x, y] = [job.columns[i], job.columns[j]];
            if (fails) return { x, y, error: `${x} is constant`, code: "constant" };
            return { ...estimated(x, y, mi), pValue, qValue: undefined } as MatrixCell;
          }),
        );
        all.push(...pairs);
        if (others === undefined) return { pairs };
        return { pairs, screened: { pairs: others * (shard - 1), threshold: 0.1, below: shard } };
      });
      const screened = others === undefined ? undefined : { pairs: others, threshold: 0.1, below: 2 };
      const head = { units: "nats", seed: 0, model: "m 0", columns: job.columns } as const;
      const expected = mergeMatrices([{ ...head, pairs: all, ...(screened && { screened }) }]);
      expect(await cellsOf(job)).toEqual(expected.pairs);
      const few = expected.pairs.filter((cell) => cell.error === undefined && (cell.qValue ?? 1) <= 0.5);
      const known = few.filter((cell) => cell.error === undefined && cell.qValue !== undefined);
      expect(await cellsOf(job, { fdr: 0.5, most: 3 })).toEqual(known.slice(0, 3));
    }),
    { numRuns: 6 },
  );
});

test("replicates: mean, standard deviation and quantiles of a pair, the same for any cut into shards", async () => {
  const REPLICATES = 20;
  const value = (replicate: number, i: number, j: number) => ((replicate * 7 + i * 3 + j) % 20) / 10;
  const results = async (shards: number) => {
    const job = await finished(4, shards, REPLICATES, (job, shard) => {
      const of = ({ replicate, pairs }: ReturnType<Job["partsOf"]>[number]) => ({
        replicate,
        pairs: pairs.map(([i, j]): MatrixCell => {
          const [x, y] = [job.columns[i], job.columns[j]];
          // A pair that fails in some halves, and one that fails in all.
          const fails = replicate > 0 && (i === 2 || (i === 0 && j === 1 && replicate % 2 === 0));
          if (fails) return { x, y, error: "no", code: "constant" };
          return { ...estimated(x, y, value(replicate, i, j)), qValue: undefined } as MatrixCell;
        }),
      });
      const parts = job.partsOf(shard).map(of);
      return {
        pairs: parts.filter(({ replicate }) => replicate === 0).flatMap(({ pairs }) => pairs),
        replicates: parts.filter(({ replicate }) => replicate > 0),
      };
    });
    return cellsOf(job);
  };
  const cells = await results(5);
  expect(cells).toHaveLength(6);
  const found = (x: string, y: string) =>
    cells.find((cell) => cell.x === x && cell.y === y) as Extract<Cell, { mi: number }>;
  // 0.1 k of k = 0 … 19 in some order: mean 0.95, variance (20² − 1) / 12 · 20 / 19 · 0.01.
  const { n, mean, sd, quantiles } = found("c1", "c3").replicates!;
  expect(n).toBe(REPLICATES);
  expect(mean).toBeCloseTo(0.95, 8);
  expect(sd).toBeCloseTo(Math.sqrt(0.35), 8);
  expect(quantiles).toEqual([expect.closeTo(0.095, 8), expect.closeTo(1.805, 8)]);
  expect(found("c1", "c2").replicates?.n).toBe(REPLICATES / 2);
  expect(found("c3", "c4").replicates).toEqual({ n: 0, mean: null, sd: null, quantiles: [null, null] });
  for (const shards of [1, 2, 21]) expect(await results(shards)).toEqual(cells);
});
