import { describe, expect, test } from "vitest";
import { chooseAll, chooseOne, chosenNames } from "./select.js";

const COLUMNS = ["when", "temp_min", "temp_max", "a*", "rain:2019", "q1", "q2", "q3", "end.year"];
const namesOf = (text: string) => chooseAll("t.csv", COLUMNS, text).map(({ name }) => name);

describe("chooseAll", () => {
  test("takes patterns and ranges, in the order of the file", () => {
    expect(namesOf("temp_*")).toEqual(["temp_min", "temp_max"]);
    expect(namesOf("q?")).toEqual(["q1", "q2", "q3"]);
    expect(namesOf("*m*")).toEqual(["temp_min", "temp_max"]);
    expect(namesOf("q1:q3")).toEqual(["q1", "q2", "q3"]);
    expect(namesOf("q2 : temp_max")).toEqual(["temp_max", "a*", "rain:2019", "q1", "q2"]);
    expect(namesOf("rain:2019:q1")).toEqual(["rain:2019", "q1"]);
  });

  test("takes what is a name for nothing else", () => {
    expect(chooseAll("t.csv", COLUMNS, "a*")).toEqual([{ name: "a*", column: "a*", named: true }]);
    expect(namesOf("rain:2019")).toEqual(["rain:2019"]);
    expect(chooseOne("t.csv", COLUMNS, "end.year")).toEqual({
      name: "end.year",
      column: "end.year",
      named: true,
    });
  });

  test("takes parts of dates by name, and by patterns that match no column", () => {
    expect(chooseOne("t.csv", COLUMNS, "when.month")).toEqual({
      name: "when.month",
      column: "when",
      part: "month",
      named: true,
    });
    expect(namesOf("wh*.hour")).toEqual(["when.hour"]);
    expect(namesOf("*.year")).toEqual(["end.year"]);
    expect(chooseAll("t.csv", ["when"], "*.d*")).toEqual([
      { name: "when.day", column: "when", part: "day", named: false },
    ]);
  });

  test("names what is near where nothing matches", () => {
    expect(() => namesOf("tmp_m*")).toThrow(
      't.csv has no column that matches "tmp_m*"; near it is "temp_min". Its columns: "when", ',
    );
    expect(() => namesOf("xyz*")).toThrow('t.csv has no column that matches "xyz*". Its columns: ');
    expect(() => namesOf("q1:temp_mx")).toThrow('t.csv has no column "temp_mx"; did you mean "temp_max"?');
    expect(() => namesOf("when.moth")).toThrow(
      't.csv has no column "when.moth"; if "when" holds dates, their parts are "when.year", "when.month", "when.day", "when.weekday", "when.hour".',
    );
  });
});

test("a list of patterns holds names that are yet to come, such as those of parts", () => {
  const holds = chosenNames("t.csv", COLUMNS, ["*.year", "q1"]);
  expect(["end.year", "when.year", "q1", "q2"].filter(holds)).toEqual(["end.year", "when.year", "q1"]);
  expect(() => chosenNames("t.csv", COLUMNS, ["zz*"])).toThrow("has no column that matches");
});
