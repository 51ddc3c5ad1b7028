import type { Differences } from "infonet";
import type { Style } from "../terminal/io.js";
import { displayWidth, pad } from "../terminal/width.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";

/** The result of `infonet compare` as JSON. */
export function differencesJson(file: string, differences: Differences): string {
  return `${toJson({ file, ...differences }, 2)}\n`;
}

/** Pairs that text shows. */
const SHOWN = 25;
/** Width of a column of numbers, at least. */
const NUMBER = 6;

/** The result of `infonet compare` as a table: the information of each pair in every group, the surest difference first. */
export function differencesText(file: string, differences: Differences, style: Style): string {
  const { by, groups, pairs, failed, units } = differences;
  const names = groups.map(({ level }) => printable(level));
  const widths = names.map((name) => Math.max(NUMBER, displayWidth(name)));
  const shown = pairs.slice(0, SHOWN);
  const [wx, wy] = [
    Math.max(1, ...shown.map(({ x }) => displayWidth(printable(x)))),
    Math.max(1, ...shown.map(({ y }) => displayWidth(printable(y)))),
  ];
  const line = (x: string, y: string, numbers: readonly string[], p: string, q: string): string =>
    `  ${pad(x, wx)}  ${pad(y, wy)}  ${numbers.map((text, k) => pad(text, widths[k], "right")).join("  ")}  ${pad(p, 7)}  ${q}`.trimEnd();
  const sizes = groups.map(({ level, n }) => `${printable(level)} (${grouped(n)} rows)`).join(", ");
  const lines = [
    `Dependence by ${style("bold", printable(by))} in ${printable(file)} (${units}): ${sizes}`,
    style("dim", line("", "", names, "p", "q")),
    ...shown.map(({ x, y, mi, pValue, qValue }) =>
      line(
        printable(x),
        printable(y),
        mi.map((value) => fixed(value)),
        formatP(pValue),
        formatP(qValue),
      ),
    ),
  ];
  if (pairs.length > SHOWN) {
    lines.push(style("dim", `  … and ${grouped(pairs.length - SHOWN)} more; --format json has all.`));
  }
  if (failed.length > 0) {
    const [{ x, y, error }] = failed;
    lines.push(
      `${count(failed.length, "pair")} without an answer in some group, such as ${printable(x)} × ${printable(y)}: ${printable(error)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
