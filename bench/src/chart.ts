/** Charts as SVG documents. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** One line of a chart. */
export interface Series {
  name: string;
  points: ReadonlyArray<readonly [x: number, y: number]>;
  /** For what the lines of ours are compared with. */
  dashed?: boolean;
  /** The same for a series and what it is compared with; 0 … 7. */
  colour: number;
}

/** Titles and scales of a chart. */
export interface ChartOptions {
  x: string;
  y: string;
  log?: { x?: boolean; y?: boolean };
  /** Values marked along the x axis. Default: chosen by the scale. */
  ticks?: readonly number[];
  /** Draws the diagonal y = x. */
  diagonal?: boolean;
}

// Okabe and Ito's colours, told apart by everybody, and one more; the first is ours.
const COLOURS = [
  "#d55e00",
  "#0072b2",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#000000",
  "#999999",
  "#6a3d9a",
];
const WIDTH = 820;
const HEIGHT = 380;
const LEGEND = 240;

const colourOf = ({ colour }: { colour: number }): string => COLOURS[colour % COLOURS.length];

/** A chart with one line a series and a legend to its right. */
export function lineChart(series: readonly Series[], options: ChartOptions): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const rows = (s: Series) => s.points.map(([x, y]) => ({ x, y }));
  const all = series.flatMap(rows);
  const span = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))];
  const plot = Plot.plot({
    document,
    width: WIDTH - LEGEND,
    height: HEIGHT,
    marginLeft: 60,
    marginBottom: 40,
    x: {
      label: `${options.x} →`,
      type: options.log?.x ? "log" : "linear",
      ticks: options.ticks && [...options.ticks],
      tickFormat: options.ticks && "d",
    },
    y: {
      label: `↑ ${options.y}`,
      ...(options.log?.y
        ? { type: "log", ticks: powersOfTen(all.map(({ y }) => y)), tickFormat: String }
        : {}),
      grid: true,
    },
    marks: [
      options.diagonal
        ? Plot.line(
            span.map((v) => [v, v]),
            { strokeOpacity: 0.3 },
          )
        : null,
      ...series.map((s) =>
        Plot.line(rows(s), {
          ...{ x: "x", y: "y", stroke: colourOf(s), strokeWidth: 1.8 },
          strokeDasharray: s.dashed ? "5 4" : undefined,
        }),
      ),
      ...series
        .filter((s) => !s.dashed)
        .map((s) => Plot.dot(rows(s), { x: "x", y: "y", fill: colourOf(s), r: 2.5 })),
    ],
  });
  const legend = series.map((s, k) => {
    const y = legendLine(k);
    const dash = s.dashed ? ' stroke-dasharray="5 4"' : "";
    return `<line x1="${WIDTH - LEGEND + 10}" x2="${WIDTH - LEGEND + 38}" y1="${y}" y2="${y}" stroke="${colourOf(s)}" stroke-width="2"${dash}/>${legendText(s.name, k)}`;
  });
  return svgOf(plot, legend, HEIGHT);
}

/** Numbers of one name, for every row of a chart of dots. */
export interface Dots {
  name: string;
  values: readonly number[];
  colour: number;
}

const ROW_HEIGHT = 20;

/** A chart with a line for every label and a dot for every name on it (Cleveland 1984); the first name is in front. */
export function dotChart(labels: readonly string[], dots: readonly Dots[], x: string): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const height = ROW_HEIGHT * labels.length + 60;
  const plot = Plot.plot({
    document,
    ...{ width: WIDTH - LEGEND, height, marginLeft: 160, marginBottom: 40 },
    x: { label: `${x} →`, domain: [0, 1], tickFormat: "%" },
    y: { label: null, domain: [...labels], grid: true },
    marks: [...dots].reverse().map((own, k) =>
      Plot.dot(
        labels.map((label, row) => ({ label, value: own.values[row] })),
        { x: "value", y: "label", fill: colourOf(own), r: k === dots.length - 1 ? 5 : 3.5 },
      ),
    ),
  });
  const legend = dots.map(
    (own, k) =>
      `<circle cx="${WIDTH - LEGEND + 24}" cy="${legendLine(k)}" r="4" fill="${colourOf(own)}"/>${legendText(own.name, k)}`,
  );
  return svgOf(plot, legend, height);
}

const legendLine = (k: number): number => 24 + 20 * k;

const legendText = (name: string, k: number): string =>
  `<text x="${WIDTH - LEGEND + 46}" y="${legendLine(k) + 4}" font-family="system-ui, sans-serif" font-size="12">${escaped(name)}</text>`;

/** A plot with its legend to the right. */
function svgOf(plot: ReturnType<typeof Plot.plot>, legend: readonly string[], height: number): string {
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  // The document around it says what it shows.
  plot.setAttribute("aria-hidden", "true");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}"><rect width="100%" height="100%" fill="white"/>${plot.outerHTML}${legend.join("")}</svg>\n`;
}

/** The document with its title, which browsers show and screen readers read. */
export function titled(svg: string, title: string): string {
  return svg.replace(/^<svg[^>]*>/, (start) => `${start}<title>${escaped(title)}</title>`);
}

function powersOfTen(values: readonly number[]): number[] {
  const first = Math.ceil(Math.log10(Math.min(...values)));
  const last = Math.floor(Math.log10(Math.max(...values)));
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, k) => 10 ** (first + k));
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
