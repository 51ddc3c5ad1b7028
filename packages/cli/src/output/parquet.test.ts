import { expect, onTestFinished, test } from "vitest";
import { literal, openDatabase } from "../table/database.js";
import { tempFile } from "../testing/files.js";
import { estimated, resultOf } from "../testing/samples.js";
import { OUTPUT_COLUMNS, outputRows } from "./csv.js";
import { matrixParquet } from "./parquet.js";

async function readBack(bytes: Buffer) {
  const path = literal(tempFile("t.parquet", bytes));
  const database = await openDatabase({ threads: 1 });
  onTestFinished(() => database.close());
  return {
    rows: await database.rows(`SELECT * FROM read_parquet(${path})`),
    types: (await database.rows(`DESCRIBE SELECT * FROM read_parquet(${path})`)).map(([name, type]) => [
      name,
      type,
    ]),
    metadata: Object.fromEntries(
      (await database.rows(`SELECT decode(key), decode(value) FROM parquet_kv_metadata(${path})`)) as [
        string,
        string,
      ][],
    ),
  };
}

test("holds what CSV holds, typed, and says where it comes from", async () => {
  const result = resultOf(
    [
      estimated("a, b", "größe 😀", 0.1 + 0.2, {
        pValue: 1e-300,
        warnings: [{ code: "missing", message: "" }],
      }),
      estimated("a", "b", 0.25, {
        kinds: ["levels", "mixture"],
        entropies: [0.5, undefined],
        normalized: 0.5,
      }),
      { x: "a", y: "c", error: "c is constant" },
    ],
    { file: "it's.csv", seed: 42, units: "bits" },
  );
  const { rows, types, metadata } = await readBack(await matrixParquet(result));
  expect(rows).toEqual(
    [...outputRows(result)].map((row) =>
      OUTPUT_COLUMNS.map((name) => (name === "n" && row.n !== null ? BigInt(row.n) : row[name])),
    ),
  );
  expect(Object.fromEntries(types)).toMatchObject({
    x: "VARCHAR",
    mi: "DOUBLE",
    n: "BIGINT",
    error: "VARCHAR",
    x_kind: "VARCHAR",
    y_entropy: "DOUBLE",
    normalized: "DOUBLE",
  });
  expect(metadata).toEqual({ file: "it's.csv", units: "bits", seed: "42", model: "fake 0123456789ab" });
});

test("is a file without rows for no pairs", async () => {
  expect((await readBack(await matrixParquet(resultOf([])))).rows).toEqual([]);
});
