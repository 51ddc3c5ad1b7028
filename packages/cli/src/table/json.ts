import { readFile, stat, writeFile } from "node:fs/promises";
import { CliError } from "../errors.js";
import { type Database, pathLiteral } from "./database.js";
import { asUtf8 } from "./encoding.js";
import { type Frame, framedRows } from "./json-frames.js";
import { type JsonShape, scanJson } from "./json-scan.js";
import { cellsRelation, type Source, tableRelation } from "./relation.js";
import type { Scratch } from "./scratch.js";

/**
 * Opens JSON: an array of objects, objects one after the other (one a line), or one object of columns.
 *
 * @param file how the user calls it
 * @param path the file, unpacked
 */
export async function openJson(
  database: Database,
  file: string,
  path: string,
  scratch: Scratch,
  signal?: AbortSignal,
): Promise<Source> {
  const text = await asUtf8(path, scratch, { withoutMark: true, signal });
  const notes = text.encoding ? [`read as ${text.encoding} (it is not UTF-8)`] : [];
  let shape = await scanJson(file, text.path, signal);
  let { path: rows } = text;
  const frame = mayBeFrame(shape) ? await readFrame(rows) : undefined;
  if (frame !== undefined) {
    rows = await scratch.file("rows");
    await writeFile(rows, frame.rows.map((row) => JSON.stringify(row)).join("\n"));
    shape = await scanJson(file, rows, signal);
    if (frame.note !== "") notes.push(frame.note);
  }
  checkRows(file, shape);
  const load = shape.keys.length > MANY_KEYS || clashing(shape.keys) ? loadCells : loadTyped;
  const loaded = await load(database, file, pathLiteral(rows), shape);
  return { ...loaded, notes };
}

/** A data frame is one object, or an array of arrays. */
function mayBeFrame({ objects, firstOther, firstInfinite }: JsonShape): boolean {
  return firstInfinite === 0 && ((objects === 1 && firstOther === 0) || (objects === 0 && firstOther === 1));
}

/** The longest text that is taken apart at once: strings end at half a gigabyte. */
const LONGEST_FRAME = 400 * 2 ** 20;

async function readFrame(path: string): Promise<Frame | undefined> {
  const { size } = await stat(path);
  return size > LONGEST_FRAME ? undefined : framedRows(await readFile(path, "utf8"));
}

/** With more keys the database takes longer to plan its queries than to run them. */
const MANY_KEYS = 200;

function checkRows(file: string, { keys, objects, firstOther, arrays, firstInfinite }: JsonShape): void {
  const remedy = "JSON must be an array of objects or one object a line";
  if (objects === 0) throw new CliError(`${file} holds no objects; ${remedy}.`);
  if (firstOther > 0) throw new CliError(`${file}: row ${firstOther} is not an object; ${remedy}.`);
  if (arrays > 1) throw new CliError(`${file} holds ${arrays} arrays one after the other; ${remedy}.`);
  if (keys.length === 0) throw new CliError(`${file}: its objects have no keys, so there are no columns.`);
  if (firstInfinite > 0) {
    throw new CliError(
      `${file}: row ${firstInfinite} holds an infinite value, which is not JSON; replace it by a number or null.`,
    );
  }
}

/** Whether the database would rename keys: it minds no case in the names of columns, and none may be empty. */
function clashing(keys: readonly string[]): boolean {
  return keys.includes("") || new Set(keys.map((key) => key.toLowerCase())).size < keys.length;
}

type Loaded = Pick<Source, "relation" | "names" | "types">;

