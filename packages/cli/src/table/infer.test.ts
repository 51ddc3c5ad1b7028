import { describe, expect, test } from "vitest";
import { columnsOf, notesOf, readText, reasonsOf, valuesOf } from "../testing/files.js";
import type { ReadOptions } from "./read.js";

type KindsAsked = Pick<ReadOptions, "categorical" | "numeric">;
const CATEGORICAL: KindsAsked = { categorical: ["a"] };
const NUMERIC: KindsAsked = { numeric: ["a"] };

/** Reads one column of text beside a column of row numbers. */
async function readColumn(values: readonly string[], wanted = false, kinds: KindsAsked = {}) {
  const quoted = values.map((value, k) => `"${value}",${k}`);
  const table = await readText("t.csv", `a,row\n${quoted.join("\n")}\n`, {
    ...(wanted ? { columns: ["a"] } : {}),
    ...kinds,
  });
  const column = columnsOf(table).a;
  return {
    kind: column?.kind,
    values: column && [...column.values],
    levels: column?.levels,
    reason: reasonsOf(table).a,
    notes: notesOf(table),
  };
}

const NaNs = (count: number) => Array.from({ length: count }, () => Number.NaN);
const repeat = <T>(list: readonly T[], times: number): T[] =>
  Array.from({ length: times }, () => list).flat();
const DAY = 86_400;

describe("numbers", () => {
  test("are read in all usual spellings", async () => {
    const { kind, values } = await readColumn(["1", " -2.5 ", "+3e2", ".5", "1e-3", "0", "-0.0", "7."]);
    expect(kind).toBe("number");
    expect(values).toEqual([1, -2.5, 300, 0.5, 0.001, 0, -0, 7]);
  });

  test("are missing where a word says so, in any case", async () => {
    const { values, notes } = await readColumn(["1", "", "NA", "n/a", "NaN", "null", " Null ", "NAN", "2"]);
    expect(values).toEqual([1, ...NaNs(7), 2]);
    expect(notes).toEqual([]);
  });

  test("forgive one odd text in twenty and tell", async () => {
    const numbers = Array.from({ length: 19 }, (_, k) => String(k));
    const { values, notes } = await readColumn([...numbers, "rather not"]);
    expect(values).toEqual([...numbers.map(Number), Number.NaN]);
    expect(notes).toEqual(['a: 1 value is not a number (such as "rather not") and taken as missing']);
    expect((await readColumn([...numbers.slice(1), "rather not"])).kind).toBeUndefined();
  });

  test("must be finite", async () => {
    expect((await readColumn(["1", "inf", "2"])).reason).toBe(
      "holds 1 infinite value; replace them by numbers or leave them empty",
    );
    expect((await readColumn(["1", "-Infinity", "1e999"])).reason).toContain("2 infinite values");
  });
});

describe("numbers far from all others", () => {
  test("are told where they may mean missing", async () => {
    const numbers = Array.from({ length: 30 }, (_, k) => (k % 10 === 0 ? "-999" : String(k)));
    const { values, notes } = await readColumn(numbers);
    expect(values?.[0]).toBe(-999);
    expect(notes).toEqual([
      "a: holds -999 in 3 rows, far from all else; if it means missing, add --missing -999",
    ]);
    expect((await readColumn(["999", "999", "0", "1998", "500"])).notes).toEqual([]);
    const answers = Array.from({ length: 30 }, (_, k) =>
      k % 10 === 0 ? "99" : k % 10 === 1 ? "88" : String(k % 4),
    );
    expect((await readColumn(answers)).notes).toEqual([
      "a: holds 88, 99 in 6 rows, far from all else; if they mean missing, add --missing 88,99",
    ]);
    const ages = Array.from({ length: 100 }, (_, k) => String(k));
    expect((await readColumn([...ages, "88", "99"])).notes).toEqual([]);
  });
});

