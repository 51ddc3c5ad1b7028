import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { tempFolder } from "../testing/files.js";
import { literal, openDatabase, pathLiteral } from "./database.js";

async function database(signal?: AbortSignal) {
  const opened = await openDatabase({ threads: 1, signal });
  onTestFinished(() => opened.close());
  return opened;
}

describe("openDatabase", () => {
  test("fills columns by the number of the row, in whatever order the rows come", async () => {
    const db = await database();
    const columns = [new Float64Array(10_000), new Float64Array(10_000)];
    await db.fill(
      "SELECT range::DOUBLE, range::DOUBLE, 'nan'::DOUBLE FROM range(10000) ORDER BY hash(range)",
      columns,
    );
    expect(columns[0].every((value, row) => value === row)).toBe(true);
    expect(columns[1].every(Number.isNaN)).toBe(true);
  });

  test("appends rows with nulls", async () => {
    const db = await database();
    await db.run("CREATE TABLE t (a VARCHAR, b DOUBLE, c BIGINT)");
    await db.append("t", [
      ["it's", 0.5, 7n],
      ["x", null, null],
    ]);
    expect(await db.rows("SELECT * FROM t")).toEqual([
      ["it's", 0.5, 7n],
      ["x", null, null],
    ]);
  });

  test("loads no extension from the network", async () => {
    const db = await database();
    await expect(db.rows("SELECT * FROM 'https://example.org/x.csv'")).rejects.toThrow();
  });

  test("ends a long query when it is aborted, with the reason", async () => {
    const controller = new AbortController();
    const db = await database(controller.signal);
    const reason = new Error("stop");
    const query = db.rows("SELECT count(*) FROM range(10000000000) a WHERE hash(a.range) = 1");
    setTimeout(() => controller.abort(reason), 20);
    await expect(query).rejects.toBe(reason);
    await expect(db.run("SELECT 1")).rejects.toBe(reason);
  });
});

describe("literals", () => {
  test("double single quotes", () => {
    expect(literal("it's")).toBe("'it''s'");
  });

  test("match a path with pattern signs and nothing else", async () => {
    const folder = tempFolder();
    for (const name of ["a[1]?*'.csv", "a1xx'.csv"]) writeFileSync(join(folder, name), `${name}\n`);
    const db = await database();
    const path = pathLiteral(join(folder, "a[1]?*'.csv"));
    expect(await db.rows(`SELECT * FROM read_csv(${path}, header=false, delim=';', quote='')`)).toEqual([
      ["a[1]?*'.csv"],
    ]);
  });
});
