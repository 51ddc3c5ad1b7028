import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { columnsOf, notesOf, readText, tempFile, tempFolder, valuesOf } from "../testing/files.js";
import { openDatabase } from "./database.js";
import { type ReadOptions, readTable } from "./read.js";
import type { Table, TableColumn } from "./types.js";

const TEXT = "id,x,y,kind\nk1,1,5,a\nk2,2,,b\nk3,3,7,a\nk4,4,8,b\n";

describe("readTable", () => {
  test("gives all columns in the order of the file, with what is missing", async () => {
    const path = tempFile("t.csv", TEXT);
    const table = await readTable(path);
    expect(table).toMatchObject({ file: path, rows: 4, names: ["id", "x", "y", "kind"], notes: [] });
    expect(valuesOf(table)).toEqual({ x: [1, 2, 3, 4], y: [5, Number.NaN, 7, 8], kind: [0, 1, 0, 1] });
    expect(columnsOf(table).y.missing).toBe(1);
    expect(table.unusable.map(({ name }) => name)).toEqual(["id"]);
  });

  test("gives only the columns that are asked for, in the order of the request", async () => {
    const table = await readText("t.csv", TEXT, { columns: ["kind", "x"] });
    expect(table.names).toEqual(["kind", "x"]);
    expect(table.columns.map(({ name }) => name)).toEqual(["kind", "x"]);
  });

  test("adds the target to the columns, and uses both even if they look like identifiers", async () => {
    const table = await readText("t.csv", TEXT, { columns: ["x"], target: ["id"] });
    expect(valuesOf(table)).toEqual({ x: [1, 2, 3, 4], id: [0, 1, 2, 3] });
    const all = await readText("t.csv", TEXT, { target: ["id"] });
    expect(all.columns.map(({ name }) => name)).toEqual(["id", "x", "y", "kind"]);
    expect([table.targets, all.targets]).toEqual([["id"], ["id"]]);
  });

  test("takes several targets, patterns among them, and a list that was made for other tables", async () => {
    const names = async (options: ReadOptions) => (await readText("t.csv", TEXT, options)).targets;
    expect(await names({})).toBeUndefined();
    expect(await names({ target: ["kind", "x:y"] })).toEqual(["kind", "x", "y"]);
    expect(await names({ target: ["*"], exclude: ["x"], cluster: "y" })).toEqual(["id", "kind"]);
    const listed = { file: "tf.txt", names: ["y", "TP53", "x", "MYC", "*", "SOX2"] };
    const table = await readText("t.csv", TEXT, { target: ["kind"], listed });
    expect(table.targets).toEqual(["kind", "y", "x"]);
    expect(table.notes).toEqual(['4 of the 6 targets in tf.txt are not in the table: "TP53", "MYC", "*", …']);
    await expect(names({ listed: { file: "tf.txt", names: ["MYC"] } })).rejects.toThrow(
      't.csv has no column that tf.txt lists ("MYC"). Its columns: "id", "x", "y", "kind".',
    );
    await expect(names({ target: ["x"], exclude: ["x"] })).rejects.toThrow("name all targets");
  });

  test("sets columns apart that say what rows stand for, whatever they hold", async () => {
    const table = await readText("t.csv", TEXT, { cluster: "id", counts: "y" });
    expect(table.names).toEqual(["x", "kind"]);
    expect(table.columns.map(({ name }) => name)).toEqual(["x", "kind"]);
    expect(table.unusable).toEqual([]);
    expect(table.cluster).toMatchObject({ name: "id", levels: ["k1", "k2", "k3", "k4"], missing: 0 });
    expect([...table.counts!.values]).toEqual([5, Number.NaN, 7, 8]);
    const same = await readText("t.csv", "a,b,n\n1,2,3\n4,5,3\n", { counts: "n" });
    expect([...same.counts!.values]).toEqual([3, 3]);
    await expect(readText("t.csv", "a,b,n\n1,2,\n4,5,\n", { cluster: "n" })).rejects.toThrow(
      't.csv: column "n" has no values (all missing).',
    );
  });

  test("names the nearest column if one is not there", async () => {
    await expect(readText("t.csv", TEXT, { columns: ["x", "kinds"] })).rejects.toThrow(
      'did you mean "kind"?',
    );
    await expect(readText("t.csv", TEXT, { target: ["Y"] })).rejects.toThrow('did you mean "y"?');
  });

  test("takes columns for what the user says, whether or not they are all that is read", async () => {
    const text = "code,income,name\n3,100,k1\n40,n/s,k2\n3,200,k3\n10,rather not,k4\n";
    const kinds = { categorical: ["code", "name"], numeric: ["income"] };
    const table = await readText("t.csv", text, kinds);
    const { code, income, name } = columnsOf(table);
    expect(code).toMatchObject({ kind: "category", levels: ["3", "10", "40"], missing: 0 });
    expect([...code.values]).toEqual([0, 2, 0, 1]);
    expect(income).toMatchObject({ kind: "number", levels: undefined, missing: 2 });
    expect([...income.values]).toEqual([100, Number.NaN, 200, Number.NaN]);
    expect(name.levels).toEqual(["k1", "k2", "k3", "k4"]);
    expect(notesOf(table)).toEqual([
      'income: 2 values are not a number (such as "n/s") and taken as missing',
    ]);
    const some = await readText("t.csv", text, { ...kinds, columns: ["code", "income"] });
    expect(some.names).toEqual(["code", "income"]);
    expect(columnsOf(some).code.kind).toBe("category");
  });

  test("calls categories of typed columns by the text of their values", async () => {
    const path = join(tempFolder(), "t.parquet");
    const database = await openDatabase({ threads: 1 });
    await database.run(
      `COPY (SELECT v::DOUBLE AS d, v::BIGINT AS i, v > 2 AS b, v > 2 AS t
        FROM (VALUES (10), (2), (9), (NULL)) AS s(v)) TO '${path}' (FORMAT parquet)`,
    );
    database.close();
    const table = await readTable(path, { categorical: ["d", "i", "b"], numeric: ["t"] });
    const { d, i, b, t } = columnsOf(table);
    for (const codes of [d, i]) {
      expect(codes).toMatchObject({ kind: "category", levels: ["2", "9", "10"] });
      expect([...codes.values]).toEqual([2, 0, 1, Number.NaN]);
    }
    expect(b).toMatchObject({ kind: "category", levels: ["false", "true"] });
    expect(t).toMatchObject({ kind: "number", levels: undefined, missing: 1 });
    expect([...t.values]).toEqual([1, 0, 1, Number.NaN]);
  });

  test("names the nearest column for a kind of one that is not there, and refuses two kinds of one", async () => {
    await expect(readText("t.csv", TEXT, { categorical: ["kinds"] })).rejects.toThrow('did you mean "kind"?');
    await expect(readText("t.csv", TEXT, { numeric: ["Y"] })).rejects.toThrow('did you mean "y"?');
    await expect(readTable("nowhere.csv", { categorical: ["x", "y"], numeric: ["y"] })).rejects.toThrow(
      '--categorical and --numeric both name "y"; a column is one of the two.',
    );
  });

  test("keeps integers apart that doubles cannot tell apart, and tells", async () => {
    const rows = [0n, 1n, 2n, 3n, 0n, 1n].map((k) => `${2n ** 53n + k},${k}`);
    const text = `stamp,x\n${rows.join("\n")}\n`;
    const table = await readText("t.csv", text);
    expect(notesOf(table)).toEqual([
      "stamp: holds integers beyond 2^53, which are counted from the smallest, 9007199254740992, so that they stay apart",
    ]);
    expect([...table.columns[0].values]).toEqual([0, 1, 2, 3, 0, 1]);
    const apart = await readText("t.csv", text, { categorical: ["stamp"] });
    expect(notesOf(apart)).toEqual([]);
    expect(apart.columns[0].levels).toHaveLength(4);
    expect(notesOf(await readText("t.csv", "size,x\n1e300,1\n2e300,2\n3e300,3\n"))).toEqual([]);
  });

  test("reads the same with several threads", async () => {
    const rows = Array.from({ length: 50_000 }, (_, k) => `${(k * 7919) % 1000},${k}`);
    const path = tempFile("t.csv", `a,b\n${rows.join("\n")}\n`);
    const [one, two] = [await readTable(path), await readTable(path, { threads: 2 })];
    expect(two.columns.map(({ values }) => values)).toEqual(one.columns.map(({ values }) => values));
    expect(one.columns[1].values.every((value, row) => value === row)).toBe(true);
  });
});

