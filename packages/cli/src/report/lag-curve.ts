import { ticks } from "d3-array";
import type { LagsInformation } from "infonet";
import { leading, type SeriesHead } from "../output/series.js";
import { fixed, formatP } from "../text/numbers.js";
import { html } from "./html.js";

const WIDTH = 720;
const HEIGHT = 300;
const EDGE = { left: 56, right: 16, top: 40, bottom: 44 };
const TICKS = 5;

/** The information of two series by lag, with its intervals, as a picture that stands alone: SVG. */
export function lagCurve(head: SeriesHead, { lags, best, pValue }: LagsInformation): string {
  const [first, last] = [lags[0].lag, lags[lags.length - 1].lag];
  const most = Math.max(0.05, ...lags.map(({ interval }) => interval[1])) * 1.05;
  const [wide, high] = [WIDTH - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const at = (lag: number): string =>
    (EDGE.left + (last > first ? (lag - first) / (last - first) : 0.5) * wide).toFixed(1);
  const up = (mi: number): string => (EDGE.top + (1 - mi / most) * high).toFixed(1);
  const line = lags.map(({ lag, mi }) => `${at(lag)},${up(mi)}`).join(" ");
  const band = [
    ...lags.map(({ lag, interval }) => `${at(lag)},${up(interval[1])}`),
    ...[...lags].reverse().map(({ lag, interval }) => `${at(lag)},${up(interval[0])}`),
  ].join(" ");
  const ground = HEIGHT - EDGE.bottom;
  const alongs = ticks(first, last, 2 * TICKS).filter(Number.isInteger);
  const words =
    best === undefined
      ? `no lag stands out, p ${formatP(pValue)}`
      : `${leading(best.lag, head.x, head.y, head.series)}, p of all lags ${formatP(pValue)}`;
  const picture = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Mutual information of ${head.x} and ${head.y} by lag: ${words}" font-family="system-ui, sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${EDGE.left}" y="20" font-weight="600">${head.x} × ${head.y}: ${words}</text>
${ticks(0, most, TICKS).map(
  (
    mi,
  ) => html`<g><line x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${up(mi)}" y2="${up(mi)}" stroke="#ddd"/><text x="${EDGE.left - 8}" y="${up(mi)}" dy="4" text-anchor="end" fill="#555">${String(mi)}</text></g>
`,
)}${alongs.map(
  (
    lag,
  ) => html`<g><line x1="${at(lag)}" x2="${at(lag)}" y1="${ground}" y2="${ground + 5}" stroke="#555"/><text x="${at(lag)}" y="${ground + 18}" text-anchor="middle" fill="#555">${String(lag)}</text></g>
`,
)}<polygon points="${band}" fill="#1f77b4" opacity="0.18"/>
<polyline points="${line}" fill="none" stroke="#1f77b4" stroke-width="2"/>
${lags.map(
  (
    lag,
  ) => html`<circle cx="${at(lag.lag)}" cy="${up(lag.mi)}" r="${lag === best ? 5.5 : 3}" fill="${lag.familyPValue <= 0.05 ? "#1f77b4" : "#fff"}" stroke="#1f77b4"><title>lag ${String(lag.lag)}: ${fixed(lag.mi)} ${head.units}, p of all ${formatP(lag.familyPValue)}</title></circle>
`,
)}<text x="${EDGE.left + wide / 2}" y="${HEIGHT - 8}" text-anchor="middle" fill="#555">lag in rows; above 0, ${head.x} comes first (filled: p of all lags at most 0.05; band: 90 % intervals)</text>
<text transform="translate(14 ${EDGE.top + high / 2}) rotate(-90)" text-anchor="middle" fill="#555">mutual information, ${head.units}</text>
</svg>
`;
  return picture.text;
}
