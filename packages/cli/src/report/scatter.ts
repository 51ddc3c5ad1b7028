import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { sample, uniform } from "../random.js";
import type { Axis } from "./axis.js";
import { Html, html, pageText } from "./html.js";
import { placeLabels } from "./labels.js";
import type { SpreadPoint } from "./spread.js";
import { clip, distinctUpTo, numberLabel, valueLabel } from "./values.js";

const WIDTH = 386;
const HEIGHT = 360;
const LEFT = 78;
const RIGHT = 8;
const ACROSS = WIDTH - LEFT - RIGHT;
const MOST_POINTS = 2000;
/** Points are drawn in this many layers, so that crowded places look denser. */
const LAYERS = 6;
const MOST_LABELS = 12;

type ScaleOptions = NonNullable<Plot.PlotOptions["x"]>;

/** What is used of the document tree; the compiler runs without the browser's types. */
interface SvgNode {
  outerHTML: string;
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  appendChild(child: SvgNode): void;
  querySelectorAll(selector: string): Iterable<SvgNode>;
  remove(): void;
}
interface SvgDocument {
  createElementNS(namespace: string, name: string): SvgNode;
}

const SVG = "http://www.w3.org/2000/svg";

/** How one column is laid out along an axis. */
interface Layout {
  scale: ScaleOptions;
  /** Position of a value before jitter. */
  place: (value: number) => number | Date;
  /** Half the width of the jitter, in units of the axis; 0 for none. */
  jitter: number;
}

/**
 * The rows of a pair as points: at most 2000 of them, chosen at random; categories and numbers with few
 * different values are jittered. How y is spread along x is drawn as a line in a band.
 */
export function scatter(x: Axis, y: Axis, rows: readonly number[], spread: SpreadPoint[] = []): Html {
  const chosen = sample(rows, MOST_POINTS, rows.length);
  const random = uniform(chosen.length);
  const across = layout(x, "x");
  const up = layout(y, "y");
  const jittered = (value: number | Date, jitter: number) =>
    jitter === 0 ? value : (value as number) + (2 * random() - 1) * jitter;
  const points = chosen.map((row) => ({
    x: jittered(across.place(x.column.values[row]), across.jitter),
    y: jittered(up.place(y.column.values[row]), up.jitter),
  }));
  const curve = spread.map((point) => ({
    x: across.place(point.x),
    low: up.place(point.low),
    middle: up.place(point.middle),
    high: up.place(point.high),
  }));
  const { document } = parseHTML("<!doctype html><html><body></body></html>") as unknown as {
    document: SvgDocument;
  };
  const svg = Plot.plot({
    document: document as never,
    className: "scatter-plot",
    width: WIDTH,
    height: HEIGHT,
    marginLeft: LEFT,
    marginRight: RIGHT,
    marginTop: 8,
    marginBottom: 52,
    x: { ...across.scale, label: null },
    y: { ...up.scale, label: null },
    marks: [
      Plot.areaY(curve, { x: "x", y1: "low", y2: "high", className: "spread" }),
      Plot.dot(points, {
        x: "x",
        y: "y",
        render: (index, _scales, values) => dots(document, index, values) as never,
      }),
      ...["halo", "median"].map((className) => Plot.line(curve, { x: "x", y: "middle", className })),
      Plot.frame({ stroke: "currentColor", strokeOpacity: 0.25 }),
    ],
  }) as unknown as SvgNode;
  const above =
    curve.length > 0 ? " Above them the median of the second given the first, in a band from 5 to 95 %." : "";
  const label = `Scatter plot of ${x.column.name} and ${y.column.name}, ${points.length} of ${rows.length} rows.${above}`;
  const drawing = finish(document, svg, x.column.name, y.column.name);
  // linkedom leaves "&" in attributes as it is, so this one is written by hand.
  return new Html(drawing.replace("<svg ", () => html`<svg aria-label="${label}" `.text));
}

/** All points as a few paths of dots: a tenth of the size of as many circles. */
function dots(document: SvgDocument, index: ArrayLike<number>, values: Plot.ChannelValues): SvgNode {
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", index.length > 600 ? "dots many" : "dots");
  const xs = values.x as ArrayLike<number>;
  const ys = values.y as ArrayLike<number>;
  for (let layer = 0; layer < LAYERS; layer++) {
    let d = "";
    for (let k = layer; k < index.length; k += LAYERS) {
      const i = index[k];
      d += `M${xs[i].toFixed(1)},${ys[i].toFixed(1)}h0`;
    }
    if (d === "") continue;
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    group.appendChild(path);
  }
  return group;
}