describe("the order of the rows", () => {
  // More rows than the database keeps in one group, so that threads share them.
  const ROWS = 130_000;
  const kind = (k: number) => ["x", "y", "z"][(k * 7919) % 3];
  const object = (k: number) => `{"a":${k},"k":"${kind(k)}"}`;
  const lines = (row: (k: number) => string) => Array.from({ length: ROWS }, (_, k) => row(k));

  test.each([
    ["t.csv", () => `a,k\n${lines((k) => `${k},${kind(k)}`).join("\n")}\n`],
    ["t.csv", () => `a,k\n${lines((k) => `${k},${kind(k)}`).join("\n")}\n1,2,3\n`],
    ["t.ndjson", () => lines(object).join("\n")],
    ["t.json", () => `[${lines(object).join(",\n")}]`],
  ])("is that of the file for any number of threads: %s", async (name, text) => {
    const path = tempFile(name, text());
    for (const threads of [1, 8]) expectOrder(await readTable(path, { threads }), `${threads}`);
  });

  test("is that of the file for any number of threads: t.parquet", async () => {
    const folder = tempFolder();
    const database = await openDatabase({ threads: 1 });
    for (const name of ["k", "File_Row_Number"]) {
      await database.run(
        `COPY (SELECT range::VARCHAR AS a, ['x', 'y', 'z'][(range * 7919) % 3 + 1] AS "${name}" FROM range(${ROWS}))
          TO '${folder}/${name}.parquet' (FORMAT parquet, ROW_GROUP_SIZE 4096)`,
      );
    }
    database.close();
    for (const name of ["k", "File_Row_Number"]) {
      for (const threads of [1, 8]) {
        expectOrder(await readTable(join(folder, `${name}.parquet`), { threads }), `${name} ${threads}`);
      }
    }
  });

  function expectOrder({ columns }: Table, what: string): void {
    const [a, k] = columns;
    const wrong = (column: TableColumn, value: (row: number) => number) =>
      column.values.slice(0, ROWS).findIndex((found, row) => found !== value(row));
    expect(
      wrong(a, (row) => row),
      what,
    ).toBe(-1);
    const base = k.levels?.indexOf("x") as number;
    expect(
      wrong(k, (row) => base + ((row * 7919) % 3)),
      what,
    ).toBe(-1);
  }
});

