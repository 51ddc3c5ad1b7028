/** Small images as PNG files. */
import { encode } from "fast-png";

/**
 * An image as PNG, as an address that needs no file.
 *
 * @param rgb red, green and blue of every pixel, 0 … 255, row by row from the top
 * @throws RangeError if these are not 3 · width · height values
 */
export function pngUri(width: number, height: number, rgb: Uint8Array): string {
  const file = encode({ width, height, data: rgb, depth: 8, channels: 3 }, { zlib: { level: 9 } });
  return `data:image/png;base64,${Buffer.from(file).toString("base64")}`;
}
