/** Tables of the folder `shared/eval/tables` beside the repository, for tests of real data where they lie there. */

import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const FOLDER = new URL("../../../../../shared/eval/tables/", import.meta.url);

/** Whether the tables are there. */
export const HAS_TABLES = existsSync(FOLDER);

/** The columns of a table whose fields hold no commas, by name: numbers where all fields are, else texts; null for NA. */
export function evalTable(name: string): Map<string, (number | string | null)[]> {
  const text = gunzipSync(readFileSync(new URL(`${name}.csv.gz`, FOLDER))).toString();
  const [names, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((field) => field.replaceAll('"', "")));
  return new Map(
    names.map((column, k) => {
      const cells = rows.map((row) => (row[k] === "NA" || row[k] === "" ? null : row[k]));
      const numbers = cells.every((cell) => cell === null || !Number.isNaN(Number(cell)));
      return [column, numbers ? cells.map((cell) => (cell === null ? null : Number(cell))) : cells];
    }),
  );
}

/** Some columns of one of these tables. */
export function evalColumns(name: string, ...columns: string[]): (number | string | null)[][] {
  const table = evalTable(name);
  return columns.map((column) => table.get(column) as (number | string | null)[]);
}
