/** Pieces of SVG pictures. */
import { pngUri } from "./png.js";

/** A complete picture on a white ground; the title is what a screen reader says of it. */
export function svgDocument(title: string, width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${escaped(title)}</title><rect width="100%" height="100%" fill="white"/>${parts.join("")}</svg>\n`;
}

/** One line of text. */
export function svgText(
  x: number,
  y: number,
  content: string,
  { size = 12, anchor = "start" }: { size?: number; anchor?: "start" | "middle" | "end" } = {},
): string {
  return `<text x="${x}" y="${y}" font-family="system-ui, sans-serif" font-size="${size}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Pixels as sharp squares. `rgb` as `png` takes it. */
export function svgPixels(
  box: { x: number; y: number; width: number; height: number },
  columns: number,
  rows: number,
  rgb: Uint8Array,
): string {
  return `<image x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" preserveAspectRatio="none" style="image-rendering:pixelated" href="${pngUri(columns, rows, rgb)}"/>`;
}

/** A line of a chart. */
export interface Curve {
  name: string;
  points: ReadonlyArray<readonly [x: number, y: number]>;
}

// Okabe and Ito's colours, told apart by everybody.
const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#000000"];
const LEGEND = 16;

/** Lines over a common axis from 0 on, each named in its colour below. */
export function svgCurves(
  box: { x: number; y: number; width: number; height: number },
  labels: { title: string; axis: string },
  curves: readonly Curve[],
): string[] {
  const all = curves.flatMap(({ points }) => points);
  const lastX = Math.max(...all.map(([x]) => x), 1e-9);
  const top = Math.max(...all.map(([, y]) => y), 1e-9) * 1.05;
  const { x: left, y: above, width, height } = box;
  const place = ([x, y]: readonly [number, number]): string =>
    `${(left + (width * x) / lastX).toFixed(1)} ${(above + height * (1 - Math.max(0, y) / top)).toFixed(1)}`;
  const ticks = [0, 0.5, 1].flatMap((share) => [
    svgText(left - 6, above + height * (1 - share) + 4, (share * top).toFixed(2), {
      size: 10,
      anchor: "end",
    }),
    svgText(left + width * share, above + height + 14, String(Math.round(share * lastX)), {
      size: 10,
      anchor: "middle",
    }),
  ]);
  return [
    svgText(left, above - 12, labels.title, { size: 13 }),
    `<path d="M${left} ${above}V${above + height}H${left + width}" fill="none" stroke="#333333"/>`,
    ...ticks,
    svgText(left + width, above + height + 28, labels.axis, { size: 11, anchor: "end" }),
    ...curves.flatMap(({ name, points }, k) => {
      const colour = COLOURS[k % COLOURS.length];
      return [
        `<path d="M${points.map(place).join("L")}" fill="none" stroke="${colour}" stroke-width="1.8"/>`,
        `<g fill="${colour}">${svgText(left, above + height + 44 + LEGEND * k, name)}</g>`,
      ];
    }),
  ];
}
