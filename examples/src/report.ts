/** What a run found, as text for a terminal, as Markdown for the example's README, and as JSON. */
import { cpus } from "node:os";
import { type Check, type Example, holds, type Outcome } from "./example.js";

/** An outcome, and how it came about. */
export interface Report extends Outcome {
  example: Pick<Example, "name" | "title">;
  quick: boolean;
  seed: number;
  seconds: number;
  /** Name and beginning of the hash of the weights. */
  model: string;
}

/** Whether every check holds. */
export const allHold = ({ checks }: Pick<Report, "checks">): boolean => checks.every(holds);

/** A table of the figures and one of the checks. */
export function reportText(report: Report): string {
  const { example, quick, seed, seconds } = report;
  const figures = report.figures.map(({ name, value, unit }) => [name, withUnit(value, unit)]);
  const checks = report.checks.map((check) => [check.name, number(check.value), bar(check), verdict(check)]);
  return [
    `${example.name}: ${example.title}`,
    ...columns(figures),
    "",
    ...(checks.length === 0 ? [] : [...columns([["check", "value", "bar", ""], ...checks]), ""]),
    `  ${quick ? "quick, " : ""}seed ${seed}, ${seconds.toFixed(1)} s`,
  ].join("\n");
}

/** The same as two Markdown tables, with the command, the machine and the duration. */
export function reportMarkdown(report: Report): string {
  const { example, seconds, model } = report;
  const figures = report.figures.map(({ name, value, unit }) => [name, withUnit(value, unit)]);
  const checks = report.checks.map((check) => [check.name, number(check.value), bar(check)]);
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} shared cores, Node ${process.versions.node}`;
  return [
    ...markdownTable([["figure", "value"], ...figures]),
    "",
    ...markdownTable([["check", "value", "bar"], ...checks]),
    "",
    `\`npm run examples -- ${example.name}\`: ${seconds.toFixed(0)} s (${machine}; weights ${model}).`,
  ].join("\n");
}

/** The same as plain data; pictures by their names. */
export function reportData(report: Report): object {
  const { example, checks, pictures, ...rest } = report;
  return {
    ...example,
    ...rest,
    checks: checks.map((check) => ({ ...check, ok: holds(check) })),
    pictures: [...pictures.keys()],
  };
}

function withUnit(value: number, unit?: string): string {
  return unit === undefined ? number(value) : `${number(value)} ${unit}`;
}

/** Three decimals, fewer where they would say nothing. */
function number(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3).replace("-", "−");
}

const bar = ({ bound, bar }: Check): string => `${bound} ${number(bar)}`;
const verdict = (check: Check): string => (holds(check) ? "ok" : "FAILED");

function widths(rows: readonly string[][]): number[] {
  return rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
}

function columns(rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const wide = widths(rows);
  return rows.map((row) => `  ${row.map((cell, k) => cell.padEnd(wide[k])).join("  ")}`.trimEnd());
}

function markdownTable(rows: readonly string[][]): string[] {
  const wide = widths(rows);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const padded = rows.map((row) => line(row.map((cell, k) => cell.padEnd(wide[k]))));
  return [padded[0], line(wide.map((width) => "-".repeat(width))), ...padded.slice(1)];
}