describe("numbers that may be meant otherwise", () => {
  test("are told: codes with leading zeros", async () => {
    const zips = Array.from({ length: 40 }, (_, k) => String((k * 7919) % 100_000).padStart(5, "0"));
    expect(await readColumn(zips)).toMatchObject({
      kind: "number",
      notes: ["a: holds numbers with leading zeros, as codes have them; --categorical takes them for codes"],
    });
    const hours = Array.from({ length: 40 }, (_, k) => String(k % 24).padStart(4, "0"));
    expect((await readColumn(hours)).notes).toEqual([]);
  });

  test("are days if all of eight digits are", async () => {
    const days = ["20200131", "20200229", "20191224", "20200101", "NA"];
    expect(await readColumn(days)).toMatchObject({
      kind: "date",
      notes: ["a: numbers of eight digits read as dates; --numeric takes them for numbers"],
    });
    expect((await readColumn([...days, "20200230"])).kind).toBe("number");
    const table = await readText("t.csv", `a,b\n${days.map((day) => `${day},1`).join("\n")}\n`, NUMERIC);
    expect(table.columns[0].kind).toBe("number");
  });
});

describe("true and false", () => {
  test("are 0 and 1 with their names", async () => {
    const { kind, values, levels } = await readColumn(["true", "FALSE", "True", "", "false"]);
    expect({ kind, values, levels }).toEqual({
      kind: "boolean",
      values: [1, 0, 1, Number.NaN, 0],
      levels: ["false", "true"],
    });
  });
});

describe("dates and times", () => {
  test("are seconds since 1970 in UTC", async () => {
    const { kind, values } = await readColumn(["1970-01-02", "1969-12-31", "", "1970-01-01T00:00:10Z"]);
    expect(kind).toBe("date");
    expect(values).toEqual([DAY, -DAY, Number.NaN, 10]);
    expect((await readColumn(["1970-01-01 01:00:00+01:00", "1970-01-01 00:00:00.5"])).values).toEqual([
      0, 0.5,
    ]);
  });

  test("are read in national forms and tell which", async () => {
    const german = await readColumn(["31.12.1970", "01.01.1970"]);
    expect(german.values).toEqual([364 * DAY, 0]);
    expect(german.notes).toEqual(['a: read as dates, day before month (such as "01.01.1970")']);
    const american = await readColumn(["12/31/1970", "01/02/1970"]);
    expect(american.values).toEqual([364 * DAY, DAY]);
    const british = await readColumn(["31/12/1970", "02/01/1970"]);
    expect(british.values).toEqual([364 * DAY, DAY]);
    expect((await readColumn(["Jan 2 1970", "Feb 1 1970"])).values).toEqual([DAY, 31 * DAY]);
  });

  test("of the day may be told by halves", async () => {
    const { kind, values } = await readColumn(["1:11:00 PM", "1:11:00 AM", "12:00:00 AM"]);
    expect({ kind, values }).toEqual({ kind: "time", values: [47_460, 4260, 0] });
  });

  test("of the day are seconds since midnight", async () => {
    const { kind, values } = await readColumn(["00:00", "12:30:15", "23:59"]);
    expect({ kind, values }).toEqual({ kind: "time", values: [0, 45_015, 86_340] });
  });
});