describe("a table of many columns", () => {
  test("is read like one of few", async () => {
    const columns: [string, (row: number) => unknown][] = [
      ["number", (row) => row * 1.5],
      ["odd", (row) => (row === 3 ? "unknown" : row)],
      ["thousands", (row) => `"${row + 1},000.5"`],
      ["missing", (row) => (row % 2 ? "NA" : row)],
      ["none", () => ""],
      ["constant", () => 7],
      ["infinite", (row) => (row === 2 ? "inf" : row)],
      ["truth", (row) => row % 3 === 0],
      ["date", (row) => `2020-01-${10 + (row % 20)}`],
      ["german", (row) => `${10 + (row % 20)}.02.2020`],
      ["time", (row) => `12:${10 + (row % 40)}`],
      ["kind", (row) => (row === 5 ? "" : ["b", "a", " c"][row % 3])],
      ["identifier", (row) => `id ${row}`],
    ];
    const csv = (width: number) => {
      const names = [
        ...columns.map(([name]) => name),
        ...Array.from({ length: width }, (_, k) => `extra ${k}`),
      ];
      const rows = Array.from({ length: 40 }, (_, row) =>
        [...columns.map(([, value]) => value(row)), ...Array.from({ length: width }, () => row)].join(","),
      );
      return `${names.join(",")}\n${rows.join("\n")}\n`;
    };
    const names = columns.map(([name]) => name);
    for (const options of [
      {},
      { columns: names },
      { columns: ["kind", "number", "none"], target: ["odd"] },
      { categorical: ["odd", "date", "truth", "missing", "identifier"], numeric: ["kind", "number"] },
      { numeric: ["odd", "truth", "german"] },
    ]) {
      const few = await readText("few.csv", csv(0), options);
      const many = await readText("many.csv", csv(300), options);
      const known = ({ name }: { name: string }) => names.includes(name);
      expect(many.columns.filter(known)).toEqual(few.columns);
      expect(many.unusable).toEqual(few.unusable);
      expect(notesOf(many)).toEqual(notesOf(few));
    }
  });

  test("tells of twenty columns at most one by one", async () => {
    const rows = Array.from({ length: 30 }, (_, row) =>
      Array.from({ length: 50 }, (_, k) => (row === 3 ? `?${k}` : row)).join(","),
    );
    const header = Array.from({ length: 50 }, (_, k) => `c${k}`).join(",");
    const notes = notesOf(await readText("t.csv", `${header}\n${rows.join("\n")}\n`));
    expect(notes).toHaveLength(21);
    expect(notes[20]).toBe("30 more columns hold values that are read in such a way");
  });

  test("tells what many columns share in one line", async () => {
    const rows = Array.from({ length: 30 }, (_, row) => {
      const cells = [row, `${row} kg`, `${row} kg`, ...Array.from({ length: 9 }, (_, k) => row * k)];
      return cells.map((cell) => (row === 3 || row === 4 ? "?" : cell)).join(",");
    });
    const table = await readText("t.csv", `a,b,c,d0,d1,d2,d3,d4,d5,d6,d7,d8\n${rows.join("\n")}\n`);
    expect(notesOf(table)).toEqual([
      '"?" taken as missing in 12 columns: a, b, c, d0, d1, d2, d3, d4 and 4 more',
      'read without the unit "kg" in 2 columns: b, c',
    ]);
  });
});

describe("the example tables", () => {
  const example = (name: string) => fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url));

  test("penguins.csv has four measurements and three kinds of categories", async () => {
    const table = await readTable(example("penguins.csv"));
    expect(table.rows).toBe(344);
    expect(table.columns.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
      ["Species", "category", 0],
      ["Island", "category", 0],
      ["Beak Length (mm)", "number", 2],
      ["Beak Depth (mm)", "number", 2],
      ["Flipper Length (mm)", "number", 2],
      ["Body Mass (g)", "number", 2],
      ["Sex", "category", 11],
    ]);
    expect(columnsOf(table).Sex.levels).toEqual(["FEMALE", "MALE"]);
  });

  test("seattle-weather.csv has a date and nothing missing", async () => {
    const table = await readTable(example("seattle-weather.csv"));
    expect(table.rows).toBe(1461);
    expect(table.columns.map(({ kind }) => kind)).toEqual([
      "date",
      "number",
      "number",
      "number",
      "number",
      "category",
    ]);
    expect(table.columns.every(({ missing }) => missing === 0)).toBe(true);
  });
});
