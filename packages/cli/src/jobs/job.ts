/**
 * A job: the pairs of a table, cut into shards that any number of machines work on which see one folder.
 *
 * `job.json` says what is asked for, `columns.bin` holds the columns as they were read, so that no worker reads the table again, and
 * `shards/` has a file for every shard that is finished. That is all the state there is.
 */

import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MatrixOptions } from "infonet";
import { CliError, UsageError } from "../errors.js";
import type { Remark } from "../kinds/remarks.js";
import { findDestination } from "../output/destination.js";
import { writeTo } from "../output/write.js";
import type { Table, TableColumn } from "../table/types.js";
import { systemReason } from "../terminal/content.js";
import { count } from "../text/numbers.js";
import { Cut, type ShardPart } from "./cut.js";
import { isWhole, type ShardFile, type ShardResult, shardBytes, shardFiles } from "./shard-file.js";

const FORMAT = 1;
const JOB = "job.json";
const COLUMNS = "columns.bin";
const SHARDS = "shards";

/** What is asked of every pair. */
export interface JobOptions extends Required<Pick<MatrixOptions, "units" | "seed">> {
  screen?: number | undefined;
}

/** A column without its values, which stand in the other file. */
interface StoredColumn extends Omit<TableColumn, "values"> {
  /** SHA-256 of them. */
  sha256: string;
}

/** What stands in `job.json`. */
interface JobDocument {
  format: number;
  /** Name and hash of the model. */
  model: string;
  options: JobOptions;
  shards: number;
  /** Halves of the rows that are estimated beside the table; none if it says nothing. */
  replicates?: number;
  table: Omit<Table, "columns" | "cluster" | "counts" | "meaning" | "remarks"> & {
    columns: StoredColumn[];
    cluster?: StoredColumn;
    counts?: StoredColumn;
    remarks: [string, readonly Remark[]][];
  };
}

/** How far a job is. */
export interface JobState {
  /** Numbers of the finished shards, from 1. */
  done: number[];
  missing: number[];
  /** Those of the missing ones whose file is damaged. */
  damaged: number[];
  pairs: { done: number; total: number };
}

/** A job in its folder. */
export class Job {
  readonly #cut: Cut;

  /** The same for all that see the folder: made from what is asked for. */
  readonly id: string;

  private constructor(
    readonly folder: string,
    private readonly document: JobDocument,
  ) {
    this.id = sha256(Buffer.from(JSON.stringify(document))).slice(0, 16);
    const { table, shards, replicates } = document;
    const places = new Map(table.columns.map(({ name }, place) => [name, place]));
    const targets = table.targets?.flatMap((name) => places.get(name) ?? []);
    this.#cut = new Cut(table.columns.length, shards, targets, replicates);
  }

