import type { DependenceNetwork } from "infonet";
import { quoteField } from "../table/record.js";
import type { Style } from "../terminal/io.js";
import { bar } from "../terminal/progress.js";
import { displayWidth, pad } from "../terminal/width.js";
import { correlationEquivalent, count, fixed, formatP, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { toJson } from "./json.js";
import { BAR } from "./labelled.js";

/** The network as JSON. */
export function networkJson(file: string, network: DependenceNetwork): string {
  return `${toJson({ file, ...network }, 2)}\n`;
}

/** Its links, one a row, with what was removed in the same table: `direct` is empty for no link. */
export function networkCsv({ edges, removed }: DependenceNetwork): string {
  const head = ["x", "y", "link", "mi", "direct", "given", "p_value", "q_value"];
  const rows = [
    ...edges.map(({ x, y, mi, direct, given, pValue, qValue }) => [
      x,
      y,
      "direct",
      mi,
      direct,
      given.join(";"),
      pValue,
      qValue,
    ]),
    ...removed.map(({ x, y, mi, direct, through, pValue }) => [
      x,
      y,
      "through",
      mi,
      direct,
      through.join(";"),
      pValue ?? "",
      "",
    ]),
  ];
  return `${[head, ...rows].map((row) => row.map((value) => quoteField(String(value))).join(",")).join("\n")}\n`;
}

/** Removed links that text shows. */
const REMOVED_SHOWN = 10;

/** The links as a list, strongest first, then the strongest of those that go through others. */
export function networkText(file: string, network: DependenceNetwork, style: Style): string {
  const { nodes, edges, removed, failed, units, method } = network;
  const title = `${count(edges.length, "direct link")} among ${count(nodes.length, "column")} of ${printable(file)} (${units})`;
  const pairs = [...edges, ...removed];
  const [wx, wy] = [
    Math.max(1, ...pairs.map(({ x }) => displayWidth(printable(x)))),
    Math.max(1, ...pairs.map(({ y }) => displayWidth(printable(y)))),
  ];
  const names = (x: string, y: string): string => `${pad(printable(x), wx)}  ${pad(printable(y), wy)}`;
  const links = edges.map(({ x, y, mi, direct, given, pValue }) => {
    const strength = pad(bar(correlationEquivalent(direct, units), BAR), BAR);
    const beside =
      given.length === 0
        ? ""
        : style("dim", `  given ${given.map(printable).join(", ")}: ${fixed(mi)} without`);
    return `  ${pad(fixed(direct), 6, "right")}  ${style("cyan", strength)}  ${names(x, y)}  ${pad(formatP(pValue), 8)}${beside}`.trimEnd();
  });
  const lines = [style("bold", title), ...links];
  if (removed.length > 0) {
    const where = method === "clr" ? "no stronger than the background" : "through others";
    lines.push("", style("dim", `${count(removed.length, "dependence")} ${where}:`));
    for (const { x, y, mi, through } of removed.slice(0, REMOVED_SHOWN)) {
      const by = through.length === 0 ? "" : `  through ${through.map(printable).join(", ")}`;
      lines.push(`  ${pad(fixed(mi), 6, "right")}  ${names(x, y)}${by}`);
    }
    const left = removed.length - REMOVED_SHOWN;
    if (left > 0) lines.push(style("dim", `  … and ${grouped(left)} more; --format json has all.`));
  }
  if (failed.length > 0) {
    lines.push(
      "",
      `${count(failed.length, "pair")} without an answer, such as ${printable(failed[0].x)} × ${printable(failed[0].y)}: ${printable(failed[0].error)}`,
    );
  }
  return `${lines.join("\n")}\n`;
}
