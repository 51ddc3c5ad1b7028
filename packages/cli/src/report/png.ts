import { encode } from "fast-png";
import type { Rgb } from "./palette.js";

/**
 * An image of palette indices as PNG (8 bits a pixel), as an address that needs no file.
 *
 * @param indices width · height palette positions, row by row, first row on top
 * @param palette at most 256 colours
 * @throws RangeError if the number of indices is another
 */
export function pngUri(width: number, height: number, indices: Uint8Array, palette: readonly Rgb[]): string {
  const image = {
    width,
    height,
    data: indices,
    depth: 8,
    channels: 1,
    palette: palette.map((rgb) => [...rgb]),
  } as const;
  const bytes = encode(image, { zlib: { level: 9 } });
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}
