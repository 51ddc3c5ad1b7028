import { expect, test } from "vitest";
import { orderOfLevels } from "./order.js";

test.each([
  ["months", "Jan Feb March Apr Mai Jun Jul Aug Sept Oct Nov Dec"],
  ["days of the week", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"],
  ["days in another language", "lun mar mer jeu ven sam dim"],
  ["grades", "low medium high"],
  ["sizes", "XS S M L XL"],
  ["answers", "strongly disagree|disagree|neutral|agree|strongly agree"],
  ["severity", "None Mild Moderate Severe"],
  ["ages", "0-4 5-9 10-14 65+"],
  ["shares", "<10|10-20|20-30|>30"],
  ["incomes", "under 5000|5000 to 9999|10000 to 19999|over 20000"],
  ["ordinals", "1st 2nd 3rd 10th"],
  ["numbered answers", "1 - no|2 - perhaps|10 - yes"],
])("levels stand as people have them: %s", (_, text) => {
  const levels = text.split(text.includes("|") ? "|" : " ");
  const sorted = [...levels].sort();
  expect(orderOfLevels(sorted).map((code) => sorted[code])).toEqual(levels);
});

test("other levels stay as they are", () => {
  for (const levels of [
    ["Bern", "Ulm"],
    ["A1", "B", "C"],
    ["May", "Paul"],
    ["M", "Z"],
  ]) {
    expect(orderOfLevels(levels)).toEqual(levels.map((_, code) => code));
  }
});
