/** Results of rows in time as text and JSON. */
import type { LagInformation, LagsInformation, TransferEntropy, TransferInformation, Units } from "infonet";
import type { TableInTime } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { pad } from "../terminal/width.js";
import { correlationEquivalent, fixed, formatP, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { BAR, labelled, warningLines } from "./labelled.js";

/** What was made of rows in time, in words. */
export function seriesInWords({ time, grid, diff, deseason }: TableInTime): string {
  const parts = [
    time === undefined ? "rows in time, as they stand" : `rows in time, by ${printable(time)}`,
    ...(grid === undefined ? [] : [`at steps of ${grid}`]),
    ...(deseason === undefined ? [] : [`less the means of a period of ${deseason} rows`]),
    ...(diff ? ["changes from row to row"] : []),
  ];
  return parts.join(" · ");
}

/** What a single estimate says of rows in time. */
export function seriesRows(series: TableInTime | undefined, effectiveSize: number | undefined): string[][] {
  if (series === undefined) return [];
  const size = effectiveSize === undefined ? [] : [["which count as", grouped(Math.round(effectiveSize))]];
  return [...size, ["rows are", seriesInWords(series)]];
}

/** What a result of two series is about. */
export interface SeriesHead {
  file: string;
  units: Units;
  seed: number;
  model: string;
  x: string;
  y: string;
  cluster?: string | undefined;
  given?: readonly string[] | undefined;
  series: TableInTime | undefined;
}

/** The result of `infonet lags` as JSON. */
export function lagsJson(head: SeriesHead, { best, ...result }: LagsInformation): string {
  return `${toJson({ ...head, best: best ?? null, ...result }, 2)}\n`;
}

/** The result of `infonet lags` as a curve of text. */
export function lagsText(head: SeriesHead, result: LagsInformation, style: Style): string {
  const { lags, best, pValue, effectiveSize, n, warnings } = result;
  const [x, y] = [printable(head.x), printable(head.y)];
  const width = Math.max(3, ...lags.map(({ lag }) => String(lag).length));
  const line = (lag: LagInformation): string => {
    const strength = bar(correlationEquivalent(lag.mi, head.units), 2 * BAR);
    const range = `${fixed(lag.interval[0])} – ${fixed(lag.interval[1])}`;
    const text = [
      pad(signed(lag.lag), width + 1, "right"),
      style("cyan", pad(strength, 2 * BAR)),
      fixed(lag.mi),
      pad(range, 13),
      pad(formatP(lag.pValue), 6, "right"),
      pad(formatP(lag.familyPValue), 8, "right"),
    ].join("  ");
    return lag === best ? `${text}  ${style("bold", "best")}` : text;
  };
  const heading = [
    pad("lag", width + 1, "right"),
    pad("strength", 2 * BAR),
    "MI   ",
    pad("90 % interval", 13),
    "     p",
    "p of all",
  ];
  return `${[
    `${style("bold", x)} × ${style("bold", y)}  in ${printable(head.file)}`,
    style("dim", heading.join("  ")),
    ...lags.map(line),
    ...labelled([
      ["best lag", best === undefined ? "none stands out" : leading(best.lag, x, y, head.series)],
      ["p of all lags", formatP(pValue)],
      ["complete rows", grouped(n)],
      ...seriesRows(head.series, effectiveSize),
    ]),
    ...pooledLines(head.cluster, style),
    ...warningLines(warnings, style),
  ].join("\n")}\n`;
}

/** What estimates of a panel count that its tests do not. */
export function pooledLines(cluster: string | undefined, style: Style): string[] {
  if (cluster === undefined) return [];
  const text = `MI is that of the rows of every ${printable(cluster)} together and counts what these tell of both; p-values are of moves within each.`;
  return ["", style("dim", text)];
}

const signed = (lag: number): string => (lag > 0 ? `+${lag}` : lag < 0 ? `\u2212${-lag}` : "0");

/** Who leads, and by how much. */
export function leading(lag: number, x: string, y: string, series: TableInTime | undefined): string {
  if (lag === 0) return "0: both at once";
  const [first, second] = lag > 0 ? [x, y] : [y, x];
  const rows = Math.abs(lag);
  if (series?.grid !== undefined)
    return `${signed(lag)}: ${first} leads ${second} by ${rows} × ${series.grid}`;
  const time = series?.step === undefined || !series.dates ? "" : ` (${duration(rows * series.step)})`;
  return `${signed(lag)}: ${first} leads ${second} by ${rows} row${rows === 1 ? "" : "s"}${time}`;
}

const DURATIONS: readonly (readonly [seconds: number, word: string])[] = [
  [86400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

function duration(seconds: number): string {
  const [length, word] = DURATIONS.find(([unit]) => seconds >= unit) ?? DURATIONS[DURATIONS.length - 1];
  const number = Number((seconds / length).toPrecision(3));
  return `about ${number} ${word}${number === 1 ? "" : "s"}`;
}

/** The result of `infonet transfer` as JSON. */
export function transferJson(head: SeriesHead, { xToY, yToX, ...result }: TransferInformation): string {
  const known = (direction: TransferEntropy) => ({ ...direction, pValue: direction.pValue ?? null });
  return `${toJson({ ...head, ...result, xToY: known(xToY), yToX: known(yToX) }, 2)}\n`;
}

/** The result of `infonet transfer` as a short list, both directions side by side. */
export function transferText(head: SeriesHead, result: TransferInformation, style: Style): string {
  const [x, y] = [printable(head.x), printable(head.y)];
  const direction = ({ mi, interval, pValue, history }: TransferEntropy): string =>
    `${fixed(mi)} ${head.units}, ${fixed(interval[0])} – ${fixed(interval[1])}, p ${formatP(pValue)}, history ${history}`;
  const { net, xToY, yToX, lag } = result;
  const sure = net.interval[0] > 0 || net.interval[1] < 0 ? "" : " (may be none)";
  const given = head.given ?? [];
  return `${[
    `Transfer entropy of ${style("bold", x)} and ${style("bold", y)}, lag ${lag}${given.length > 0 ? `, given ${given.map(printable).join(", ")}` : ""}  in ${printable(head.file)}`,
    ...labelled([
      [`${x} → ${y}`, direction(xToY)],
      [`${y} → ${x}`, direction(yToX)],
      [
        "net flow",
        `${fixed(net.mi)} ${head.units}, ${fixed(net.interval[0])} – ${fixed(net.interval[1])}${sure}`,
      ],
      ["complete rows", grouped(Math.min(xToY.n, yToX.n))],
      ...seriesRows(head.series, undefined),
    ]),
    ...warningLines(
      [
        ...xToY.warnings,
        ...yToX.warnings.filter((other) => !xToY.warnings.some(({ code }) => code === other.code)),
      ],
      style,
    ),
  ].join("\n")}\n`;
}
