import type { Estimate, Units, Warning } from "infonet";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad, printable, shorten } from "../terminal/width.js";
import { BAR, informationRows, labelled, warningLines } from "./labelled.js";
import { correlationEquivalent, count, fixed, formatP, grouped } from "./numbers.js";
import {
  type Estimated,
  type Failed,
  isEstimated,
  isFailed,
  type MatrixResult,
  NOT_REACHED,
} from "./result.js";

/** How text is laid out. */
export interface TextOptions {
  rows: number;
  /** Number of columns that took part. */
  columns: number;
  /** Pairs left out by `--top`. */
  left: number;
  /** What `--fdr` found; then q-values are shown too. */
  discoveries?: { rate: number; found: number; tested: number };
  /** Width of the terminal, or Infinity. */
  width: number;
  style: Style;
}

const SHORTEST_NAME = 12;

/** The strongest pairs as a table, the warnings, and the pairs without a number. */
export function matrixText(result: MatrixResult, options: TextOptions): string {
  const { style } = options;
  const estimated = result.pairs.filter(isEstimated);
  const failed = result.pairs.filter(isFailed);
  const head = [
    style("bold", printable(result.file)),
    count(options.rows, "row"),
    count(options.columns, "column"),
    result.units,
    `seed ${result.seed}`,
  ].join(" · ");
  const lines = [head, ""];
  if (estimated.length > 0) lines.push(...pairTable(estimated, result.units, options));
  if (options.left > 0) {
    lines.push(style("dim", `… and ${count(options.left, "weaker pair")}; --top all shows every pair.`));
  }
  if (options.discoveries !== undefined) {
    const { rate, found, tested } = options.discoveries;
    const percent = Number((100 * rate).toPrecision(3));
    const verb = found === 1 ? "is" : "are";
    lines.push(
      "",
      `${grouped(found)} of ${count(tested, "pair")} ${verb} dependent at a false discovery rate of ${percent} %.`,
    );
  }
  if (estimated.length > 0) {
    lines.push(
      "",
      style("dim", `The bar is √(1 − exp(−2·MI)): 0 is independent, 1 determined. Intervals hold 90 %.`),
    );
  }
  lines.push(...warningSummary(estimated, style));
  lines.push(...failedLines(failed, style));
  return `${lines.join("\n")}\n`;
}

function pairTable(
  cells: readonly Estimated[],
  units: Units,
  { style, width, discoveries }: TextOptions,
): string[] {
  const numbers = cells.map((cell) => [
    bar(correlationEquivalent(cell.mi, units), BAR),
    fixed(cell.mi),
    `${fixed(cell.interval[0])} – ${fixed(cell.interval[1])}`,
    formatP(cell.pValue),
    ...(discoveries === undefined ? [] : [formatP(cell.qValue)]),
    grouped(cell.n),
  ]);
  const q = discoveries === undefined ? [] : ["q"];
  const titles = [pad("strength", BAR), "MI", "90 % interval", "p", ...q, "n"];
  const widths = titles.map((title, k) =>
    Math.max(displayWidth(title), ...numbers.map((row) => displayWidth(row[k]))),
  );
  const fixedWidth = widths.reduce((sum, w) => sum + w + 2, 0);
  const names = cells.map((cell) => [printable(cell.x), printable(cell.y)]);
  const nameWidths = fitNames(names, width - fixedWidth - 2);
  const titleLine = [
    ...titles.map((title, k) => pad(title, widths[k], k === 0 ? "left" : "right")),
    pad("x", nameWidths[0]),
    "y",
  ].join("  ");
  const rows = cells.map((cell, i) => {
    const [strength, ...rest] = numbers[i];
    const [x, y] = names[i].map((name, k) => shorten(name, nameWidths[k]));
    const mark = cell.warnings.length > 0 ? style("yellow", " !") : "";
    return [
      style("cyan", pad(strength, widths[0])),
      ...rest.map((text, k) => pad(text, widths[k + 1], "right")),
      pad(x, nameWidths[0]),
      y + mark,
    ].join("  ");
  });
  return [style("dim", titleLine.trimEnd()), ...rows.map((row) => row.trimEnd())];
}

/** Widths of the two name columns within the room there is. */
function fitNames(names: readonly string[][], room: number): [number, number] {
  const x = Math.max(1, ...names.map(([name]) => displayWidth(name)));
  const y = Math.max(1, ...names.map(([, name]) => displayWidth(name)));
  if (x + y + 2 <= room) return [x, y];
  const half = Math.max(SHORTEST_NAME, Math.floor((room - 2) / 2));
  if (x <= half) return [x, Math.max(SHORTEST_NAME, room - 2 - x)];
  if (y <= half) return [Math.max(SHORTEST_NAME, room - 2 - y), y];
  return [half, half];
}

/** One line a kind of warning, with the first message and how many more pairs have it. */
function warningSummary(cells: readonly Estimated[], style: Style): string[] {
  const first = new Map<Warning["code"], { cell: Estimated; message: string; pairs: number }>();
  for (const cell of cells) {
    for (const { code, message } of cell.warnings) {
      const known = first.get(code);
      if (known) known.pairs++;
      else first.set(code, { cell, message, pairs: 1 });
    }
  }
  if (first.size === 0) return [];
  const lines = ["", style("yellow", "! Warnings")];
  for (const [code, { cell, message, pairs }] of first) {
    const more = pairs > 1 ? ` (and ${count(pairs - 1, "more pair")})` : "";
    lines.push(`  ${code}: ${printable(cell.x)} × ${printable(cell.y)}${more}: ${printable(message)}`);
  }
  return lines;
}

/** Pairs without a number, those with the same reason in one line. */
function failedLines(cells: readonly Failed[], style: Style): string[] {
  if (cells.length === 0) return [];
  const byReason = new Map<string, Failed[]>();
  for (const cell of cells) {
    const group = byReason.get(cell.error);
    if (group) group.push(cell);
    else byReason.set(cell.error, [cell]);
  }
  const lines = ["", style("bold", `${count(cells.length, "pair")} could not be computed`)];
  for (const [reason, group] of byReason) {
    const [only] = group;
    const which =
      group.length === 1 ? `${printable(only.x)} × ${printable(only.y)}` : count(group.length, "pair");
    lines.push(
      `  ${which}: ${printable(reason === NOT_REACHED ? "not reached before the run was interrupted" : reason)}`,
    );
  }
  return lines;
}

/** One estimate as a short labelled list. */
export function estimateText(
  head: { file: string; units: Units; x: string; y: string },
  estimate: Estimate,
  style: Style,
): string {
  const { units } = head;
  const rows = [
    ...informationRows(estimate, units, style),
    [
      "p (independence)",
      estimate.pValue === undefined ? "– (this model has no null table)" : formatP(estimate.pValue),
    ],
    ["lower bound", `${fixed(estimate.lowerBound)} (Donsker–Varadhan, on this sample)`],
    ["complete rows", grouped(estimate.n)],
  ];
  const title = `${style("bold", printable(head.x))} × ${style("bold", printable(head.y))}  in ${printable(head.file)}`;
  return `${[title, ...labelled(rows), ...warningLines(estimate.warnings, style)].join("\n")}\n`;
}
