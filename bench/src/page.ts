/** The page that is made of the reports. */
import { type Report, reportMarkdown } from "./report.js";

/** Folder of the pictures, beside the page. */
export const PICTURES = "benchmarks";

/** The whole page. Suites without a report are named at the end. */
export function page(reports: readonly Report[], missing: readonly string[]): string {
  const intro = [
    "<!-- Made by `npm run bench:docs` from bench/results; do not edit. -->",
    "# Benchmarks",
    "Where the paper or a public benchmark has numbers, they stand beside ours. Every section names its command, seed, machine and versions; errors and information are in nats.",
  ];
  const left = missing.length > 0 ? [`Not measured yet: ${missing.join(", ")}.`] : [];
  const sections = reports.map((report) => reportMarkdown(report, PICTURES));
  return `${[...intro, ...sections, ...left].join("\n\n")}\n`;
}
