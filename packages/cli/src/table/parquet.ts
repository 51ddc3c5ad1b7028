import { type Database, pathLiteral } from "./database.js";
import { unnamedIndex } from "./pandas.js";
import { type Source, tableRelation } from "./relation.js";

/** Opens a Parquet file. */
export async function openParquet(database: Database, path: string): Promise<Source> {
  const reader = `read_parquet(${pathLiteral(path)}, hive_partitioning=false)`;
  const description = await database.rows(`DESCRIBE SELECT * FROM ${reader}`);
  const aliases = description.map((_, index) => `c${index}`).join(", ");
  // The reader numbers the rows, unless a column of the file has taken that name.
  const numbered = !description.some((row) => String(row[0]).toLowerCase() === ROW_NUMBER);
  if (numbered) {
    const selected = `SELECT *, ${ROW_NUMBER} FROM ${reader}`;
    await database.run(
      `CREATE TEMP VIEW parquet_rows AS SELECT * FROM (${selected}) AS t(${aliases}, position)`,
    );
  } else {
    await database.run(
      `CREATE TEMP TABLE parquet_rows AS SELECT * FROM (SELECT * FROM ${reader}) AS t(${aliases})`,
    );
  }
  return {
    relation: await tableRelation(database, "parquet_rows", numbered ? "position" : "rowid"),
    names: await ownNames(database, path),
    types: description.map((row) => String(row[1])),
    rowNames: unnamedIndex(await pandasMetadata(database, path)),
    notes: [],
  };
}

/** A column that the reader adds if it is asked for: the position of the row in the file. */
const ROW_NUMBER = "file_row_number";

/** The names in the file. The database changes some: it minds no case in names, and none may be empty. */
async function ownNames(database: Database, path: string): Promise<string[]> {
  const schema = await database.rows(`SELECT name, num_children FROM parquet_schema(${pathLiteral(path)})`);
  const names: string[] = [];
  // The first entry is the file; each is followed by its children.
  for (let at = 1; at < schema.length; at = behind(schema, at)) names.push(String(schema[at][0]));
  return names;
}

/** What pandas wrote of the columns into the footer of the file. */
async function pandasMetadata(database: Database, path: string): Promise<string | undefined> {
  const rows = await database.rows(
    `SELECT decode(value) FROM parquet_kv_metadata(${pathLiteral(path)}) WHERE key = 'pandas'::BLOB`,
  );
  return rows.length === 0 ? undefined : String(rows[0][0]);
}

/** The entry behind a tree of nested columns. */
function behind(schema: readonly unknown[][], at: number): number {
  let next = at + 1;
  for (let left = Number(schema[at][1] ?? 0); left > 0; left--) next = behind(schema, next);
  return next;
}
