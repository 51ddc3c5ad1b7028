import { describe, expect, test } from "vitest";
import { durationOf } from "./clock.js";
import { compactDays } from "./dates.js";
import { readColumns } from "./decide.js";
import type { KindOptions } from "./types.js";

function read(texts: readonly string[], options: KindOptions = {}) {
  const [reading] = readColumns([{ texts, counts: texts.map(() => 1) }], options);
  if ("unusable" in reading) throw new Error(reading.unusable);
  return { ...reading, values: [...reading.values], notes: reading.notes.map(({ text }) => text) };
}

const at = (iso: string) => Date.parse(iso) / 1000;
const DAY = at("2017-12-05");
const MOMENT = at("2017-12-05T22:13:15Z");

describe("one moment in many forms", () => {
  test.each([
    "2017-12-05 22:13:15",
    "2017-12-05T22:13:15Z",
    "2017-12-06T00:13:15+02:00",
    "2017/12/05 22:13:15",
    "2017.12.05 22:13:15",
    "20171205T221315",
    "20171205T221315Z",
    "2017-12-05-22.13.15",
    "Tue, 5 Dec 2017 22:13:15 +0000",
    "Tue, 05 Dec 2017 22:13:15 GMT",
    "Tue, 5 Dec 2017 17:13:15 EST",
    "Tue Dec  5 22:13:15 2017",
    "Tue Dec 5 22:13:15 UTC 2017",
    "05/Dec/2017:22:13:15 +0000",
    "[05/Dec/2017:22:13:15 +0000]",
    "Dec 5, 2017, 10:13:15 PM",
    "December 5, 2017 at 10:13:15 p.m.",
    "5. Dezember 2017 22:13:15",
    "5 décembre 2017 22:13:15",
    "2017年12月5日 22時13分15秒",
  ])("%s", (text) => {
    expect(read([text])).toMatchObject({ kind: "date", values: [MOMENT] });
  });

  test.each([
    "2017-12-05",
    "5-Dec-17",
    "05 Dec 2017",
    "5th of December 2017",
    "Dec 5 2017",
    "2017-Dec-05",
    "2017年12月05日",
    "2017년 12월 5일",
    "2017-W49-2",
    "2017-339",
    "5 de diciembre de 2017",
  ])("%s", (text) => {
    expect(read([text])).toMatchObject({ kind: "date", values: [DAY] });
  });

  test("every month is one, though some are called like days of the week elsewhere", () => {
    const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
    const forms = [
      (month: string) => `${month} 1 2000`,
      (month: string) => `1-${month}-2000`,
      (month: string) => `${month} 2000`,
      (month: string) => `Sat ${month} 1 00:00:00 2000`,
    ];
    for (const form of forms) {
      const { kind, values } = read(months.map(form));
      expect(kind).toBe("date");
      expect(values).toEqual(months.map((_, k) => Date.UTC(2000, k, 1) / 1000));
    }
    expect(read(["mar 5 dic 2017"]).values).toEqual([DAY]);
  });

  test("milliseconds behind a comma count", () => {
    expect(read(["2017-12-05 22:13:15,123"]).values[0]).toBeCloseTo(MOMENT + 0.123, 6);
  });
});

describe("numbers", () => {
  const asked = (texts: readonly string[]) => {
    const [reading] = readColumns([{ texts, counts: texts.map(() => 1), asked: "date" }]);
    return "unusable" in reading ? reading.unusable : [...reading.values];
  };

  test("are years, months and times since 1970 where dates are asked for", () => {
    expect(asked(["1999", "2017"])).toEqual([at("1999-01-01"), at("2017-01-01")]);
    expect(asked(["201712"])).toEqual([at("2017-12-01")]);
    const moment = String(MOMENT);
    for (const zeros of ["", "000", "000000"]) expect(asked([`${moment}${zeros}`]), zeros).toEqual([MOMENT]);
    expect(asked(["12", "13"])).toBe("holds no dates, which --date asks for");
  });

  test("of eight digits are days if all of them are", () => {
    const days = Float64Array.of(20171205, 20171206, 20160229, 19991231, Number.NaN);
    expect([...(compactDays(days) ?? [])]).toEqual([
      DAY,
      DAY + 86_400,
      at("2016-02-29"),
      at("1999-12-31"),
      Number.NaN,
    ]);
    expect(compactDays(Float64Array.of(20171205, 20171206, 20170229, 19991231))).toBeUndefined();
    expect(compactDays(Float64Array.of(20171205, 20171206))).toBeUndefined();
  });
});

test("heights in feet are no durations", () => {
  const [feet, both] = [
    [`5'11"`, `6' 2"`, `4'0"`],
    [`5'11"`, `6'30"`],
  ].map((texts) => read(texts));
  expect(feet).toMatchObject({ values: [71, 74, 48], notes: ["read as feet and inches, in inches"] });
  expect(both).toMatchObject({ values: [311, 390], notes: ["read as durations, in seconds"] });
});

describe("parts of a year", () => {
  test.each([
    ["2017-12", "2017-12-01"],
    ["12/2017", "2017-12-01"],
    ["Dec 2017", "2017-12-01"],
    ["Dec-17", "2017-12-01"],
    ["2017M12", "2017-12-01"],
    ["Q4 2017", "2017-10-01"],
    ["2017-Q4", "2017-10-01"],
    ["4Q17", "2017-10-01"],
    ["H2 2017", "2017-07-01"],
    ["2017-W50", "2017-12-11"],
    ["2015-W53", "2015-12-28"],
    ["2017年12月", "2017-12-01"],
  ])("%s begins on %s", (text, day) => {
    expect(read([text])).toMatchObject({ kind: "date", values: [at(day)] });
  });
});