  /**
   * Makes a job.
   *
   * @param folder new, or empty
   * @param model as the engine names it
   * @param replicates halves of the rows that are estimated beside the table
   * @throws CliError if the folder cannot be written to; UsageError if it holds something
   */
  static async plan(
    folder: string,
    table: Table,
    model: string,
    options: JobOptions,
    shards: number,
    replicates = 0,
  ): Promise<Job> {
    await makeFolder(folder);
    const stored: TableColumn[] = [
      ...table.columns,
      ...[table.cluster, table.counts].filter((column) => column !== undefined),
    ];
    const blocks = stored.map(
      ({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    );
    await write(join(folder, COLUMNS), Buffer.concat(blocks));
    const described = stored.map(({ values: _, ...column }, at) => ({
      ...column,
      sha256: sha256(blocks[at]),
    }));
    const { file, rows, names, unusable, targets, related, notes, remarks, cluster, counts } = table;
    const document: JobDocument = {
      format: FORMAT,
      model,
      options,
      shards,
      ...(replicates > 0 && { replicates }),
      table: {
        file,
        rows,
        names,
        unusable,
        ...(targets && { targets }),
        ...(related && { related }),
        notes,
        remarks: [...(remarks ?? [])],
        columns: described.slice(0, table.columns.length),
        ...(cluster && { cluster: described[table.columns.length] }),
        ...(counts && { counts: described[described.length - 1] }),
      },
    };
    // The last file: a folder without it holds no job.
    await write(join(folder, JOB), `${JSON.stringify(document)}\n`);
    return new Job(folder, document);
  }

  /** @throws CliError if the folder holds no job, or one of another version */
  static async open(folder: string): Promise<Job> {
    const text = await readFile(join(folder, JOB), "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw unreadable(join(folder, JOB), error);
      throw new CliError(
        `${folder} holds no job (there is no ${JOB} in it); make one with infonet plan FILE --out ${folder}.`,
      );
    });
    let document: JobDocument;
    try {
      document = JSON.parse(text) as JobDocument;
    } catch {
      throw new CliError(`${join(folder, JOB)} is damaged; plan the job again in another folder.`);
    }
    if (document.format !== FORMAT) {
      throw new CliError(
        `${join(folder, JOB)} has format ${JSON.stringify(document.format)}, and this version of infonet reads ${FORMAT}; use the version that planned it.`,
      );
    }
    return new Job(folder, document);
  }

  get model(): string {
    return this.document.model;
  }

  get options(): JobOptions {
    return this.document.options;
  }

  get shards(): number {
    return this.document.shards;
  }

  get replicates(): number {
    return this.document.replicates ?? 0;
  }

  /** Pairs of all shards, those of replicates among them. */
  get pairs(): number {
    return this.#cut.total;
  }

  /** Names of the columns that take part. */
  get columns(): string[] {
    return this.document.table.columns.map(({ name }) => name);
  }

  /** The table with all its columns, but without their values. */
  get heads(): Table {
    const { columns, cluster, counts, remarks, ...others } = this.document.table;
    const head = ({ sha256: _, ...column }: StoredColumn): TableColumn => ({
      ...column,
      values: new Float64Array(0),
    });
    return {
      ...others,
      columns: columns.map(head),
      cluster: cluster && head(cluster),
      counts: counts && head(counts),
      remarks: new Map(remarks),
    };
  }

  /** The table with some of its columns: those at the given places, all by default. */
  async table(places?: ReadonlySet<number>): Promise<Table> {
    const { columns, cluster, counts, rows } = this.document.table;
    const path = join(this.folder, COLUMNS);
    const bytes = 8 * rows;
    const handle = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
      throw unreadable(path, error);
    });
    const read = async ({ sha256: hash, ...column }: StoredColumn, at: number): Promise<TableColumn> => {
      const values = new Float64Array(rows);
      const into = new Uint8Array(values.buffer);
      const { bytesRead } = await handle.read(into, 0, bytes, at * bytes);
      if (bytesRead === bytes && sha256(into) === hash) return { ...column, values };
      throw new CliError(
        `${path} is damaged at column ${JSON.stringify(column.name)}; plan the job again in another folder.`,
      );
    };
    try {
      const wanted = [...columns.entries()].filter(([place]) => places === undefined || places.has(place));
      const found: TableColumn[] = [];
      for (const [place, column] of wanted) found.push(await read(column, place));
      return {
        ...this.heads,
        columns: found,
        cluster: cluster && (await read(cluster, columns.length)),
        counts: counts && (await read(counts, columns.length + (cluster ? 1 : 0))),
      };
    } finally {
      await handle.close();
    }
  }

  /** @param shard from 1 */
  partsOf(shard: number): ShardPart[] {
    return [...this.#cut.partsOf(shard - 1)];
  }

  /** @param shard from 1 */
  sizeOf(shard: number): number {
    return this.#cut.size(shard - 1);
  }

  /** Writes what a shard found. */
  async finish(shard: number, result: ShardResult): Promise<void> {
    const places = new Map(this.columns.map((name, place) => [name, place]));
    const { name, bytes } = await shardBytes(shard, result, (column) => places.get(column) as number);
    const folder = join(this.folder, SHARDS);
    await mkdir(folder, { recursive: true });
    await write(join(folder, name), bytes);
  }

  /** The whole file of a shard, if there is one. */
  async fileOf(shard: number): Promise<ShardFile | undefined> {
    const [{ whole }] = await this.#look([shard]);
    return whole;
  }

  /** Those of some shards that have no whole file. */
  async unfinished(shards: readonly number[]): Promise<number[]> {
    return (await this.#look(shards)).flatMap(({ shard, whole }) => (whole === undefined ? [shard] : []));
  }

  /** Looks at the file of every shard. */
  async state(): Promise<JobState> {
    return this.#stateOf(await this.#look(this.#all()));
  }

  /**
   * The files of all shards, in their order.
   *
   * @throws CliError if some are not finished
   */
  async files(): Promise<ShardFile[]> {
    const looks = await this.#look(this.#all());
    const { missing, damaged } = this.#stateOf(looks);
    if (missing.length > 0) {
      const cause = damaged.length > 0 ? ` (${count(damaged.length, "file")} damaged)` : "";
      throw new CliError(
        `${this.folder}: ${missing.length} of ${count(this.shards, "shard")} are not finished${cause}: ${ranges(missing)}; run infonet run ${this.folder} first.`,
      );
    }
    return looks.flatMap(({ whole }) => whole ?? []);
  }

  #all(): number[] {
    return Array.from({ length: this.shards }, (_, k) => k + 1);
  }

  /** Reads the folder once, and the files of these shards. */
  async #look(shards: readonly number[]): Promise<Look[]> {
    const files = await shardFiles(join(this.folder, SHARDS));
    const looks: Look[] = [];
    for (const shard of shards) {
      const own = files.get(shard) ?? [];
      looks.push({ shard, there: own.length > 0, whole: await firstWhole(own) });
    }
    return looks;
  }

  #stateOf(looks: readonly Look[]): JobState {
    const numbers = (holds: (look: Look) => boolean): number[] =>
      looks.filter(holds).map(({ shard }) => shard);
    const done = numbers(({ whole }) => whole !== undefined);
    return {
      done,
      missing: numbers(({ whole }) => whole === undefined),
      damaged: numbers(({ there, whole }) => there && whole === undefined),
      pairs: { done: done.reduce((sum, shard) => sum + this.sizeOf(shard), 0), total: this.pairs },
    };
  }
}

