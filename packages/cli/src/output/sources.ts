/** The sources of a series as text and JSON. */
import type { SourceInformation, SourcesInformation, Units } from "infonet";
import type { TableInTime } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad } from "../terminal/width.js";
import { correlationEquivalent, fixed, formatP } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { BAR, labelled, warningLines } from "./labelled.js";
import { seriesRows } from "./series.js";

/** What the result is of. */
export interface SourcesHead {
  file: string;
  units: Units;
  seed: number;
  model: string;
  maxLag: number;
  given: readonly string[];
  cluster: string | undefined;
  series: TableInTime | undefined;
}

/** The result of `infonet transfer --from` as JSON. */
export function sourcesJson(head: SourcesHead, { sources, ...result }: SourcesInformation): string {
  const known = sources.map((source) => ({
    ...source,
    pValue: source.pValue ?? null,
    familyPValue: source.familyPValue ?? null,
  }));
  return `${toJson({ ...head, ...result, sources: known }, 2)}\n`;
}

/** A line a source, most evidence first. */
export function sourcesText(
  head: SourcesHead,
  { target, history, sources, failed }: SourcesInformation,
  style: Style,
): string {
  const names = sources.map(({ source }) => printable(source));
  const width = Math.max(6, ...names.map(displayWidth));
  const line = ({ lag, mi, interval, pValue, familyPValue }: SourceInformation, k: number): string =>
    [
      ` ${pad(names[k], width)}`,
      pad(String(lag), 3, "right"),
      style("cyan", pad(bar(correlationEquivalent(mi, head.units), BAR), BAR)),
      fixed(mi),
      pad(`${fixed(interval[0])} \u2013 ${fixed(interval[1])}`, 13),
      pad(formatP(pValue), 6, "right"),
      pad(formatP(familyPValue), 8, "right"),
    ].join("  ");
  const heading = [
    ` ${pad("source", width)}`,
    "lag",
    pad("strength", BAR),
    "TE   ",
    pad("90 % interval", 13),
    "     p",
    "p of all",
  ];
  const given = head.given.length > 0 ? `, given ${head.given.map(printable).join(", ")}` : "";
  const warnings = new Map(
    sources.flatMap((source) => source.warnings).map((warning) => [warning.code, warning]),
  );
  return `${[
    `Sources of ${style("bold", printable(target))}, up to ${head.maxLag} rows before${given}  in ${printable(head.file)}`,
    style("dim", heading.join("  ")),
    ...sources.map(line),
    ...failed.map(({ source, error }) => ` ${printable(source)}: ${error}`),
    ...labelled([
      ["history", `${history} row${history === 1 ? "" : "s"} of ${printable(target)}`],
      ...seriesRows(head.series, undefined),
    ]),
    ...warningLines([...warnings.values()], style),
  ].join("\n")}\n`;
}
