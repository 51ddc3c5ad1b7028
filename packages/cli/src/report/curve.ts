import { ticks } from "d3-array";
import { fixed } from "../text/numbers.js";
import { type Html, html } from "./html.js";

/** A point of a curve: where, how much, the interval, and what is said of it. */
export interface CurvePoint {
  at: number;
  mi: number;
  interval: readonly [number, number];
  filled: boolean;
  large: boolean;
  title: string;
}

/** A curve of information with its intervals. */
export interface Curve {
  /** Undefined where there is no number. */
  points: readonly (CurvePoint | undefined)[];
  /** What is written below, and where. */
  marks: readonly { at: number; text: string }[];
  heading: string;
  /** What it is, for those who do not see it. */
  label: string;
  along: string;
  units: string;
  height?: number;
}

const WIDTH = 720;
const HEIGHT = 300;
const EDGE = { left: 56, right: 16, top: 40, bottom: 44 };
const TICKS = 5;

/** A curve as a picture that stands alone: SVG. */
export function curvePicture({ points, marks, heading, label, along, units, height = HEIGHT }: Curve): Html {
  const known = points.filter((point) => point !== undefined);
  const [first, last] = [known[0]?.at ?? 0, known[known.length - 1]?.at ?? 0];
  const most = Math.max(0.05, ...known.map(({ interval }) => interval[1])) * 1.05;
  const [wide, high] = [WIDTH - EDGE.left - EDGE.right, height - EDGE.top - EDGE.bottom];
  const at = (place: number): string =>
    (EDGE.left + (last > first ? (place - first) / (last - first) : 0.5) * wide).toFixed(1);
  const up = (mi: number): string => (EDGE.top + (1 - mi / most) * high).toFixed(1);
  const ground = height - EDGE.bottom;
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${label}" font-family="system-ui, sans-serif" font-size="12">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="${EDGE.left}" y="20" font-weight="600" fill="#222">${heading}</text>
${ticks(0, most, TICKS).map(
  (
    mi,
  ) => html`<g><line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${up(mi)}" y2="${up(mi)}" stroke="#ddd"/><text x="${EDGE.left - 8}" y="${up(mi)}" dy="4" text-anchor="end" fill="#555">${String(mi)}</text></g>
`,
)}${marks.map(
  (
    mark,
  ) => html`<g><line x1="${at(mark.at)}" x2="${at(mark.at)}" y1="${ground}" y2="${ground + 5}" stroke="#555"/><text x="${at(mark.at)}" y="${ground + 18}" text-anchor="middle" fill="#555">${mark.text}</text></g>
`,
)}${stretches(points).map((own) => {
  const band = [
    ...own.map((point) => `${at(point.at)},${up(point.interval[1])}`),
    ...[...own].reverse().map((point) => `${at(point.at)},${up(point.interval[0])}`),
  ].join(" ");
  const line = own.map((point) => `${at(point.at)},${up(point.mi)}`).join(" ");
  return html`<polygon points="${band}" fill="#1f77b4" opacity="0.18"/>
<polyline points="${line}" fill="none" stroke="#1f77b4" stroke-width="2"/>
`;
})}${known.map(
  (
    point,
  ) => html`<circle cx="${at(point.at)}" cy="${up(point.mi)}" r="${point.large ? 5.5 : 3}" fill="${point.filled ? "#1f77b4" : "#fff"}" stroke="#1f77b4"><title>${point.title}: ${fixed(point.mi)} ${units}</title></circle>
`,
)}<text x="${EDGE.left + wide / 2}" y="${height - 8}" text-anchor="middle" fill="#555">${along}</text>
<text transform="translate(14 ${EDGE.top + high / 2}) rotate(-90)" text-anchor="middle" fill="#555">information, ${units}</text>
</svg>
`;
}

/** Points without a gap between them. */
function stretches(points: readonly (CurvePoint | undefined)[]): CurvePoint[][] {
  const found: CurvePoint[][] = [[]];
  for (const point of points) {
    if (point !== undefined) found[found.length - 1].push(point);
    else if (found[found.length - 1].length > 0) found.push([]);
  }
  return found.filter((own) => own.length > 0);
}
