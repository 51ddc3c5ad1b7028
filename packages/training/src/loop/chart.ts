/** The picture of a run: losses over distributions seen, training and validation, one panel a loss. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { LogLine } from "./log-line.js";

const PANELS: ReadonlyArray<readonly [key: string, title: string]> = [
  ["pinball", "pinball loss of √MI"],
  ["density", "smooth-L1 of log density ratio"],
  ["donskerVaradhan", "minus the Donsker–Varadhan bound (nats)"],
];

const WIDTH = 720;
const HEIGHT = 220;

/** An SVG document: a panel for every loss that the network has, all of them while nothing is logged yet. */
export function lossChart(lines: readonly LogLine[]): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const shown = PANELS.filter(
    ([key]) => lines.length === 0 || lines.some(({ values }) => Number.isFinite(values[key])),
  );
  const panels = shown.map(([key, title], index) => {
    const rows = lines
      .filter((line) => Number.isFinite(line.values[key]))
      .map((line) => ({ kind: line.kind, seen: line.seen / 1000, value: line.values[key] }));
    const late = rows.length > 20 ? rows.slice(Math.floor(rows.length / 20)) : rows;
    const plot = Plot.plot({
      document,
      width: WIDTH,
      height: HEIGHT,
      marginLeft: 60,
      title: undefined,
      x: { label: "thousand distributions seen →" },
      y: { label: `↑ ${title}`, grid: true, nice: true, zero: false },
      color: { domain: ["train", "validation"], range: ["#9bb7d4", "#c2410c"] },
      marks: [
        Plot.lineY(late, { x: "seen", y: "value", stroke: "kind", strokeWidth: 1.5 }),
        Plot.text([["train", "validation"]], {
          frameAnchor: "top-right",
          text: () => (index === 0 ? "blue: training   orange: validation (averaged weights)" : ""),
        }),
      ],
    });
    plot.setAttribute("y", String(index * HEIGHT));
    plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return plot.outerHTML;
  });
  const height = shown.length * HEIGHT;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"><rect width="100%" height="100%" fill="white"/>${panels.join("")}</svg>\n`;
}
