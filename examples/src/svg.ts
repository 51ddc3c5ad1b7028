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