/** What there is of a shard. */
interface Look {
  shard: number;
  /** Whether it has a file. */
  there: boolean;
  /** One that holds what was written. */
  whole: ShardFile | undefined;
}

/** Numbers as schedulers of clusters write them: `1-3,7`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length; ) {
    let last = at;
    while (numbers[last + 1] === numbers[last] + 1) last++;
    parts.push(last === at ? `${numbers[at]}` : `${numbers[at]}-${numbers[last]}`);
    at = last + 1;
  }
  return parts.join(",");
}

async function firstWhole(files: readonly ShardFile[]): Promise<ShardFile | undefined> {
  for (const file of files) if (await isWhole(file)) return file;
  return undefined;
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "EEXIST" ? "there is a file of that name" : systemReason(error);
    throw new CliError(`--out ${folder}: the folder cannot be made (${reason}); choose another place.`);
  });
  const [first] = await readdir(folder);
  if (first !== undefined) {
    throw new UsageError(
      `--out ${folder} holds ${JSON.stringify(first)}; name a new folder, or go on with infonet run ${folder}.`,
    );
  }
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await writeTo(await findDestination("--out", path), content);
}

function unreadable(path: string, error: NodeJS.ErrnoException): CliError {
  return new CliError(`${path} cannot be read (${systemReason(error)}); check the permissions there.`);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
