import type { Estimate } from "infonet";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad, shorten } from "../terminal/width.js";
import { correlationEquivalent, count, fixed, formatP, grouped, inPercent } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { entropyShare, kindsInWords } from "./kinds.js";
import { BAR, informationRows, labelled, warningLines, warningSummary } from "./labelled.js";
import {
  type Estimated,
  type EstimateHead,
  type Failed,
  isEstimated,
  isFailed,
  type MatrixResult,
  NOT_REACHED,
} from "./result.js";
import { screenedInWords } from "./screened.js";
import { seriesInWords, seriesRows } from "./series.js";

/** How text is laid out. */
export interface TextOptions {
  rows: number;
  /** Number of columns that took part. */
  columns: number;
  /** What was read, in a few words. */
  reading?: string;
  /** Pairs left out by `--top`. */
  left: number;
  /** What `--fdr` found; then q-values are shown too. */
  discoveries?: { rate: number; found: number; tested: number };
  /** Width of the terminal, or Infinity. */
  width: number;
  style: Style;
}

const SHORTEST_NAME = 12;

/** The strongest pairs as a table, the warnings, and the pairs without a number; line by line. */
export function* matrixText(result: MatrixResult, options: TextOptions): Generator<string> {
  for (const line of matrixLines(result, options)) yield `${line}\n`;
}

function* matrixLines(result: MatrixResult, options: TextOptions): Generator<string> {
  const { style } = options;
  const estimated = result.pairs.filter(isEstimated);
  const failed = result.pairs.filter(isFailed);
  yield [
    style("bold", printable(result.file)),
    count(options.rows, "row"),
    count(options.columns, "column"),
    result.units,
    `seed ${result.seed}`,
  ].join(" · ");
  if (options.reading !== undefined) yield style("dim", options.reading);
  if (result.series !== undefined) yield style("dim", seriesInWords(result.series));
  if (result.given !== undefined) yield style("dim", `given ${result.given.map(printable).join(", ")}`);
  yield "";
  if (estimated.length > 0) yield* pairTable(estimated, result, options);
  if (options.left > 0) {
    yield style("dim", `… and ${count(options.left, "weaker pair")}; --top all shows every pair.`);
  }
  if (options.discoveries !== undefined) {
    const { rate, found, tested } = options.discoveries;
    const verb = found === 1 ? "is" : "are";
    yield "";
    yield `${grouped(found)} of ${count(tested, "pair")} ${verb} dependent at a false discovery rate of ${inPercent(rate)} %.`;
  }
  if (estimated.length > 0) {
    yield "";
    yield style("dim", `The bar is √(1 − exp(−2·MI)): 0 is independent, 1 determined. Intervals hold 90 %.`);
  }
  if (result.screened !== undefined) {
    yield "";
    yield `${screenedInWords(result.screened, result.units)}.`;
  }
  yield* warningSummary(estimated, style);
  yield* failedLines(failed, style);
}

