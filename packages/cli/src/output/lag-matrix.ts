/** Pairs at their best lags as text and JSON. */
import type { LagMatrix, LagPair } from "infonet";
import type { TableInTime } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad, shorten } from "../terminal/width.js";
import { correlationEquivalent, count, fixed, formatP } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { BAR, warningSummary } from "./labelled.js";
import { leading, pooledLines, seriesInWords } from "./series.js";

/** What the result is of. */
export interface LagMatrixHead {
  file: string;
  model: string;
  cluster: string | undefined;
  series: TableInTime | undefined;
}

/** `{ file, model, …, maxLag, units, seed, pairs: [{ x, y, lag, mi, interval, pValue, lagPValue, qValue, … } | { x, y, error }] }`. */
export function lagMatrixJson(head: LagMatrixHead, result: LagMatrix): string {
  return `${toJson({ ...head, ...result }, 2)}\n`;
}

const WIDEST_NAME = 24;

/** A line a pair, strongest first: who leads whom, and by how much. */
export function lagMatrixText(
  head: LagMatrixHead,
  { pairs, maxLag, units }: LagMatrix,
  { top, style }: { top: number; style: Style },
): string {
  const shown = pairs.slice(0, top);
  const name = (text: string): string => shorten(printable(text), WIDEST_NAME);
  const widest = Math.max(1, ...shown.map(({ x }) => displayWidth(name(x))));
  const widestY = Math.max(1, ...shown.map(({ y }) => displayWidth(name(y))));
  const line = (pair: LagPair): string => {
    const names = `${pad(name(pair.x), widest)}  ${pad(name(pair.y), widestY)}`;
    if (pair.error !== undefined)
      return `     \u2013  ${pad("", BAR)}  ${pad("", 6)}  ${pad("", 6)}  ${names}  ${printable(pair.error)}`;
    const { mi, pValue, qValue, lag, x, y } = pair;
    const who = pValue <= 0.05 ? leading(lag, name(x), name(y), head.series) : "no lag stands out";
    return [
      pad(fixed(mi), 6, "right"),
      style("cyan", pad(bar(correlationEquivalent(mi, units), BAR), BAR)),
      pad(formatP(pValue), 6, "right"),
      pad(formatP(qValue), 6, "right"),
      names,
      who,
    ].join("  ");
  };
  const left = pairs.length - shown.length;
  const titles = [pad("MI", 6, "right"), pad("strength", BAR), pad("p", 6, "right"), pad("q", 6, "right")];
  return `${[
    `${style("bold", printable(head.file))} \u00b7 ${count(pairs.length, "pair")} at the best of the lags \u2212${maxLag} to ${maxLag} \u00b7 ${units}`,
    ...(head.series === undefined ? [] : [style("dim", seriesInWords(head.series))]),
    "",
    style("dim", [...titles, pad("x", widest), pad("y", widestY), "lag"].join("  ")),
    ...shown.map(line),
    ...(left > 0
      ? [style("dim", `\u2026 and ${count(left, "weaker pair")}; --top all shows every pair.`)]
      : []),
    "",
    style(
      "dim",
      "p: as much evidence at any lag, if the two were independent of each other; q: the same over all pairs.",
    ),
    ...pooledLines(head.cluster, style),
    ...warningSummary(
      shown.filter((pair) => pair.error === undefined),
      style,
    ),
  ].join("\n")}\n`;
}
