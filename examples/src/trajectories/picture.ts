/** Tracks that move, coloured by what is known of them. */
import { svgDocument, svgText } from "../svg.js";
import type { Tracks } from "./tracks.js";

/** One picture of all points. */
export interface Panel {
  title: string;
  /** Below the panel. */
  caption?: string;
  /** Colour of every point. */
  colours: readonly string[];
  /** Point that the others are compared with. */
  picked: number;
  /** Points in the order in which they are drawn. */
  order?: readonly number[];
}

const WIDTH = 248;
const GAP = 12;
const TOP = 26;
const CAPTION = 20;
/** Frames that are shown, and how many of them are one step of the animation. */
const SHOWN = 300;
const STEP = 3;
/** Frames a second. */
const RATE = 30;

/** Rows of panels. Every point is written down once, and used in all of them. */
export function picture(tracks: Tracks, rows: ReadonlyArray<readonly Panel[]>): string {
  const { place, height } = frameOf(tracks);
  const steps = Math.ceil(Math.min(tracks.frames, SHOWN) / STEP);
  const picked = new Set(rows.flat().map((panel) => panel.picked));
  const points = tracks.x.map((_, point) => {
    const course = Array.from({ length: steps }, (_, k) =>
      place(tracks.x[point][k * STEP], tracks.y[point][k * STEP]),
    );
    return movingPoint(point, course, picked.has(point));
  });
  const rowHeight = TOP + height + CAPTION + GAP;
  const panels = rows.flatMap((panels, row) =>
    panels.map((panel, column) => {
      const [x, y] = [GAP + column * (WIDTH + GAP), row * rowHeight + TOP];
      const order = panel.order ?? tracks.x.map((_, point) => point);
      return [
        svgText(x, y - 8, panel.title, { size: 13 }),
        `<rect x="${x}" y="${y}" width="${WIDTH}" height="${height}" fill="#fafafa" stroke="#ccc"/>`,
        ...order.map((point) => `<use href="#p${point}" x="${x}" y="${y}" color="${panel.colours[point]}"/>`),
        `<g class="picked" color="#d55e00"><use href="#t${panel.picked}" x="${x}" y="${y}"/><use href="#p${panel.picked}" x="${x}" y="${y}"/></g>`,
        panel.caption === undefined
          ? ""
          : svgText(x + WIDTH / 2, y + height + 14, panel.caption, { size: 12, anchor: "middle" }),
      ].join("");
    }),
  );
  const columns = Math.max(...rows.map((panels) => panels.length));
  // Who wants no motion sees where the points are at first.
  const style =
    ".still{display:none}.picked circle{stroke:#000}@media(prefers-reduced-motion:reduce){.moving{display:none}.still{display:inline}}";
  return svgDocument(
    "Points that move, coloured by their body, and by the information that their tracks share with that of a picked point",
    GAP + columns * (WIDTH + GAP),
    rows.length * rowHeight,
    [`<style>${style}</style><defs>${points.join("")}</defs>`, ...panels],
  );
}

/** From the places of the tracks to those in a panel. */
function frameOf({ x, y }: Tracks): {
  place: (x: number, y: number) => readonly [number, number];
  height: number;
} {
  const range = (columns: readonly Float64Array[]): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (const column of columns) {
      for (const value of column) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    return [low, Math.max(high, low + 1)];
  };
  const [[left, right], [top, bottom]] = [range(x), range(y)];
  const margin = 6;
  const scale = (WIDTH - 2 * margin) / (right - left);
  return {
    place: (a, b) => [margin + scale * (a - left), margin + scale * (b - top)],
    height: Math.ceil(2 * margin + scale * (bottom - top)),
  };
}

/** A point, and its track; where a point is not seen it is not drawn. */
function movingPoint(
  point: number,
  course: ReadonlyArray<readonly [number, number]>,
  withTrack: boolean,
): string {
  const seen = course.map(([x]) => !Number.isNaN(x));
  const first = seen.indexOf(true);
  if (first < 0) return `<g id="p${point}"/>`;
  let last = course[first];
  const places = course.map((place, k) => {
    if (seen[k]) last = place;
    return last.map((value) => String(Number(value.toFixed(1))));
  });
  const track = places
    .map(([x, y], k) => (seen[k] ? `${k > 0 && seen[k - 1] ? "L" : "M"}${x} ${y}` : ""))
    .join("");
  const animate = (name: string, values: string, more = ""): string =>
    `<animate attributeName="${name}" values="${values}" dur="${(course.length * STEP) / RATE}s" repeatCount="indefinite"${more}/>`;
  const [x, y] = places[0];
  const shown = seen.every(Boolean)
    ? ""
    : animate("opacity", seen.map((value) => (value ? 1 : 0)).join(";"), ' calcMode="discrete"');
  return [
    withTrack
      ? `<path id="t${point}" d="${track}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>`
      : "",
    `<g id="p${point}"><circle class="still" r="4" cx="${x}" cy="${y}" fill="currentColor"/>`,
    `<circle class="moving" r="4" cx="${x}" cy="${y}" fill="currentColor">`,
    animate("cx", places.map(([x]) => x).join(";")),
    animate("cy", places.map(([, y]) => y).join(";")),
    shown,
    "</circle></g>",
  ].join("");
}

// Okabe and Ito's colours, told apart by everybody.
const BODIES = ["#0072b2", "#009e73", "#cc79a7", "#b8a000"];

/** Colours of bodies; the background is grey. */
export const bodyColours = (owners: readonly number[]): string[] =>
  owners.map((owner) => (owner < 0 ? "#b4b4b4" : BODIES[owner % BODIES.length]));

/** From grey for the middle score and less to dark blue for the largest; the largest are drawn last. */
export function scoreColours(scores: ArrayLike<number>): { colours: string[]; order: number[] } {
  const values = Array.from(scores, (score) => (Number.isNaN(score) ? 0 : Math.max(0, score)));
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const [middle, most] = [order[order.length >> 1], order[order.length - 1]].map((k) => values[k]);
  const colours = values.map((value) => {
    const share = value > middle ? Math.sqrt((value - middle) / (most - middle)) : 0;
    const channel = (from: number, to: number): number => Math.round(from + (to - from) * share);
    return `rgb(${channel(222, 20)},${channel(222, 24)},${channel(216, 140)})`;
  });
  return { colours, order };
}
