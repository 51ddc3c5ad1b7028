/** What a suite hands over: numbers, tables, pictures, and where they come from. */
import { textTable } from "@infonet/training/evaluate";
import type { Environment } from "./environment.js";

/** A table: columns, or text that is laid out already. */
export type Table = { title: string } & ({ head: string[]; rows: string[][] } | { text: string });

/** A picture; `file` lies beside the report. */
export interface Picture {
  file: string;
  title: string;
}

/** The measured part of a report. */
export interface Measured {
  tables: Table[];
  /** SVG documents by the end of their file name. */
  pictures: Array<{ name: string; title: string; svg: string }>;
  /** All numbers. */
  data: unknown;
  /** What the reader should know: sizes, methods, sources. One paragraph each. */
  notes: string[];
}

/** A report as it lies in bench/results. */
export interface Report {
  suite: string;
  title: string;
  quick: boolean;
  seed: number;
  /** End of the run, ISO 8601. */
  date: string;
  environment: Environment;
  notes: string[];
  tables: Table[];
  pictures: Picture[];
  data: unknown;
}

/** A report for a terminal. */
export function reportText(report: Report): string {
  const tables = report.tables.map((table) => `${table.title}\n\n${tableText(table)}`);
  return [report.title, ...report.notes, ...tables, provenance(report)].join("\n\n");
}

const tableText = (table: Table): string =>
  "text" in table ? table.text : textTable(table.head, table.rows);

/** A report as a section of a Markdown page. */
export function reportMarkdown(report: Report, pictureFolder: string): string {
  const pictures = report.pictures.map(({ file, title }) => `![${title}](${pictureFolder}/${file})`);
  const tables = report.tables.map((table) => `**${table.title}**\n\n${tableMarkdown(table)}`);
  const command = `npm run bench -- ${report.suite}${report.quick ? " --quick" : ""} --seed ${report.seed}`;
  return [
    `## ${report.title}`,
    ...report.notes,
    ...pictures,
    ...tables,
    `\`${command}\`: ${provenance(report)}`,
  ].join("\n\n");
}

function tableMarkdown(table: Table): string {
  if ("text" in table) return `\`\`\`text\n${table.text}\n\`\`\``;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = table.head.map((_, k) => (k === 0 ? "---" : "---:"));
  return [line(table.head), line(rule), ...table.rows.map(line)].join("\n");
}

function provenance({ seed, quick, date, environment: e }: Report): string {
  return [
    `seed ${seed}${quick ? ", quick (too few draws for conclusions)" : ""}, ${date.slice(0, 10)}`,
    `${e.cpu}, ${e.cores} cores, ${e.gigabytes} GB, load ${e.load} at the start`,
    `${e.platform}, node ${e.node}, infonet ${e.infonet}, onnxruntime ${e.onnxruntime}`,
    `model ${e.model}`,
  ].join("; ");
}
