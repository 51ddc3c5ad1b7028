import { type Database, pathLiteral } from "./database.js";
import { tableRelation } from "./relation.js";
import type { Source } from "./source.js";

/** Opens a Parquet file. */
export async function openParquet(database: Database, path: string): Promise<Source> {
  const reader = `read_parquet(${pathLiteral(path)}, hive_partitioning=false)`;
  const description = await database.rows(`DESCRIBE SELECT * FROM ${reader}`);
  const aliases = description.map((_, index) => `c${index}`).join(", ");
  await database.run(`CREATE TEMP VIEW parquet_source AS SELECT * FROM ${reader} AS t(${aliases})`);
  return {
    relation: await tableRelation(database, "parquet_source"),
    names: await ownNames(database, path),
    types: description.map((row) => String(row[1])),
    decimalComma: false,
    notes: [],
  };
}

/** The names in the file. The database changes some: it minds no case in names, and none may be empty. */
async function ownNames(database: Database, path: string): Promise<string[]> {
  const schema = await database.rows(`SELECT name, num_children FROM parquet_schema(${pathLiteral(path)})`);
  const names: string[] = [];
  // The first entry is the file; each is followed by its children.
  for (let at = 1; at < schema.length; at = behind(schema, at)) names.push(String(schema[at][0]));
  return names;
}

/** The entry behind a tree of nested columns. */
function behind(schema: readonly unknown[][], at: number): number {
  let next = at + 1;
  for (let left = Number(schema[at][1] ?? 0); left > 0; left--) next = behind(schema, next);
  return next;
}
