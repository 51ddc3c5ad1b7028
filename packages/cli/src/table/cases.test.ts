/** Tables as programs and people write them, in the folder `shared/cases/reading` beside the repository, where it lies there. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { columnsOf, notesOf } from "../testing/files.js";
import { type ReadOptions, readTable } from "./read.js";
import type { Table } from "./types.js";

const FOLDER = fileURLToPath(new URL("../../../../../shared/cases/reading/", import.meta.url));

const read = (name: string, options?: ReadOptions) => readTable(FOLDER + name, options);
const column = (table: Table, index: number) => {
  expect(table.unusable).toEqual([]);
  return [...table.columns[index].values];
};

/** What an estimate sees of a column: equal values, and their order. */
function ranks(values: readonly number[]): number[] {
  const different = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const places = new Map(different.map((value, place) => [value, place]));
  return values.map((value) => places.get(value) ?? Number.NaN);
}

/** The correlation of the ranks of two columns, where both have a value. */
function rankCorrelation(x: readonly number[], y: readonly number[]): number {
  const both = x.map((_, row) => row).filter((row) => !Number.isNaN(x[row]) && !Number.isNaN(y[row]));
  const [a, b] = [x, y].map((values) => ranks(both.map((row) => values[row])));
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [ma, mb] = [mean(a), mean(b)];
  const dot = (p: readonly number[], mp: number, q: readonly number[], mq: number) =>
    p.reduce((sum, value, k) => sum + (value - mp) * (q[k] - mq), 0);
  return dot(a, ma, b, mb) / Math.sqrt(dot(a, ma, a, ma) * dot(b, mb, b, mb));
}

const DATED = "date_ampm date_clf date_comma_ms date_compactT date_ctime date_demin date_jp date_weekday";
const DAYS = "date_dashdmy date_de2 date_iso date_jp date_mon date_uk2 date_us2 date_ydots";