async function loadTyped(database: Database, file: string, path: string, shape: JsonShape): Promise<Loaded> {
  // All rows are looked at for the types, nothing below the second level is taken apart, and keys are columns
  // however rare they are.
  const reader = `read_json(${path}, compression='uncompressed', sample_size=-1, maximum_depth=2, field_appearance_threshold=0, map_inference_threshold=-1, hive_partitioning=false)`;
  await database.run(`CREATE TEMP TABLE json_rows AS SELECT * FROM ${reader}`);
  const description = await database.rows("DESCRIBE json_rows");
  const names = description.map((row) => String(row[0]));
  const types = description.map((row) => String(row[1]));
  const aliases = names.map((_, index) => `c${index}`).join(", ");
  await database.run(`CREATE TEMP VIEW json_source AS SELECT *, rowid FROM json_rows AS t(${aliases})`);
  if (shape.objects > 1 || !types.every((type) => type.endsWith("[]"))) {
    return { names, types, relation: await tableRelation(database, "json_source") };
  }
  // {"a": [1, 2], "b": [3, 4]}: one object of columns instead of an array of rows.
  const lengths = names.map((_, index) => `len(c${index})`).join(", ");
  const [found] = await database.rows(`SELECT ${lengths} FROM json_source WHERE c0 IS NOT NULL`);
  checkLengths(file, names, found.map(Number));
  const columns = names.map((_, index) => `unnest(c${index}) AS c${index}`).join(", ");
  await database.run(`CREATE TEMP TABLE json_columns AS SELECT ${columns} FROM json_source`);
  return {
    names,
    types: types.map((type) => type.slice(0, -2)),
    relation: await tableRelation(database, "json_columns"),
  };
}

/** Takes the rows apart into cells. What the values are is then found out as for other text. */
async function loadCells(database: Database, file: string, path: string, shape: JsonShape): Promise<Loaded> {
  const names = shape.keys;
  await database.run(
    `CREATE TEMP TABLE json_rows AS SELECT json FROM read_json_objects(${path}, compression='uncompressed', hive_partitioning=false)`,
  );
  await database.run("CREATE TEMP TABLE json_names (c INTEGER, name VARCHAR)");
  await database.append(
    "json_names",
    names.map((name, index) => [index, name]),
  );
  await database.run(
    `CREATE TEMP TABLE json_cells AS
      SELECT c, CAST(r AS INTEGER) AS r, field.value AS v
      FROM (SELECT rowid AS r, unnest(map_entries(from_json(json, '"MAP(VARCHAR, JSON)"'))) AS field FROM json_rows)
      JOIN json_names ON name = field.key`,
  );
  const [twice] = await database.rows(
    "SELECT r, c FROM json_cells GROUP BY r, c HAVING count(*) > 1 ORDER BY r, c LIMIT 1",
  );
  if (twice !== undefined) {
    const [row, index] = twice.map(Number);
    throw new CliError(
      `${file}: row ${row + 1} has the key ${JSON.stringify(names[index])} twice; keep one of them.`,
    );
  }
  const types = names.map(() => "JSON");
  if (shape.objects === 1) {
    const lengths = await database.rows(
      "SELECT json_array_length(v), json_type(v) FROM json_cells ORDER BY c",
    );
    if (lengths.every(([, type]) => type === "ARRAY")) {
      checkLengths(
        file,
        names,
        lengths.map(([length]) => Number(length)),
      );
      await database.run(
        `CREATE TEMP TABLE json_columns AS
          SELECT c, CAST(generate_subscripts(list, 1) - 1 AS INTEGER) AS r, unnest(list) AS v
          FROM (SELECT c, from_json(v, '["JSON"]') AS list FROM json_cells)`,
      );
      return { names, types, relation: cellsRelation(database, "json_columns", Number(lengths[0][0])) };
    }
  }
  const [[rows]] = await database.rows("SELECT count(*) FROM json_rows");
  return { names, types, relation: cellsRelation(database, "json_cells", Number(rows)) };
}

/** One object of columns: the lists must be equally long, because a value that is missing has no place. */
function checkLengths(file: string, names: readonly string[], lengths: readonly number[]): void {
  const other = lengths.findIndex((length) => length !== lengths[0]);
  if (other < 0) return;
  const told = [0, other].map((index) => `${JSON.stringify(names[index])} has ${lengths[index]} values`);
  throw new CliError(`${file}: the columns differ in length (${told.join(", ")}); make them equally long.`);
}
