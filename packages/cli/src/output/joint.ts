import type { BasisName, ConditionalInformation, JointInformation, SideKind, Units } from "infonet";
import type { TableInTime } from "../table/types.js";
import type { Style } from "../terminal/io.js";
import { displayWidth, pad } from "../terminal/width.js";
import { fixed, formatP, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { kindWord } from "./kinds.js";
import { informationRows, labelled, warningLines } from "./labelled.js";
import { seriesRows } from "./series.js";

/** What a result of several columns is about. */
export interface JointHead {
  file: string;
  units: Units;
  seed: number;
  model: string;
  x: readonly string[];
  y: readonly string[];
  cluster?: string | undefined;
  series?: TableInTime | undefined;
}

/** What a conditional result is about. */
export interface ConditionalHead extends Omit<JointHead, "x" | "y"> {
  x: string;
  y: string;
  given: readonly string[];
}

/** Pairs that text shows. */
const SHOWN = 8;

/**
 * The library's labels (`x3`, `y0 | g`, `y1 | x0, x2`, `z2`) with the names of the columns in place of their positions; those of variates
 * stay.
 */
export function named(label: string, names: Readonly<Record<string, readonly string[]>>): string {
  return label.replace(/(?<=^|[ ,])([a-z])(\d+)(?=[ ,]|$)/g, (whole, letter: string, at: string) => {
    return names[letter]?.[Number(at)] ?? whole;
  });
}

/** The result with the names of columns in place of their positions. */
export function withNames(head: JointHead, result: JointInformation): JointInformation {
  const name = (label: string) => named(label, { x: head.x, y: head.y });
  return {
    ...result,
    order: { x: result.order.x.map(name), y: result.order.y.map(name) },
    contributions: result.contributions.map((pair) => ({ ...pair, x: name(pair.x), y: name(pair.y) })),
  };
}

/** The result of `infonet joint` as JSON, columns by name. */
export function jointJson(head: JointHead, result: JointInformation): string {
  const { contributions, ...rest } = withNames(head, result);
  const pairs = contributions.map((pair) => ({ ...pair, pValue: pair.pValue ?? null }));
  return `${toJson({ ...head, ...rest, pValue: rest.pValue ?? null, contributions: pairs }, 2)}\n`;
}

/** The result of `infonet conditional` as JSON. */
export function conditionalJson(head: ConditionalHead, result: ConditionalInformation): string {
  const order = result.order.map((label) => named(label, { z: head.given }));
  return `${toJson({ ...head, ...result, order, pValue: result.pValue ?? null }, 2)}\n`;
}

/** The result of `infonet joint` as a short labelled list, with the pairs that make it up. */
export function jointText(head: JointHead, given: JointInformation, style: Style): string {
  const result = withNames(head, given);
  const { units } = head;
  const group = (names: readonly string[]) => style("bold", names.map(printable).join(", "));
  const rows = [
    ...informationRows(result, units, style),
    ...(result.pValue === undefined ? [] : [["p (independence)", formatP(result.pValue)]]),
    ...(ofVine(result) ? [["lower bound", `${fixed(result.lowerBound)} (on held-out rows)`]] : []),
    ["columns", `${groupKinds(result.kinds.x)} × ${groupKinds(result.kinds.y)}`],
    ...(ofVine(result) ? [["coordinates", BASES[result.basis]]] : []),
    ...interactionRows(result.interaction, units),
    ["complete rows", grouped(result.n)],
    ...seriesRows(head.series, undefined),
  ];
  const lines = [`${group(head.x)}  ×  ${group(head.y)}  in ${printable(head.file)}`, ...labelled(rows)];
  const telling = result.contributions.filter(({ independent }) => !independent);
  if (telling.length > 0 && result.contributions.length > 1) lines.push("", ...pairLines(telling, style));
  return `${[...lines, ...warningLines(result.warnings, style)].join("\n")}\n`;
}

/** Whether the result is that of a vine, not of counts. */
export function ofVine(result: JointInformation): result is JointInformation & { basis: BasisName } {
  return result.basis !== "table" && result.basis !== "chain";
}

/** What the columns tell together beyond what each tells by itself, in words. */
export function interactionInWords(
  interaction: JointInformation["interaction"],
  units: Units,
): { word: string; size: string; range: string } | undefined {
  if (interaction === undefined) return undefined;
  const { mi, interval } = interaction;
  const [low, high] = mi < 0 ? [-interval[1], -interval[0]] : interval;
  const unsure = low <= 0 && high >= 0 ? " (may be none)" : "";
  return {
    word: mi < 0 ? "redundancy" : "synergy",
    size: `${fixed(Math.abs(mi))} ${units}`,
    range: `${fixed(low)} – ${fixed(high)}${unsure}`,
  };
}

function interactionRows(interaction: JointInformation["interaction"], units: Units): string[][] {
  const words = interactionInWords(interaction, units);
  return words === undefined ? [] : [[words.word, `${words.size}, ${words.range}`]];
}

/** The coordinates of vines, in words. */
export const BASES: Record<BasisName, string> = {
  given: "the columns themselves",
  whitened: "principal components (p, q)",
  canonical: "canonical variates (f, g), then what they leave of the columns",
  nonlinear: "nonlinear canonical variates (f, g), then what they leave of the columns",
  neighbours: "what the nearest rows tell of the other side (f, g), then what they leave of the columns",
};

/** The result of `infonet conditional` as a short labelled list. */
export function conditionalText(head: ConditionalHead, result: ConditionalInformation, style: Style): string {
  const { units } = head;
  const title = `${style("bold", printable(head.x))} × ${style("bold", printable(head.y))}`;
  const rows = [
    ...informationRows(result, units, style),
    ["p (independence given them)", formatP(result.pValue)],
    [
      "columns",
      `${groupKinds([result.kinds.x])} × ${groupKinds([result.kinds.y])}, given ${groupKinds(result.kinds.z)}`,
    ],
    ["complete rows", grouped(result.n)],
    ...seriesRows(head.series, undefined),
  ];
  return `${[
    `${title}  given ${head.given.map(printable).join(", ")}  in ${printable(head.file)}`,
    ...labelled(rows),
    ...warningLines(result.warnings, style),
  ].join("\n")}\n`;
}

/** What columns are, in words: `levels and numbers`. */
export function groupKinds(kinds: readonly SideKind[]): string {
  return [...new Set(kinds.map(kindWord))].join(" and ");
}

function pairLines(pairs: JointInformation["contributions"], style: Style): string[] {
  const shown = pairs.slice(0, SHOWN);
  const width = Math.max(...shown.map(({ x }) => displayWidth(printable(x))));
  const lines = [style("dim", "Where it is, pair by pair, each given the pairs before it:")];
  for (const { x, y, mi } of shown) {
    lines.push(`  ${pad(fixed(mi), 7, "right")}  ${pad(printable(x), width)}  ${printable(y)}`);
  }
  const left = pairs.length - shown.length;
  if (left > 0) lines.push(style("dim", `  … and ${grouped(left)} more; --format json has all.`));
  return lines;
}
