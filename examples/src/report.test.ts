import { expect, test } from "vitest";
import { type Check, holds } from "./example.js";
import { withFigures } from "./files.js";
import { allHold, type Report, reportData, reportMarkdown, reportText } from "./report.js";

const check = (value: number, bound: Check["bound"] = "at least"): Check => ({
  name: "score",
  value,
  bound,
  bar: 0.5,
});
const report: Report = {
  example: { name: "some", title: "Something" },
  quick: false,
  seed: 1,
  seconds: 12.3,
  model: "01234567",
  figures: [
    { name: "length", value: 0.12345, unit: "m" },
    { name: "scenes", value: 20 },
  ],
  checks: [check(0.6)],
  pictures: new Map([["a.svg", "<svg/>"]]),
};

test("a check holds on its side of the bar, and never for what is no number", () => {
  expect(holds(check(0.5))).toBe(true);
  expect(holds(check(0.4))).toBe(false);
  expect(holds(check(0.4, "at most"))).toBe(true);
  expect(holds(check(0.6, "at most"))).toBe(false);
  expect(holds(check(Number.NaN))).toBe(false);
  expect(holds(check(Number.NaN, "at most"))).toBe(false);
  expect(allHold({ checks: [check(0.6), check(0.4)] })).toBe(false);
});

test("text, Markdown and JSON hold every figure and every check", () => {
  expect(reportText(report)).toMatch(/length +0\.123 m/);
  expect(reportText(report)).toMatch(/score +0\.600 +at least 0\.500 +ok/);
  expect(reportText({ ...report, checks: [check(0.4)] })).toContain("FAILED");
  expect(reportMarkdown(report)).toContain("| length | 0.123 m |");
  expect(reportMarkdown(report)).toContain("`npm run examples -- some`: 12 s");
  expect(JSON.parse(JSON.stringify(reportData(report)))).toMatchObject({
    name: "some",
    figures: [{ value: 0.12345 }, { value: 20 }],
    checks: [{ value: 0.6, ok: true }],
    pictures: ["a.svg"],
  });
});

test("figures are renewed between their comments and nowhere else", () => {
  const text = "a\n\n<!-- figures -->\n\nold\n\n<!-- /figures -->\n\nb\n";
  const renewed = "a\n\n<!-- figures -->\n\nnew\n\n<!-- /figures -->\n\nb\n";
  expect(withFigures(text, "new")).toBe(renewed);
  expect(withFigures(renewed, "new")).toBe(renewed);
  expect(withFigures("no place", "new")).toBeUndefined();
});
