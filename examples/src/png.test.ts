import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { png, pngUri } from "./png.js";

test("an image is a PNG whose pixels come back", () => {
  const rgb = Uint8Array.from({ length: 3 * 3 * 2 }, (_, k) => 10 * k);
  const file = png(3, 2, rgb);
  expect([...file.subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
  let pixels: Buffer | undefined;
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    if (body.toString("latin1", 0, 4) === "IDAT") pixels = inflateSync(body.subarray(4));
    at += 12 + length;
  }
  expect(pixels).toEqual(Buffer.from([0, ...rgb.subarray(0, 9), 0, ...rgb.subarray(9)]));
  expect(pngUri(3, 2, rgb)).toMatch(/^data:image\/png;base64,[\w+/=]+$/);
  expect(() => png(2, 2, rgb)).toThrow("rgb has 18 values; 2 × 2 pixels need 12.");
});
