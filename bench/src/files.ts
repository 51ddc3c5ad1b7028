/** Where results lie. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { titled } from "./chart.js";
import type { Measured, Report } from "./report.js";

/** bench/results, the same distance from src and dist. */
export const RESULTS = fileURLToPath(new URL("../results", import.meta.url));

/** Name without ending: a quick run never takes the place of a full one. */
const stem = (suite: string, quick: boolean): string => `${suite}${quick ? ".quick" : ""}`;

/** The file of a report. */
export const reportFile = (suite: string, quick: boolean, folder = RESULTS): string =>
  join(folder, `${stem(suite, quick)}.json`);

/** The file of a run's partial results. */
export const partialFile = (suite: string, quick: boolean, folder = RESULTS): string =>
  join(folder, `${stem(suite, quick)}.partial.json`);

/** Writes a report and its pictures; returns the report. */
export async function writeReport(
  head: Omit<Report, keyof Measured>,
  { pictures, ...measured }: Measured,
  folder = RESULTS,
): Promise<Report> {
  await mkdir(folder, { recursive: true });
  const files = pictures.map(({ name, title, svg }) => ({
    file: `${stem(name, head.quick)}.svg`,
    title,
    svg: titled(svg, title),
  }));
  for (const { file, svg } of files) await writeFile(join(folder, file), svg);
  const report: Report = {
    ...head,
    ...measured,
    pictures: files.map(({ file, title }) => ({ file, title })),
  };
  await writeFile(reportFile(head.suite, head.quick, folder), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** A report, or undefined where the suite has not been run. */
export async function readReport(
  suite: string,
  quick: boolean,
  folder = RESULTS,
): Promise<Report | undefined> {
  try {
    return JSON.parse(await readFile(reportFile(suite, quick, folder), "utf8")) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