describe("categories", () => {
  test("are codes in the order of the alphabet", async () => {
    const { kind, values, levels } = await readColumn(["wet", "dry", "", "wet", "dry", "fog", "fog"]);
    expect(kind).toBe("category");
    expect(levels).toEqual(["dry", "fog", "wet"]);
    expect(values).toEqual([2, 0, Number.NaN, 2, 0, 1, 1]);
  });

  test("may hold any text", async () => {
    const hostile = ["it's", "a'; DROP TABLE csv_rows; --", "<script>", "😀", "\u0000x"];
    const { kind, levels } = await readColumn(repeat(hostile, 2));
    expect(kind).toBe("category");
    expect(new Set(levels)).toEqual(new Set(hostile));
  });

  test("are no identifiers and no free text, unless the column is asked for", async () => {
    const names = ["carol", "bob", "alice"];
    expect((await readColumn(names)).reason).toBe(
      "looks like names or free text: 3 texts, all different, of which nothing can be counted",
    );
    const { values, levels, notes } = await readColumn(names, true);
    expect(levels).toEqual(["alice", "bob", "carol"]);
    expect(values).toEqual([2, 1, 0]);
    expect(notes).toEqual(["a: 3 different texts, each taken for a category"]);
    expect((await readColumn(["a", "b", "c", "c"])).reason).toContain(
      "has too many different texts to be categories: 3 in 4 rows",
    );
  });

  test("are 256 at most", async () => {
    const levels = (count: number) =>
      repeat(
        Array.from({ length: count }, (_, k) => `level ${k}`),
        2,
      );
    expect((await readColumn(levels(256))).kind).toBe("category");
    expect((await readColumn(levels(257))).reason).toContain("257 in 514 rows");
  });
});

describe("columns that are said to be categories", () => {
  const named = (values: readonly string[]) => readColumn(values, false, CATEGORICAL);

  test("are so by the text of their values, numbers in the order of their size", async () => {
    const { kind, values, levels, notes } = await named(["10", "9", "", "010", "9", "NA", "10"]);
    expect(kind).toBe("category");
    expect(levels).toEqual(["9", "010", "10"]);
    expect(values).toEqual([2, 0, Number.NaN, 1, 0, Number.NaN, 2]);
    expect(notes).toEqual(['a: "NA" in 1 row counts as missing; --missing "" keeps such words as levels']);
    expect((await named(["10", "9", "b", "b", "10", "9"])).levels).toEqual(["9", "10", "b"]);
  });

  test("may be dates, true and false, and many", async () => {
    expect((await named(["2024-02-01", "2024-01-01", "2024-02-01"])).levels).toEqual([
      "2024-01-01",
      "2024-02-01",
    ]);
    expect(await named(["true", "false", "true"])).toMatchObject({ kind: "category", values: [1, 0, 1] });
    const many = repeat(
      Array.from({ length: 300 }, (_, k) => String(k)),
      2,
    );
    const { levels, notes } = await named(many);
    expect(levels).toEqual(many.slice(0, 300));
    expect(notes).toEqual([]);
  });
});

describe("columns that are said to be numbers", () => {
  const named = (values: readonly string[]) => readColumn(values, false, NUMERIC);

  test("are so where any value is one; the others are missing, and counted", async () => {
    const { kind, values, levels, notes } = await named(["1", "few", "2.5", "", "some", "few"]);
    expect({ kind, levels }).toEqual({ kind: "number", levels: undefined });
    expect(values).toEqual([1, Number.NaN, 2.5, ...NaNs(3)]);
    expect(notes).toEqual(['a: 3 values are not a number (such as "few") and taken as missing']);
  });

  test("stay dates, and are 1 and 0 for true and false", async () => {
    expect((await named(["1970-01-02", "1970-01-01"])).kind).toBe("date");
    expect(await named(["true", "false"])).toMatchObject({
      kind: "number",
      values: [1, 0],
      levels: undefined,
    });
  });

  test("cannot be where no value is one", async () => {
    expect((await named(["a", "b", "a"])).reason).toBe(
      "holds no numbers, which --numeric and --counts ask for",
    );
  });
});

describe("columns without information", () => {
  test("are refused with the reason", async () => {
    const text = "n,c,d,m,ok\n1,a,2020-01-01,,1\n1,a,2020-01-01,NA,2\n1,,,,3\n";
    expect(reasonsOf(await readText("t.csv", text))).toEqual({
      n: "is constant: every value is 1",
      c: 'is constant: every value is "a" or missing (1); if missing means something, write it out',
      d: "is constant: every value is the same date or missing (1); if missing means something, write it out",
      m: "has no values (all missing)",
    });
  });
});

