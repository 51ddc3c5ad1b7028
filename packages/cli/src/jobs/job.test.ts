import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MatrixCell, mergeMatrices } from "infonet";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Cell } from "../output/result.js";
import type { Table } from "../table/types.js";
import { Job, ranges } from "./job.js";
import { Merged } from "./merged.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "infonet-job-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const number = (name: string, values: number[]) => ({
  name,
  kind: "number" as const,
  values: Float64Array.from(values),
  missing: values.filter(Number.isNaN).length,
});

const TABLE: Table = {
  file: "t.csv",
  rows: 3,
  names: ["a", "b", "c", "d", "text"],
  columns: [
    number("a", [1, 2, Number.NaN]),
    number("b", [1e300, -0, 5]),
    { name: "c", kind: "category", values: Float64Array.of(0, 1, 0), levels: ["x", "é\u2028"], missing: 0 },
    number("d", [3, 1, 2]),
  ],
  counts: number("k", [4, 5, 6]),
  unusable: [{ name: "text", reason: "is an identifier" }],
  notes: ["a note"],
  related: [["a", "b"]],
  remarks: new Map([["a", [{ text: "a remark" }]]]),
};
const OPTIONS = { units: "nats", seed: 3 } as const;

async function merged(job: Job) {
  const all = await Merged.open(job, 1, new AbortController().signal);
  try {
    const cells: Cell[] = [];
    for await (const batch of all.cells()) cells.push(...batch);
    return { cells, screened: all.screened, counts: all.counts };
  } finally {
    all.close();
  }
}

const plan = (shards: number) => Job.plan(join(folder, "job"), TABLE, "m 0123", OPTIONS, shards);

function cellsOf(job: Job, shard: number): MatrixCell[] {
  const { columns } = job;
  return job.partsOf(shard)[0].pairs.map(([i, j], k): MatrixCell => {
    const names = { x: columns[i], y: columns[j] };
    if (j === 2) return { ...names, error: "b is constant", code: "constant" };
    return {
      ...names,
      mi: 0.1 + (i + 0.1 * j) / 3,
      interval: [0, Math.PI],
      pValue: k === 0 ? undefined : Number.MIN_VALUE,
      n: 3,
      kinds: ["number", "levels"],
      entropies: [undefined, 0.7],
      normalized: k === 0 ? undefined : 0.5,
      warnings: k === 0 ? [] : [{ code: "few-samples", message: 'a "few"' }],
    };
  });
}

test("what was planned is there when the job is opened again, and its table as it was read", async () => {
  await plan(2);
  const job = await Job.open(join(folder, "job"));
  expect(job).toMatchObject({
    model: "m 0123",
    shards: 2,
    pairs: 6,
    options: OPTIONS,
    columns: ["a", "b", "c", "d"],
  });
  expect(await job.table()).toEqual({ ...TABLE, cluster: undefined });
  const some = await job.table(new Set([1, 3]));
  expect(some.columns.map(({ name }) => name)).toEqual(["b", "d"]);
  expect(some.columns[0].values).toEqual(TABLE.columns[1].values);
});

test("what shards found comes back to the last digit, whatever it was", async () => {
  const job = await plan(2);
  await job.finish(1, { pairs: cellsOf(job, 1) });
  expect(await job.state()).toMatchObject({
    done: [1],
    missing: [2],
    damaged: [],
    pairs: { done: 3, total: 6 },
  });
  await expect(merged(job)).rejects.toThrow(
    `1 of 2 shards are not finished: 2; run infonet run ${job.folder} first.`,
  );
  const screened = { pairs: 1, threshold: 0.01, below: 0.2 };
  await job.finish(2, { pairs: cellsOf(job, 2), screened });
  const found = await merged(job);
  expect(found.screened).toEqual(screened);
  const cells = [...cellsOf(job, 1), ...cellsOf(job, 2)];
  const without = (cell: Cell) => ({ ...cell, qValue: undefined });
  expect(new Set(found.cells.map(without))).toEqual(new Set(cells.map(without)));
  // The order and the q-values are those of the library.
  const head = { units: "nats", seed: 3, model: job.model, columns: job.columns } as const;
  const { pairs } = mergeMatrices([{ ...head, columns: [...job.columns], pairs: cells, screened }]);
  expect(found.cells).toEqual(
    pairs.map((cell) => (cell.error === undefined ? cell : expect.objectContaining(cell))),
  );
});

test("two workers that do one shard leave one file, and a damaged file counts for nothing", async () => {
  const job = await plan(2);
  await Promise.all([1, 2].map(() => job.finish(2, { pairs: cellsOf(job, 2) })));
  const shards = join(job.folder, "shards");
  const [name, ...more] = await readdir(shards);
  expect(more).toEqual([]);
  const bytes = await readFile(join(shards, name));
  bytes[bytes.length >> 1] ^= 1;
  await writeFile(join(shards, name), bytes);
  await writeFile(join(shards, "readme.txt"), "not a shard");
  expect(await job.state()).toMatchObject({ done: [], missing: [1, 2], damaged: [2] });
  expect(await job.fileOf(2)).toBeUndefined();
  await job.finish(2, { pairs: cellsOf(job, 2) });
  expect(await job.state()).toMatchObject({ done: [2], damaged: [] });
});

test("a folder that cannot be a job, and a job that cannot be read, are refused", async () => {
  await mkdir(join(folder, "job"));
  await writeFile(join(folder, "job", "thing"), "");
  await expect(plan(2)).rejects.toThrow(`holds "thing"; name a new folder`);
  await writeFile(join(folder, "file"), "");
  await expect(Job.plan(join(folder, "file"), TABLE, "m", OPTIONS, 1)).rejects.toThrow(
    "the folder cannot be made (there is a file of that name)",
  );
  await expect(Job.open(folder)).rejects.toThrow("holds no job (there is no job.json in it)");
  await writeFile(join(folder, "job.json"), "{");
  await expect(Job.open(folder)).rejects.toThrow("job.json is damaged");
  await writeFile(join(folder, "job.json"), '{"format": 99}');
  await expect(Job.open(folder)).rejects.toThrow("has format 99, and this version of infonet reads 1");
  await rm(join(folder, "job", "thing"));
  const job = await plan(1);
  const columns = await readFile(join(job.folder, "columns.bin"));
  columns[9 * 3] ^= 1;
  await writeFile(join(job.folder, "columns.bin"), columns);
  await expect(job.table()).rejects.toThrow('columns.bin is damaged at column "b"');
  expect((await job.table(new Set([0]))).columns).toHaveLength(1);
});

test("ranges of numbers, as schedulers take them", () => {
  expect(ranges([])).toBe("");
  expect(ranges([3])).toBe("3");
  expect(ranges([1, 2, 3, 5, 7, 8])).toBe("1-3,5,7-8");
});