/** The numbers are formatted twice, once for the widths, so that a million rows need not be kept. */
function* pairTable(
  cells: readonly Estimated[],
  { units, replicates }: Pick<MatrixResult, "units" | "replicates">,
  { style, width, discoveries }: TextOptions,
): Generator<string> {
  const numbersOf = (cell: Estimated) => [
    bar(correlationEquivalent(cell.mi, units), BAR),
    fixed(cell.mi),
    `${fixed(cell.interval[0])} – ${fixed(cell.interval[1])}`,
    ...(replicates === undefined ? [] : [spreadOf(cell)]),
    formatP(cell.pValue),
    ...(discoveries === undefined ? [] : [formatP(cell.qValue)]),
    grouped(cell.n),
  ];
  const spread = replicates === undefined ? [] : ["sd"];
  const q = discoveries === undefined ? [] : ["q"];
  const titles = [pad("strength", BAR), "MI", "90 % interval", ...spread, "p", ...q, "n"];
  const widths = titles.map(displayWidth);
  // A name stands in many pairs; it is measured and shortened once.
  const names = { x: new Map<string, string>(), y: new Map<string, string>() };
  for (const cell of cells) {
    for (const [k, text] of numbersOf(cell).entries()) widths[k] = Math.max(widths[k], displayWidth(text));
    names.x.set(cell.x, "");
    names.y.set(cell.y, "");
  }
  const fixedWidth = widths.reduce((sum, w) => sum + w + 2, 0);
  const nameWidths = fitNames([longestName(names.x), longestName(names.y)], width - fixedWidth - 2);
  for (const name of names.x.keys())
    names.x.set(name, pad(shorten(printable(name), nameWidths[0]), nameWidths[0]));
  for (const name of names.y.keys()) names.y.set(name, shorten(printable(name), nameWidths[1]));
  const titleLine = [
    ...titles.map((title, k) => pad(title, widths[k], k === 0 ? "left" : "right")),
    pad("x", nameWidths[0]),
    "y",
  ].join("  ");
  yield style("dim", titleLine.trimEnd());
  for (const cell of cells) {
    const [strength, ...rest] = numbersOf(cell);
    const mark = cell.warnings.length > 0 ? style("yellow", " !") : "";
    const row = [
      style("cyan", pad(strength, widths[0])),
      ...rest.map((text, k) => pad(text, widths[k + 1], "right")),
      names.x.get(cell.x),
      names.y.get(cell.y) + mark,
    ].join("  ");
    yield row.trimEnd();
  }
}

/** How the estimate varies over replicates. */
function spreadOf({ replicates }: Estimated): string {
  const sd = replicates?.sd ?? null;
  return sd === null ? "–" : fixed(sd);
}

function longestName(names: ReadonlyMap<string, unknown>): number {
  let longest = 1;
  for (const name of names.keys()) longest = Math.max(longest, displayWidth(printable(name)));
  return longest;
}

/** Widths of the two name columns within the room there is. */
function fitNames([x, y]: [number, number], room: number): [number, number] {
  if (x + y + 2 <= room) return [x, y];
  const half = Math.max(SHORTEST_NAME, Math.floor((room - 2) / 2));
  if (x <= half) return [x, Math.max(SHORTEST_NAME, room - 2 - x)];
  if (y <= half) return [Math.max(SHORTEST_NAME, room - 2 - y), y];
  return [half, half];
}

/** Pairs without a number, those with the same reason in one line. */
function* failedLines(cells: readonly Failed[], style: Style): Generator<string> {
  if (cells.length === 0) return;
  const byReason = new Map<string, { first: Failed; pairs: number }>();
  for (const cell of cells) {
    const known = byReason.get(cell.error);
    if (known) known.pairs++;
    else byReason.set(cell.error, { first: cell, pairs: 1 });
  }
  yield "";
  yield style("bold", `${count(cells.length, "pair")} could not be computed`);
  for (const [reason, { first, pairs }] of byReason) {
    const which = pairs === 1 ? `${printable(first.x)} × ${printable(first.y)}` : count(pairs, "pair");
    yield `  ${which}: ${printable(reason === NOT_REACHED ? "not reached before the run was interrupted" : reason)}`;
  }
}

/** One estimate as a short labelled list. */
export function estimateText(
  head: Pick<EstimateHead, "file" | "units" | "x" | "y" | "cluster" | "series">,
  estimate: Estimate,
  style: Style,
): string {
  const { units } = head;
  const share = entropyShare(head, estimate);
  const rows = [
    ...informationRows(estimate, units, style),
    [
      "p (independence)",
      estimate.pValue === undefined ? "– (this model has no null table)" : formatP(estimate.pValue),
    ],
    ["lower bound", `${fixed(estimate.lowerBound)} (Donsker–Varadhan, on this sample)`],
    [
      head.cluster === undefined || head.series !== undefined ? "complete rows" : "clusters",
      grouped(estimate.n),
    ],
    ...seriesRows(head.series, estimate.effectiveSize),
    ["x and y are", kindsInWords(estimate)],
    ...(share === undefined ? [] : [["share of entropy", share]]),
  ];
  const title = `${style("bold", printable(head.x))} × ${style("bold", printable(head.y))}  in ${printable(head.file)}`;
  return `${[title, ...labelled(rows), ...warningLines(estimate.warnings, style)].join("\n")}\n`;
}
