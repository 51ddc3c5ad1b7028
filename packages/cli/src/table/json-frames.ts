/** JSON that is neither rows nor one object of columns: data frames in all their orientations, rows inside an answer. */

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Row = Record<string, Json>;

/** Rows, and where they were found. */
export interface Frame {
  rows: Row[];
  note: string;
}

/** Whole numbers that a double would round are kept as texts. */
const LONG_INTEGER = /([[:,]\s*)(-?\d{16,})(?=\s*[,\]}])/g;

/** The rows of a data frame; nothing for other JSON, and for what is none. */
export function framedRows(text: string): Frame | undefined {
  const value = parsed(text.replace(LONG_INTEGER, '$1"$2"')) ?? parsed(text);
  return value === undefined ? undefined : rowsOf(value, []);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Answers of services wrap their rows in few levels. */
const DEEPEST = 4;

function rowsOf(value: Json, path: readonly string[]): Frame | undefined {
  if (path.length > DEEPEST) return undefined;
  if (Array.isArray(value)) return arrayRows(value, path);
  if (!isObject(value)) return undefined;
  const { columns, data } = value;
  if (isTexts(columns) && Array.isArray(data) && data.every(Array.isArray)) {
    return { rows: data.map((cells) => rowOf(columns, cells as Json[])), note: "read as columns and data" };
  }
  // A table with its schema: the schema is none of the rows.
  if (isObject(value.schema) && Array.isArray(data)) return rowsOf(data, [...path, "data"]);
  const entries = Object.entries(value);
  const inner = entries.map(([, cells]) => cells);
  if (entries.length > 0 && inner.every((cells) => isObject(cells) && Object.values(cells).every(isCell))) {
    return keyedRows(entries as [string, Row][]);
  }
  // An array of values only is a column.
  const lists = entries.filter(([, list]) => Array.isArray(list) && list.length > 0 && !list.every(isCell));
  if (lists.length === 1) return rowsOf(lists[0][1], [...path, lists[0][0]]);
  const objects = entries.filter(([, object]) => isObject(object));
  const cells = entries.some(([, list]) => Array.isArray(list) && list.length > 0);
  return lists.length === 0 && objects.length === 1 && !cells
    ? rowsOf(objects[0][1], [...path, objects[0][0]])
    : undefined;
}

function arrayRows(list: readonly Json[], path: readonly string[]): Frame | undefined {
  const where = path.length === 0 ? "" : `rows are those of ${JSON.stringify(path.join("."))}`;
  if (list.length > 0 && list.every(Array.isArray)) {
    const rows = list as Json[][];
    const named = rows.length > 1 && isTexts(rows[0]) && !isTexts(rows[1]);
    const names = named ? (rows[0] as string[]) : rows[0].map((_, k) => `column${k + 1}`);
    const how = named ? "its first row holds the names" : "no names, columns are column1, column2, …";
    return {
      rows: (named ? rows.slice(1) : rows).map((cells) => rowOf(names, cells)),
      note: where === "" ? how : `${where}; ${how}`,
    };
  }
  if (path.length === 0 || !list.every(isObject)) return undefined;
  const features =
    list.length > 0 && list.every(({ type, properties }) => type === "Feature" && isObject(properties));
  return { rows: features ? list.map(({ properties }) => properties as Row) : [...list], note: where };
}

/** Rows by their keys, or columns whose cells have the keys of their rows. */
function keyedRows(entries: readonly [string, Row][]): Frame {
  const inner = [...new Set(entries.flatMap(([, cells]) => Object.keys(cells)))];
  const outer = entries.map(([key]) => key);
  const byRow =
    outer.every(isIndex) && !inner.every(isIndex)
      ? true
      : inner.every(isIndex)
        ? false
        : outer.length > inner.length;
  if (byRow) return { rows: entries.map(([, cells]) => cells), note: "read as rows by their keys" };
  const rows = inner.map((key) =>
    Object.fromEntries(entries.map(([name, cells]) => [name, cells[key] ?? null])),
  );
  return { rows, note: "read as columns by their keys" };
}

function rowOf(names: readonly string[], cells: readonly Json[]): Row {
  return Object.fromEntries(names.map((name, k) => [name, cells[k] ?? null]));
}

function isObject(value: Json | undefined): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((cell) => typeof cell === "string");
}

function isCell(value: Json): boolean {
  return typeof value !== "object" || value === null;
}

function isIndex(key: string): boolean {
  return /^\d+$/.test(key);
}
