import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { sample, uniform } from "../random.js";
import type { Axis } from "./axis.js";
import { Html, html, pageText } from "./html.js";
import { scatterLayout } from "./scatter-layout.js";
import type { SpreadPoint } from "./spread.js";
import { clip } from "./values.js";

const WIDTH = 386;
const HEIGHT = 360;
const LEFT = 78;
const RIGHT = 8;
const ACROSS = WIDTH - LEFT - RIGHT;
const MOST_POINTS = 2000;
/** Points are drawn in this many layers, so that crowded places look denser. */
const LAYERS = 6;

/** What is used of the document tree; the compiler runs without the browser's types. */
interface SvgNode {
  outerHTML: string;
  textContent: string | null;
  getAttribute(name: string): string | null;
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

/**
 * The rows of a pair as points: at most 2000 of them, chosen at random; categories and numbers with few
 * different values are jittered. How y is spread along x is drawn as a line in a band.
 */
export function scatter(x: Axis, y: Axis, rows: readonly number[], spread: SpreadPoint[] = []): Html {
  const chosen = sample(rows, MOST_POINTS, rows.length);
  const random = uniform(chosen.length);
  const across = scatterLayout(x, "x", ACROSS);
  const up = scatterLayout(y, "y", ACROSS);
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
  // Parts of an image have no names to be read out.
  for (const part of svg.querySelectorAll("[aria-label]")) {
    part.setAttribute("data-part", part.getAttribute("aria-label") ?? "");
    part.removeAttribute("aria-label");
  }
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
