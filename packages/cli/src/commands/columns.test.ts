import { describe, expect, test } from "vitest";
import { tempFile } from "../testing/files.js";
import { run } from "../testing/run.js";

const TEXT = `when;price;unit;city;id\n${Array.from(
  { length: 40 },
  (_, k) =>
    `${10 + (k % 15)}.02.2020;1.${100 + k},5;${k === 3 ? "?" : `${k} kg`};${k % 2 ? "Ulm" : "NA"};k${k}`,
).join("\n")}\n`;

describe("infonet columns", () => {
  test("tells what was read of every column", async () => {
    const path = tempFile("t.csv", TEXT);
    const { code, stdout, stderr, loaded } = await run(["columns", path]);
    expect({ code, stderr, loaded }).toEqual({ code: 0, stderr: "", loaded: [] });
    expect(
      stdout.replace(path, "t.csv"),
    ).toBe(`t.csv: 40 rows, 5 columns: 2 numbers, 1 date, 2 columns not usable; 1 % of the cells missing in the others

when   date      █████▆▆▃      2020-02-10 … 2020-02-24; such as 2020-02-10, 2020-02-11, 2020-02-12
  ! read as dates, day before month (such as "10.02.2020")
price  number    ██████████    1100.5 … 1139.5; such as 1100.5, 1101.5, 1102.5
unit   number    ▆█████████    0 … 39; 1 missing; such as 0, 1, 2
  ! read without the unit "kg"
  ! "?" in 1 row counts as missing
city   unusable
  ! is constant: every value is "Ulm" or missing (20); if missing means something, write it out
  ! "NA" in 20 rows count as missing; --missing "" keeps such words as levels
id     unusable
  ! looks like an identifier: 40 texts, all different, of which nothing can be counted
`);
  });

  test("tells it as JSON", async () => {
    const path = tempFile("t.csv", TEXT);
    const options = ["--missing", "", "--categorical", "id", "--exclude", "when"];
    const { stdout } = await run(["columns", path, "--format", "json", ...options]);
    const { file, rows, columns } = JSON.parse(stdout);
    expect({ file, rows }).toEqual({ file: path, rows: 40 });
    expect(columns.map(({ name, kind, levels }: Record<string, unknown>) => [name, kind, levels])).toEqual([
      ["price", "number", null],
      ["unit", "number", null],
      ["city", "category", 2],
      ["id", "category", 40],
    ]);
    expect(columns[0]).toEqual({
      name: "price",
      kind: "number",
      missing: 0,
      levels: null,
      low: 1100.5,
      high: 1139.5,
      examples: [1100.5, 1101.5, 1102.5],
      distribution: [4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
      remarks: [],
    });
  });
});

test("what many columns share is told once, above", async () => {
  const rows = Array.from({ length: 20 }, (_, k) => (k === 7 ? "NA,NA,no,2" : `f,${k} %,no,${k}`));
  const path = tempFile("t.csv", `a,b,c,d\n${rows.join("\n")}\nm,NA,yes,4\nm,NA,NA,-999\nm,5 %,no,-999\n`);
  const { stdout } = await run(["columns", path]);
  expect(stdout.replace(path, "t.csv")).toContain(`
  ! "NA" taken as missing in 2 columns: a, c; --missing "" keeps such words as levels

a     category  █▂            2 levels; 1 missing; such as f, m
b `);
  const { columns } = JSON.parse((await run(["columns", path, "--format", "json"])).stdout);
  expect(columns[0].remarks).toEqual([
    '"NA" in 1 row counts as missing; --missing "" keeps such words as levels',
  ]);
});

describe("where tables do not come from", () => {
  test("the network", async () => {
    const { code, stderr } = await run(["columns", "https://example.org/t.csv"]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "infonet: https://example.org/t.csv is an address, and nothing is fetched from the network; download it and name the file.\n",
    );
  });
});