function finish(document: SvgDocument, svg: SvgNode, xName: string, yName: string): string {
  svg.setAttribute("role", "img");
  svg.setAttribute("class", "plot scatter");
  svg.setAttribute("font-family", "inherit");
  // The page brings the styles; the drawing fits its place.
  for (const style of svg.querySelectorAll("style")) style.remove();
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  const title = (text: string, transform: string) => {
    const element = document.createElementNS(SVG, "text");
    element.setAttribute("class", "axis-title");
    element.setAttribute("transform", transform);
    element.setAttribute("text-anchor", "middle");
    element.textContent = pageText(text);
    svg.appendChild(element);
  };
  title(`${clip(xName, 44)} →`, `translate(228 ${HEIGHT - 6})`);
  title(`${clip(yName, 44)} →`, "translate(12 158) rotate(-90)");
  return svg.outerHTML;
}

function layout({ column, sorted, kind }: Axis, side: "x" | "y"): Layout {
  if (column.levels) return categories(column.levels, sorted, side);
  if (column.kind === "date") {
    return { scale: { type: "utc", ticks: 4 }, place: (value) => new Date(value * 1000), jitter: 0 };
  }
  if (column.kind === "time") {
    const ticks = timeTicks(sorted[0], sorted[sorted.length - 1]);
    const tickFormat = (seconds: number) => valueLabel(column, seconds);
    return { scale: { type: "linear", ticks, tickFormat }, place: (value) => value, jitter: 0 };
  }
  const type = scaleType(sorted);
  const few = kind === "levels" || distinctUpTo(sorted, MOST_LABELS) <= MOST_LABELS;
  return {
    scale: { type, ticks: type === "log" ? 4 : 5, tickFormat: numberLabel, nice: type === "linear" },
    place: (value) => value,
    jitter: few && type === "linear" ? smallestGap(sorted) * 0.22 : 0,
  };
}

function categories(levels: readonly string[], sorted: Float64Array, side: "x" | "y"): Layout {
  // Codes that do not occur in the complete rows take no room.
  const present = [...new Set(sorted)];
  const position = new Map(present.map((code, index) => [code, index]));
  const every = Math.ceil(present.length / MOST_LABELS);
  const ticks = present.map((_, index) => index).filter((index) => index % every === 0);
  const names = ticks.map((index) => pageText(levels[present[index]] ?? ""));
  const places = ticks.map((index) => ((index + 0.5) / present.length) * ACROSS);
  const labels =
    side === "y"
      ? names.map((name) => clip(name, 9))
      : placeLabels(places, names, ACROSS).map(({ text, line }) => `${"\n".repeat(line)}${text}`);
  return {
    scale: {
      type: "linear",
      domain: [-0.5, present.length - 0.5],
      ticks,
      tickFormat: (_index: number, k: number) => labels[k],
    },
    place: (value) => position.get(value) as number,
    jitter: 0.32,
  };
}

/** Round times of day between two, six at most. */
function timeTicks(low: number, high: number): number[] {
  const steps = [60, 300, 900, 1800, 3600, 7200, 10_800];
  const step = steps.find((candidate) => (high - low) / candidate <= 6) ?? 21_600;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) ticks.push(at);
  return ticks;
}

/** Logarithmic for positive columns with a long upper tail, square root where such a column has zeros. */
function scaleType(sorted: Float64Array): "linear" | "log" | "sqrt" {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const low = sorted[0];
  if (low < 0) return "linear";
  const skewed = at(0.95) - at(0.5) > 4 * (at(0.5) - at(0.05));
  if (low > 0) return skewed && at(0.99) / at(0.01) > 30 ? "log" : "linear";
  return skewed && at(0.99) > 12 * (at(0.5) || at(0.75)) ? "sqrt" : "linear";
}

function smallestGap(sorted: Float64Array): number {
  let gap = Number.POSITIVE_INFINITY;
  for (let i = 1; i < sorted.length; i++) {
    const step = sorted[i] - sorted[i - 1];
    if (step > 0 && step < gap) gap = step;
  }
  return Number.isFinite(gap) ? gap : 0;
}
