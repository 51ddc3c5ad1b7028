import { mkdtemp, readFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { dotChart, lineChart } from "./chart.js";
import { environment } from "./environment.js";
import { readReport, writeReport } from "./files.js";
import { page } from "./page.js";
import { type Measured, reportText } from "./report.js";

const svg = lineChart(
  [
    {
      name: "a < b",
      colour: 0,
      points: [
        [1, 0.01],
        [10, 5],
      ],
    },
    {
      name: "theirs",
      colour: 0,
      dashed: true,
      points: [
        [1, 0.02],
        [10, 3],
      ],
    },
  ],
  { x: "n", y: "seconds", log: { x: true, y: true }, ticks: [1, 10] },
);
const measured: Measured = {
  notes: ["A note."],
  tables: [
    {
      title: "Columns",
      head: ["", "n = 1"],
      rows: [
        ["ours", "0.5"],
        ["theirs", "0.6"],
        ["|z|", "0.7"],
      ],
    },
    { title: "Text", text: "a  b\n1  2" },
  ],
  pictures: [{ name: "time", title: "Seconds", svg }],
  data: { seconds: [0.01, 5] },
};
const head = { suite: "time", title: "Time", seed: 3, date: "2030-01-02T00:00:00Z" };

test("a report is written, read and put on the page; a quick one has a place of its own", async () => {
  const folder = await mkdtemp(join(tmpdir(), "report-"));
  const written = await writeReport(
    { ...head, quick: false, environment: environment("m 123") },
    measured,
    folder,
  );
  expect(await readReport("time", false, folder)).toEqual(written);
  expect(await readReport("time", true, folder)).toBeUndefined();
  expect(written.pictures).toEqual([{ file: "time.svg", title: "Seconds" }]);
  const picture = await readFile(join(folder, "time.svg"), "utf8");
  expect(picture).toContain('height="380" viewBox="0 0 820 380"><title>Seconds</title><rect');
  expect(picture.replace("<title>Seconds</title>", "")).toBe(svg);
  const quick = await writeReport(
    { ...head, quick: true, environment: environment("m 123") },
    measured,
    folder,
  );
  expect(quick.pictures[0].file).toBe("time.quick.svg");

  const markdown = page([written], ["order"]);
  expect(markdown).toContain("| ours | 0.5 |\n| theirs | 0.6 |\n| \\|z\\| | 0.7 |");
  expect(markdown).toContain("```text\na  b\n1  2\n```");
  expect(markdown).toContain("![Seconds](benchmarks/time.svg)");
  expect(markdown).toContain("npm run bench -- time --seed 3");
  expect(markdown).toContain("Not measured yet: order.");
  expect(markdown).toContain(`node ${process.versions.node}`);
  expect(reportText(quick)).toContain("too few draws");
});

test("a chart is an SVG document with a line a series and names that are escaped", () => {
  const { document } = parseHTML(svg);
  const root = document.querySelector("svg");
  expect(root?.getAttribute("xmlns")).toBe("http://www.w3.org/2000/svg");
  const lines = [...document.querySelectorAll('[aria-label="line"] path')];
  expect(lines).toHaveLength(2);
  expect(lines.every((line) => !line.getAttribute("d")?.includes("NaN"))).toBe(true);
  expect(svg).toContain("a &lt; b");
});

test("the environment names machine and versions", () => {
  const { cores, onnxruntime, infonet } = environment("m");
  expect(cores).toBe(cpus().length);
  expect(onnxruntime).toMatch(/^1\.\d+\.\d+$/);
  expect(infonet).toMatch(/^\d+\.\d+\.\d+/);
});

test("a chart of dots has one for every name on every line, where its value is, the first in front", () => {
  const chart = dotChart(
    ["circle", "line"],
    [
      { name: "ours", values: [0.5, 1], colour: 0 },
      { name: "theirs & others", values: [0.25, 0], colour: 1 },
    ],
    "share",
  );
  const { document } = parseHTML(chart);
  const dots = [...document.querySelectorAll('g[aria-label="dot"]')].map((group) =>
    [...group.querySelectorAll("circle")].map((dot) => Number(dot.getAttribute("cx"))),
  );
  expect(dots).toHaveLength(2);
  const [[quarter, none], [half, whole]] = dots;
  expect((half - none) / (whole - none)).toBeCloseTo(0.5, 9);
  expect((quarter - none) / (whole - none)).toBeCloseTo(0.25, 9);
  for (const text of ["circle", "line", "ours", "theirs &amp; others"]) expect(chart).toContain(text);
});
