import { describe, expect, test } from "vitest";
import { DATE_PARTS } from "../kinds/date-parts.js";
import { readText } from "../testing/files.js";

const HOUR = 3_600_000;
const rows = Array.from({ length: 60 }, (_, k) => {
  const moment = new Date(Date.UTC(2023, 10, 1) + k * 31 * HOUR).toISOString();
  return `${moment.slice(0, 16)},${moment.slice(0, 10)},${moment.slice(11, 16)},${k % 7},${k}`;
});
const TEXT = `when,day,clock,temp,when.hour\n${rows.join("\n")}\n`;
const read = (options: Parameters<typeof readText>[2]) => readText("t.csv", TEXT, options);

describe("parts of dates", () => {
  test("follow their column, under names that are free", async () => {
    const { names, columns, related, unusable } = await read({ dateParts: DATE_PARTS });
    expect(names).toEqual([
      ...["when", "when.year", "when.month", "when.day", "when.weekday", "when.hour_2"],
      ...["day", "day.year", "day.month", "day.day", "day.weekday"],
      ...["clock", "temp", "when.hour"],
    ]);
    expect(columns.map(({ name }) => name)).toEqual(names);
    expect(unusable).toEqual([]);
    expect(related).toEqual([names.slice(0, 6), names.slice(6, 11)]);
    const hours = columns.find(({ name }) => name === "when.hour_2")!;
    expect([...hours.values.slice(0, 4)]).toEqual([0, 7, 14, 21]);
    expect(columns.find(({ name }) => name === "day.month")).toMatchObject({
      kind: "category",
      levels: ["Jan", "Nov", "Dec"],
    });
  });

  test("are those asked for, and none of columns that are left out", async () => {
    expect((await read({ dateParts: ["month"], exclude: ["day", "clock"] })).names).toEqual([
      "when",
      "when.month",
      "temp",
      "when.hour",
    ]);
    const some = await read({ dateParts: DATE_PARTS, columns: ["day"], exclude: ["*.year", "*.day"] });
    expect(some.names).toEqual(["day", "day.month", "day.weekday"]);
  });

  test("are columns by their names, without the column they are of", async () => {
    const { names, columns, related } = await read({
      columns: ["day.month", "temp"],
      target: ["when.weekday"],
    });
    expect(names).toEqual(["day.month", "temp", "when.weekday"]);
    expect(columns).toHaveLength(3);
    expect(related).toEqual([]);
    expect((await read({ columns: ["temp", "*.month"] })).names).toEqual(["temp", "when.month", "day.month"]);
    const { cluster } = await read({ columns: ["temp", "when.day"], cluster: "day.weekday" });
    expect(cluster).toMatchObject({ name: "day.weekday", levels: expect.arrayContaining(["Mon"]) });
  });

  test("are what the user says", async () => {
    const { columns } = await read({
      columns: ["day.month", "clock.hour"],
      numeric: ["*.month"],
      categorical: ["clock.hour"],
    });
    expect(columns.map(({ kind }) => kind)).toEqual(["number", "category"]);
    await expect(read({ date: ["day.month"] })).rejects.toThrow(
      '--date names "day.month", a part of dates; it can be --categorical or --numeric.',
    );
  });

  test("are refused where there are none", async () => {
    const { unusable } = await read({ columns: ["temp.month", "clock.month", "day.hour"] });
    expect(unusable).toEqual([
      {
        name: "temp.month",
        reason: 'is a part of "temp", which was read as number, not as dates; --date temp reads it so',
      },
      { name: "clock.month", reason: 'is a part of "clock", which holds times of day and no dates' },
      { name: "day.hour", reason: 'is constant: every hour in "day" is 0' },
    ]);
    await expect(read({ columns: ["temp", "te*.month"] })).rejects.toThrow(
      'has no column that matches "te*.month": no column of dates has such a part.',
    );
    const { notes } = await read({ columns: ["temp"], dateParts: DATE_PARTS });
    expect(notes).toEqual(["no column of dates or times has parts that vary in it"]);
  });
});

test("what is said of a name goes before what is said of a pattern", async () => {
  const table = await readText("t.csv", "q1,q2,r\n1,1,1\n2,2,3\n1,5,2\n", {
    categorical: ["q*"],
    numeric: ["q2"],
  });
  expect(table.columns.map(({ kind }) => kind)).toEqual(["category", "number", "number"]);
  await expect(
    readText("t.csv", "q1,q2\n1,1\n2,2\n", { categorical: ["q*"], numeric: ["*1"] }),
  ).rejects.toThrow('--categorical and --numeric both name "q1"; a column is one of the two.');
});
