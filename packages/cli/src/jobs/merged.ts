/**
 * The pairs of all shards as one result, strongest first, with q-values among all of them. The database sorts and joins them on disk where
 * memory is too small; they come out some at a time, the same for any cut into shards.
 */

import type { ScreenedPairs } from "infonet";
import type { Cell, Replicates } from "../output/result.js";
import { type Database, openDatabase, pathLiteral } from "../table/database.js";
import type { Job } from "./job.js";
import { cellOfRow, SHARD_COLUMNS } from "./shard-file.js";

/** Estimates of replicates are added up as whole numbers of this: sums are then the same in any order. */
const GRAIN = 2 ** 30;

/** Which pairs, and how many. */
interface Selection {
  /** False discovery rate: only pairs with a q-value of at most this. */
  fdr?: number | undefined;
  most?: number | undefined;
}

/** What all shards of a job found. */
export class Merged {
  private constructor(
    private readonly database: Database,
    private readonly columns: readonly string[],
    private readonly replicates: boolean,
    /** How many pairs there are, with and without an estimate, and how many estimates have no p-value. */
    readonly counts: { pairs: number; estimated: number; untested: number },
    readonly screened: ScreenedPairs | undefined,
  ) {}

  /**
   * Looks through the files of a job.
   *
   * @throws CliError if some shards are not finished
   */
  static async open(job: Job, threads: number, signal: AbortSignal): Promise<Merged> {
    const paths = (await job.files()).map(({ path }) => pathLiteral(path));
    const database = await openDatabase({ threads, signal });
    try {
      const files = `[${paths.join(", ")}]`;
      const replicates = job.replicates > 0;
      const among = `FROM read_parquet(${files})`;
      await database.run(`CREATE VIEW cells AS SELECT * ${among}${replicates ? " WHERE replicate = 0" : ""}`);
      const screened = await screenedOf(database, files);
      await database.run(qValuesSql(screened?.pairs ?? 0));
      if (replicates) await database.run(replicatesSql(among));
      const [[pairs, estimated, tested]] = (await database.rows(
        "SELECT count(*)::DOUBLE, count(mi)::DOUBLE, count(p_value)::DOUBLE FROM cells",
      )) as number[][];
      const counts = { pairs, estimated, untested: estimated - tested };
      return new Merged(database, job.columns, replicates, counts, screened);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** The pairs, strongest first and those without an estimate last, equal ones in the order of the columns. */
  async *cells({ fdr, most = Number.POSITIVE_INFINITY }: Selection = {}): AsyncGenerator<Cell[]> {
    const own = SHARD_COLUMNS.map((name) => `cells.${name}`);
    const more = this.replicates ? ", r.n, r.mean, r.sd, r.q05, r.q95" : "";
    const sql = [
      `SELECT ${own.join(", ")}, q.q${more} FROM cells LEFT JOIN q ON cells.p_value = q.p`,
      this.replicates ? "LEFT JOIN r ON cells.x = r.x AND cells.y = r.y" : "",
      fdr === undefined ? "" : `WHERE q.q <= ${fdr}`,
      "ORDER BY cells.mi DESC NULLS LAST, cells.x, cells.y",
      Number.isFinite(most) ? `LIMIT ${most}` : "",
    ];
    for await (const rows of this.database.chunks(sql.join(" "))) yield rows.map((row) => this.#cell(row));
  }

  close(): void {
    this.database.close();
  }

  #cell(row: readonly unknown[]): Cell {
    const after = SHARD_COLUMNS.length;
    const at = (place: number) => row[after + place] as number | null;
    const cell = cellOfRow(row, this.columns, at(0) ?? undefined);
    if (cell.error !== undefined || !this.replicates) return cell;
    const replicates: Replicates = {
      n: at(1) ?? 0,
      mean: at(2),
      sd: at(3),
      quantiles: [at(4), at(5)],
    };
    return Object.assign(cell, { replicates });
  }
}

/** What the shards say of pairs that were screened out, together. */
async function screenedOf(database: Database, files: string): Promise<ScreenedPairs | undefined> {
  const found = await database.rows(
    `SELECT decode(value) FROM parquet_kv_metadata(${files}) WHERE decode(key) = 'screened'`,
  );
  const parts = found.map(([text]) => JSON.parse(String(text)) as ScreenedPairs);
  if (parts.length === 0) return undefined;
  return {
    ...parts[0],
    pairs: parts.reduce((sum, { pairs }) => sum + pairs, 0),
    below: Math.max(...parts.map(({ below }) => below)),
  };
}

/**
 * The q-value of every p-value (Benjamini & Hochberg 1995), as the library has them: the least of p m / rank over all p-values that are at
 * least as large, m being the number of tests.
 *
 * @param others tests beside these whose p-values are taken to be 1
 */
function qValuesSql(others: number): string {
  return `CREATE TABLE q AS
    WITH tests AS (SELECT p_value AS p, count(*) AS k FROM cells WHERE p_value IS NOT NULL GROUP BY p_value),
    ranked AS (SELECT p, sum(k) OVER (ORDER BY p) AS rank, sum(k) OVER () + ${others} AS m FROM tests)
    SELECT p, least(1, min(greatest(p, p * m::DOUBLE / rank::DOUBLE)) OVER (ORDER BY p DESC)) AS q FROM ranked`;
}

function replicatesSql(among: string): string {
  return `CREATE TABLE r AS
    WITH grains AS (SELECT x, y, mi, round(mi * ${GRAIN})::HUGEINT AS g ${among} WHERE replicate > 0),
    sums AS (SELECT x, y, count(mi) AS n, sum(g) AS s, sum(g * g) AS ss,
      quantile_cont(mi, 0.05) AS q05, quantile_cont(mi, 0.95) AS q95 FROM grains GROUP BY x, y)
    SELECT x, y, n::INTEGER AS n, s::DOUBLE / n / ${GRAIN} AS mean,
      CASE WHEN n > 1 THEN sqrt((n * ss - s * s)::DOUBLE / n / (n - 1)) / ${GRAIN} END AS sd, q05, q95 FROM sums`;
}
