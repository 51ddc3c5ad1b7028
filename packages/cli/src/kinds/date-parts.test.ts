import { describe, expect, test } from "vitest";
import { partColumn, partsOf } from "./date-parts.js";

const DAY = 86_400;
const at = (text: string) => Date.parse(`${text}Z`) / 1000;
const days = (from: string, count: number, step = 1) =>
  Float64Array.from({ length: count }, (_, k) => at(`${from}T00:00`) + k * step * DAY);

describe("partColumn", () => {
  const moments = Float64Array.of(at("2024-02-29T23:59:59"), at("1969-12-28T00:00:00"), Number.NaN);

  test("gives years, days and hours as numbers", () => {
    expect([...partColumn("year", moments).values]).toEqual([2024, 1969, Number.NaN]);
    expect([...partColumn("day", moments).values]).toEqual([29, 28, Number.NaN]);
    expect([...partColumn("hour", moments).values]).toEqual([23, 0, Number.NaN]);
    expect(partColumn("hour", moments).levels).toBeUndefined();
  });

  test("gives months and weekdays as levels in the order of the calendar", () => {
    expect(partColumn("month", moments)).toEqual({
      values: Float64Array.of(0, 1, Number.NaN),
      levels: ["Feb", "Dec"],
    });
    expect(partColumn("weekday", moments)).toEqual({
      values: Float64Array.of(0, 1, Number.NaN),
      levels: ["Thu", "Sun"],
    });
  });

  test("gives what is asked for instead", () => {
    expect([...partColumn("weekday", moments, "number").values]).toEqual([4, 7, Number.NaN]);
    expect(partColumn("hour", moments, "category")).toEqual({
      values: Float64Array.of(1, 0, Number.NaN),
      levels: ["0", "23"],
    });
  });

  test("agrees with the calendar for any day, before 1970 too", () => {
    const names = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "UTC" });
    const list = days("1890-03-01", 5000, 13);
    const { values, levels = [] } = partColumn("weekday", list);
    for (const [k, day] of list.entries()) expect(levels[values[k]]).toBe(names.format(day * 1000));
  });
});

describe("partsOf", () => {
  test("gives what varies in dates", () => {
    expect(partsOf("date", days("2023-11-01", 500))).toEqual(["year", "month", "day", "weekday"]);
    expect(partsOf("date", days("2024-03-02", 20))).toEqual(["day", "weekday"].slice(1));
    const hours = Float64Array.from({ length: 300 }, (_, k) => at("2024-03-02T00:00") + k * 1800);
    expect(partsOf("date", hours)).toEqual(["day", "weekday", "hour"]);
  });

  test("gives no days of months, quarters or their ends", () => {
    const first = Float64Array.from({ length: 40 }, (_, k) => Date.UTC(2020, k, 1) / 1000);
    const last = Float64Array.from({ length: 40 }, (_, k) => Date.UTC(2020, k, 0) / 1000);
    expect(partsOf("date", first)).toEqual(["year", "month"]);
    expect(partsOf("date", last)).toEqual(["year", "month"]);
  });

  test("gives nothing that says what the column says itself", () => {
    const years = Float64Array.from({ length: 30 }, (_, k) => Date.UTC(1990 + k, 0, 1) / 1000);
    expect(partsOf("date", years)).toEqual([]);
    expect(partsOf("time", Float64Array.of(0, 3600, 7200))).toEqual([]);
    expect(partsOf("time", Float64Array.of(0, 3600, 3660, Number.NaN))).toEqual(["hour"]);
  });
});
