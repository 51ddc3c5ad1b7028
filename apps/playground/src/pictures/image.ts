/** Images of few colours without a library: the page carries what it needs, and does not send them anywhere. */
import type { ImageUri } from "@infonet/cli/report/critic-map.js";

/** A block of the image that is written at once (RFC 1951, stored blocks). */
const MOST = 0xffff;

/** As PNG, 8 bits a pixel, not packed: an address within the page takes no time to travel. */
export const imageUri: ImageUri = (width, height, indices, palette) => {
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row++) {
    // The first byte of a row names its filter: none.
    rows.set(indices.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  const bytes = [
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", [...word(width), ...word(height), 8, 3, 0, 0, 0]),
    ...chunk("PLTE", palette.flat()),
    ...chunk("IDAT", stored(rows)),
    ...chunk("IEND", []),
  ];
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
};

/** Four bytes, the highest first. */
function word(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

function chunk(name: string, content: readonly number[]): number[] {
  const body = [...Array.from(name, (letter) => letter.charCodeAt(0)), ...content];
  return [...word(content.length), ...body, ...word(crc(body))];
}

/** Bytes in the format of zlib (RFC 1950), as they are. */
function stored(bytes: Uint8Array): number[] {
  const parts: number[] = [0x78, 0x01];
  let [a, b] = [1, 0];
  for (let from = 0; from < bytes.length; from += MOST) {
    const part = bytes.subarray(from, from + MOST);
    const { length } = part;
    const last = from + MOST >= bytes.length ? 1 : 0;
    parts.push(last, length & 0xff, length >>> 8, ~length & 0xff, (~length >>> 8) & 0xff);
    for (const byte of part) {
      parts.push(byte);
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
  }
  return [...parts, ...word(((b << 16) | a) >>> 0)];
}

/** The check sum of a chunk (PNG, annex D). */
function crc(bytes: readonly number[]): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}