describe("typed columns", () => {
  test("of JSON keep numbers apart from what has no order", async () => {
    const rows = [
      { n: 1, b: true, t: "x", o: { deep: 1 }, l: [1], mixed: 1 },
      { n: 2.5, b: false, t: "y", o: { deep: 2 }, l: [2], mixed: "two" },
      { n: null, b: true, t: "x", o: { deep: 3 }, l: [], mixed: 3 },
      { n: 4, b: null, t: "y", o: null, l: [4], mixed: 3 },
    ];
    const table = await readText("t.json", JSON.stringify(rows));
    expect(valuesOf(table)).toMatchObject({
      n: [1, 2.5, Number.NaN, 4],
      b: [1, 0, 1, Number.NaN],
      t: [0, 1, 0, 1],
    });
    expect(Object.keys(reasonsOf(table))).toEqual(["o", "l", "mixed"]);
    expect(reasonsOf(table).o).toMatch(/^holds nested values \(.*\); flatten it into columns of its own$/);
    expect(reasonsOf(table).mixed).toContain("too many different texts");
  });
});

describe("columns of numbers with few other texts, by texts that stand for all", () => {
  const rows = Array.from({ length: 400 }, (_, k) => k);

  test("words for what is missing are told, and the numbers are read by the database", async () => {
    const cells = rows.map((k) => (k % 10 === 0 ? "?" : k % 10 === 5 ? "n.d." : `${k}.25`));
    const table = await readText("t.csv", `a,b\n${cells.map((cell, k) => `${cell},${k}`).join("\n")}\n`);
    expect([...columnsOf(table).a.values]).toEqual(rows.map((k) => (k % 5 === 0 ? Number.NaN : k + 0.25)));
    expect(notesOf(table)).toEqual([
      'a: "?" in 40 rows count as missing',
      'a: "n.d." in 40 rows count as missing',
    ]);
  });

  test("stray texts are counted; where some are numbers in another form, all are read one by one", async () => {
    const stray = rows.map((k) => (k === 7 ? "broken" : `${k}.25`)).join("\n");
    const table = await readText("t.csv", `a\n${stray}\n`);
    expect(notesOf(table)).toEqual(['a: 1 value is not a number (such as "broken") and taken as missing']);
    const other = await readText(
      "t.csv",
      `a\n${rows.map((k) => (k === 7 ? "7 kg" : `${k}.25`)).join("\n")}\n`,
    );
    expect(notesOf(other).join()).toContain('without the unit "kg"');
  });

  test("what 1.234 is, is told by the other columns, by numbers without a point, or by --decimal", async () => {
    const doubtful = rows.map((k) => (k % 2 === 0 ? String(k + 1) : `1.${200 + k}`));
    const text = (others: (k: number) => string) =>
      `a;b\n${doubtful.map((cell, k) => `${cell};${others(k)}`).join("\n")}\n`;
    const thousands = rows.map((k) => (k % 2 === 0 ? k + 1 : 1200 + k));
    const decimals = rows.map((k) => (k % 2 === 0 ? k + 1 : (1200 + k) / 1000));
    const a = async (content: string, options = {}) => {
      const table = await readText("t.csv", content, options);
      return [...columnsOf(table).a.values].map((value) => Math.round(value * 1000) / 1000);
    };
    expect(await a(text((k) => `${k},5`))).toEqual(thousands);
    expect(await a(text((k) => `${k}.5`))).toEqual(decimals);
    expect(
      await a(
        text((k) => `w${k % 3}`),
        { decimal: "point" },
      ),
    ).toEqual(decimals);
    expect(
      await a(
        text((k) => `w${k % 3}`),
        { decimal: "comma" },
      ),
    ).toEqual(thousands);
    const wide = await readText("t.csv", text((k) => `w${k % 3}`).replaceAll(";", ","));
    expect(notesOf(wide).join()).toMatch(/"1\.\d{3}" is read as \d+; --decimal/);
  });
});