describe("dates of three numbers", () => {
  test("are read in the order that all of them allow", () => {
    expect(read(["31/12/2017", "01/02/2017"]).values).toEqual([at("2017-12-31"), at("2017-02-01")]);
    expect(read(["12/31/2017", "01/02/2017"]).values).toEqual([at("2017-12-31"), at("2017-01-02")]);
    expect(read(["31.12.17", "1. 2. 68", "1.2.69"]).values).toEqual([
      at("2017-12-31"),
      at("2068-02-01"),
      at("1969-02-01"),
    ]);
    expect(read(["12/31/2017 10:13 PM"]).values).toEqual([at("2017-12-31T22:13Z")]);
    expect(
      read(["99-12-31", "17-01-02", ...Array.from({ length: 40 }, (_, k) => `18-01-${10 + (k % 20)}`)])
        .values[0],
    ).toBe(at("1999-12-31"));
  });

  test("take the order of other columns, or tell that nothing tells", () => {
    const [, doubtful] = readColumns([
      { texts: ["31/12/2017"], counts: [1] },
      { texts: ["01/02/2017"], counts: [1] },
    ]) as { values: Float64Array }[];
    expect([...doubtful.values]).toEqual([at("2017-02-01")]);
    expect(read(["01/02/2017"]).notes).toEqual([
      'read as dates, month before day (such as "01/02/2017"); nothing tells which, --date-order dmy reads it otherwise',
    ]);
    expect(read(["01/02/2017"], { dateOrder: "dmy" })).toMatchObject({
      values: [at("2017-02-01")],
      notes: [],
    });
    expect(read(["02/02/2017"]).notes[0]).not.toContain("--date-order");
  });

  test("exist", () => {
    expect(read(["29.02.2016", "28.02.2017"]).values).toEqual([at("2016-02-29"), at("2017-02-28")]);
    expect(() => read(["29.02.2017", "31.04.2017", "32.01.2017"])).toThrow(
      'reads neither as numbers nor as dates (such as "29.02.2017"): 3 texts, all different',
    );
  });
});

describe("times", () => {
  test("of the day are seconds since midnight", () => {
    expect(read(["08:51 PM", "12:00 AM", "12:30 pm", "9 a.m."])).toMatchObject({
      kind: "time",
      values: [75_060, 0, 45_000, 32_400],
    });
    expect(read(["22:13:15,5", "0:34"]).values).toEqual([79_995.5, 2040]);
  });

  test("beyond a day are durations", () => {
    expect(read(["62:25", "0:34"])).toMatchObject({ kind: "number", values: [3745, 34] });
    expect(read(["26:00:01", "1:02:03"]).values).toEqual([93_601, 3723]);
  });

  test.each([
    ["1 day, 2:03:04", 93_784],
    ["2 days 03:04:05", 183_845],
    ["PT1H30M", 5400],
    ["P1DT0.5S", 86_400.5],
    ["1h 30m", 5400],
    ["1h30m5s", 5405],
    ["-0:30", -30],
  ])("%s is a duration", (text, seconds) => {
    expect(durationOf(text)).toBe(seconds);
  });
});

describe("what looks like a date and is none", () => {
  const many = (text: (k: number) => string): string[] => Array.from({ length: 40 }, (_, k) => text(k));
  const two = (number: number): string => String(number).padStart(2, "0");

  test.each([
    [
      "the log of a system, which has no years",
      many((k) => `May ${(k % 28) + 1} ${two(k % 24)}:15:${two(k)}`),
    ],
    ["the same, day first", many((k) => `${(k % 28) + 1} Jan ${two(k % 24)}:00:00`)],
    ["days of a month without a year", many((k) => `${two((k % 28) + 1)}-${["Jan", "Mar", "May"][k % 3]}`)],
    ["codes of parts", many((k) => `${4500 + k}-${two(k % 30)}1`)],
    ["codes like years and months", many((k) => `${1000 + 7 * k}-${two((k % 12) + 1)}`)],
  ])("%s", (_, texts) => {
    const [reading] = readColumns([{ texts, counts: texts.map(() => 1) }], {});
    expect(reading).not.toMatchObject({ kind: "date" });
  });

  test("years of four digits and of two from 32 on stay years", () => {
    expect(read(["95-Jan", "99-Dec"])).toMatchObject({ values: [at("1995-01-01"), at("1999-12-01")] });
    expect(read(["2017-12", "1850-01"])).toMatchObject({ values: [at("2017-12-01"), at("1850-01-01")] });
  });

  test("from 24:01 on a column holds durations; 24:00 is the end of a day", () => {
    expect(read(["19:00", "23:39", "24:13"])).toMatchObject({ kind: "number", values: [1140, 1419, 1453] });
    expect(read(["19:00", "23:39", "24:00"])).toMatchObject({ kind: "time" });
  });

  test("dates of both orders: those that fit the other one are named", () => {
    const { notes } = read(["13/01/2020", "14/01/2020", "02/03/2020", "01/13/2020"]);
    expect(notes[0]).toBe(
      'read as dates, day before month (such as "13/01/2020"); others have it the other way round (such as "01/13/2020"), --date-order mdy reads it otherwise',
    );
  });
});
