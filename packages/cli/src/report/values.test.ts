import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { column } from "../testing/samples.js";
import { clip, distinctUpTo, labelsFor, numberLabel, ticksFor, valueAt, valueLabel } from "./values.js";

const DAY = 86_400;
const dates: TableColumn = { ...column("d", []), kind: "date" };

describe("numberLabel", () => {
  test.each([
    [0, "0"],
    [0.123456, "0.123"],
    [-0.5, "−0.5"],
    [1.25, "1.25"],
    [12.34, "12.3"],
    [123.4, "123"],
    [2012, "2012"],
    [-4500, "−4500"],
    [12345, "12\u202f345"],
    [123456, "123k"],
    [2.5e6, "2.5M"],
    [3e9, "3G"],
    [4e12, "4T"],
    [5e-5, "5.0e−5"],
    [1e15, "1.0e+15"],
  ])("%d is %s", (value, text) => {
    expect(numberLabel(value)).toBe(text);
  });
});

describe("valueLabel", () => {
  test("names categories, dates and times", () => {
    expect(valueLabel(column("c", [], ["dry", "wet"]), 1)).toBe("wet");
    expect(valueLabel(column("c", [], ["dry"]), 7)).toBe("");
    expect(valueLabel(dates, DAY)).toBe("1970-01-02");
    expect(valueLabel(dates, DAY + 3600)).toBe("1970-01-02 01:00");
    expect(valueLabel(dates, Number.MAX_VALUE)).toBe("");
    expect(valueLabel({ ...dates, kind: "time" }, 45_015)).toBe("12:30");
  });
});

describe("labels of dates", () => {
  const over = (days: number) => Float64Array.of(0, days * DAY);
  const at = 40 * DAY + 3600;

  test("lose the time of day over more than a week", () => {
    expect(labelsFor(dates, over(8))(at)).toBe("1970-02-10");
    expect(labelsFor(dates, over(2))(at)).toBe("1970-02-10 01:00");
  });

  test("are short on an axis", () => {
    expect(ticksFor(dates, over(1000))(at)).toBe("1970-02");
    expect(ticksFor(dates, over(100))(at)).toBe("10 Feb");
    expect(ticksFor(dates, over(1))(at)).toBe("01:00");
    expect(ticksFor(dates, over(1000))(-63_000_000_000)).toBe("-000027-08");
  });
});

describe("clip", () => {
  test("shortens to a number of characters", () => {
    expect(clip("abcdef", 6)).toBe("abcdef");
    expect(clip("abcdef", 5)).toBe("abcd…");
    expect(clip("abc def", 5)).toBe("abc…");
    expect(clip("😀😀😀", 2)).toBe("😀…");
  });
});

test("distinctUpTo counts no further than one beyond the limit", () => {
  expect(distinctUpTo(Float64Array.of(), 3)).toBe(0);
  expect(distinctUpTo(Float64Array.of(1, 1, 2), 3)).toBe(2);
  expect(distinctUpTo(Float64Array.of(1, 2, 3, 4, 5, 6), 3)).toBe(4);
});

describe("valueAt", () => {
  const ramp = Float64Array.from({ length: 100 }, (_, k) => k);

  test("lies between neighbours in proportion, and stays within the values", () => {
    expect(valueAt(ramp, 0.5)).toBeCloseTo(49.5, 9);
    expect(valueAt(ramp, 0.302)).toBeCloseTo(29.7, 9);
    expect(valueAt(ramp, 0)).toBe(0);
    expect(valueAt(ramp, 1)).toBe(99);
    expect(valueAt(Float64Array.of(7), 0.3)).toBe(7);
  });

  test("is a value itself where many are equal, and rises all the way", () => {
    const tied = ramp.map((value) => (value < 50 ? 0.1 : value));
    expect(valueAt(tied, 0.2)).toBe(0.1);
    const shares = Array.from({ length: 101 }, (_, k) => k / 100);
    const values = shares.map((share) => valueAt(tied, share));
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  test("evens out single rows", () => {
    const uneven = ramp.map((value) => value + (value % 2 === 0 ? 0.9 : 0));
    for (const share of [0.3, 0.41, 0.5, 0.66]) {
      expect(Math.abs(valueAt(uneven, share) - (100 * share - 0.5 + 0.45))).toBeLessThan(0.06);
    }
  });
});