describe.runIf(existsSync(FOLDER))("tables as people write them", () => {
  test.each([
    ["tab_comma.tsv"],
    ["pipe_comma.csv"],
    ["quoted_decimal_comma.csv"],
    ["latin1.csv.gz"],
    ["utf16.csv.gz"],
    ["comments.csv"],
    ["title.csv"],
    ["sep_line.csv"],
    ["space.txt"],
    ["spaces_aligned.dat"],
    ["noheader_mixed.csv", { header: false }],
    ["paren_neg.csv"],
    ["unicode_minus.csv"],
    ["percent.csv"],
    ["percent_int.csv"],
    ["unit.csv"],
    ["euro.csv", { columns: ["p", "y"] }],
    ["currency.csv"],
    ["lt.csv"],
  ] as [string, ReadOptions?][])("a pair of numbers: %s", async (name, options) => {
    const table = await read(name, options);
    expect(table.rows).toBe(200);
    const [x, y] = [column(table, 0), column(table, 1)];
    expect(table.columns.slice(0, 2).map(({ kind }) => kind)).toEqual(["number", "number"]);
    expect([...x, ...y].filter(Number.isNaN)).toEqual([]);
    const lines = readFileSync(`${FOLDER}sep_line.csv`, "utf8").trim().split("\n").slice(2);
    const exact = [0, 1].map((index) => lines.map((line) => Number(line.split(";")[index])));
    expect(Math.max(...y.map((value, row) => Math.abs(value - exact[1][row])))).toBeLessThan(0.006);
    expect(rankCorrelation(x, exact[0])).toBeGreaterThan(name === "lt.csv" ? 0.95 : 0.98);
  });

  test.each(["columns", "index", "split", "values"])("JSON as a data frame writes it: %s", async (orient) => {
    const [table, wrapped] = [await read(`json_${orient}.json`), await read("json_wrapped.json")];
    expect(table.rows).toBe(100);
    expect([column(table, 0), column(table, 1)]).toEqual([column(wrapped, 0), column(wrapped, 1)]);
    expect(column(table, 0).slice(0, 3)).toEqual([0.0701, 0.9621, -1.8253]);
  });

  test.each(["de", "space", "apos", "nbsp"])("groups of thousands: %s", async (dialect) => {
    const plain = await read("plain_thousands.csv");
    const table = await read(`${dialect}_thousands.csv`);
    for (const index of [0, 1]) expect(column(table, index)).toEqual(column(plain, index));
  });

  test.each([
    ["miss_dot.csv", "."],
    ["miss_q.csv", "?"],
    ["miss_hashna.csv", "#N/A"],
    ["miss_float_q.csv", "?"],
    ["miss_m999.csv", "-999", { missing: ["-999"] }],
  ] as [string, string, ReadOptions?][])("words for what is missing: %s", async (name, word, options) => {
    const table = await read(name, options);
    expect(table.columns.map(({ kind, missing }) => [kind, missing])).toEqual([
      ["number", 16],
      ["number", 0],
    ]);
    if (options === undefined) expect(notesOf(table).join("\n")).toContain(JSON.stringify(word));
  });

  test("one table in several dialects", async () => {
    const [clean, holes] = [await read("sharp_clean.csv"), await read("sharp_empty.csv")];
    const expectSame = (table: Table, other: Table) => {
      for (const index of [0, 1]) expect(ranks(column(table, index))).toEqual(ranks(column(other, index)));
    };
    for (const name of ["sharp_kg.csv", "sharp_pct.csv", "sharp_tab.tsv"])
      expectSame(await read(name), clean);
    expectSame(await read("sharp_q.csv"), holes);
    expectSame(await read("sharp_m999.csv", { missing: ["-999"] }), holes);
    const german = await read("sharp_de.csv");
    expect(column(german, 0).slice(0, 4)).toEqual([363, 1677, 323, 1078]);
    expect(column(german, 1).slice(0, 4)).toEqual([796.3, 3361.5, 630.1, 2181.9]);
    expect(rankCorrelation(column(german, 0), column(german, 1))).toBeGreaterThan(0.9);
  });

  test.each([...new Set(`${DATED} ${DAYS}`.split(" "))])("dates: %s", async (name) => {
    const [table, iso] = [await read(`${name}.csv`), await read("date_iso.csv")];
    expect(table.columns[0].kind).toBe("date");
    expect(table.columns[0].missing).toBe(0);
    const days = column(table, 0).map((value) => Math.floor(value / 86_400));
    expect(days).toEqual(column(iso, 0).map((value) => value / 86_400));
  });

  test.each([
    ["date_my.csv", (day: Date) => day.getUTCFullYear() * 12 + day.getUTCMonth()],
    ["date_ym.csv", (day: Date) => day.getUTCFullYear() * 12 + day.getUTCMonth()],
    ["date_quarter.csv", (day: Date) => day.getUTCFullYear() * 4 + Math.floor(day.getUTCMonth() / 3)],
  ])("parts of a year: %s", async (name, part) => {
    const [table, iso] = [await read(name), await read("date_iso.csv")];
    expect(table.columns[0].kind).toBe("date");
    const expected = column(iso, 0).map((value) => part(new Date(value * 1000)));
    expect(ranks(column(table, 0))).toEqual(ranks(expected));
  });

  test("weeks", async () => {
    const [table, iso] = [await read("date_isow.csv"), await read("date_iso.csv")];
    const apart = column(table, 0).map((value, row) => (iso.columns[0].values[row] - value) / 86_400);
    // The Monday of the week, which begins before the day and less than seven days earlier.
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...apart)).toBeLessThan(7);
  });

  test("times of day and durations", async () => {
    const clock = await read("time_ampm.csv");
    expect(clock.columns[0].kind).toBe("time");
    expect(column(clock, 0).slice(0, 3)).toEqual([
      20 * 3600 + 51 * 60,
      15 * 3600 + 34 * 60,
      6 * 3600 + 45 * 60,
    ]);
    const spans = await read("time_dur.csv");
    expect(spans.columns[0].kind).toBe("number");
    expect(column(spans, 0).slice(0, 2)).toEqual([62 * 60 + 25, 46 * 60 + 50]);
  });

  test("days that may be months", async () => {
    const told = notesOf(await read("ambig_uk.csv")).join("\n");
    expect(told).toContain("--date-order");
    const [uk, us] = [await read("ambig_uk.csv", { dateOrder: "dmy" }), await read("ambig_uk.csv")];
    expect(column(uk, 0)).not.toEqual(column(us, 0));
    expect(notesOf(uk).join()).not.toContain("--date-order");
    expect((await read("ambig_iso.csv")).columns[0].kind).toBe("date");
  });

  test("integers of many digits", async () => {
    const [long, short] = [await read("bigint.csv"), await read("bigint_control.csv")];
    expect(ranks(column(long, 0))).toEqual(ranks(column(short, 0)));
    const ids = await read("bigid.parquet");
    const texts = await read("bigid.parquet", { categorical: ["id"] });
    expect(new Set(column(ids, 0)).size).toBe(texts.columns[0].levels?.length);
  });

  test("levels that look like missing words", async () => {
    const country = await read("country_na.csv");
    expect(country.columns[0].levels).toEqual(["DE", "FR", "NA", "ZA"]);
    expect(notesOf(country).join()).toContain('"NA"');
    const surname = await read("surname.csv");
    expect(surname.columns[0].levels).toEqual(["Lee", "Nan", "Null", "Smith"]);
    expect(notesOf(surname).join()).toContain('"Null"');
    for (const name of ["country_na.csv", "surname.csv"]) {
      const kept = await read(name, { missing: [] });
      expect(kept.columns[0].levels).toHaveLength(4);
      expect(notesOf(kept)).toEqual([]);
    }
  });

  test("names of rows and of other alphabets", async () => {
    const table = await read("r_rownames.csv");
    expect(columnsOf(table)).toHaveProperty("height");
    expect(columnsOf(table).height.values[0]).toBe(135);
    expect(columnsOf(table).weight.values[0]).toBe(142.657);
    expect((await read("latin1_levels.csv.gz")).columns[0].levels).toContain("Rés");
  });

  test("what breaks off is refused", async () => {
    await expect(read("cut.csv.gz")).rejects.toThrow("is cut");
  });
});
