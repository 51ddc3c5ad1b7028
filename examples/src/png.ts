/** Small images as PNG files. */
import { crc32, deflateSync } from "node:zlib";

/**
 * Encodes an image.
 *
 * @param rgb red, green and blue of every pixel, 0 … 255, row by row from the top
 * @throws RangeError if these are not 3 · width · height values
 */
export function png(width: number, height: number, rgb: Uint8Array): Buffer {
  if (rgb.length !== 3 * width * height) {
    throw new RangeError(
      `rgb has ${rgb.length} values; ${width} × ${height} pixels need ${3 * width * height}.`,
    );
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bit depth 8, colour type 2 (RGB), default compression and filter, no interlace.
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((3 * width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(rgb.subarray(3 * y * width, 3 * (y + 1) * width), y * (3 * width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The image as an address that needs no file. */
export function pngUri(width: number, height: number, rgb: Uint8Array): string {
  return `data:image/png;base64,${png(width, height, rgb).toString("base64")}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
