import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dataUri, indexedPng } from "./png.js";

/** Takes a PNG apart and checks the sums of its chunks. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    at += length + 12;
  }
  return chunks;
}

describe("indexedPng", () => {
  it("holds the pixels row by row, and the palette", () => {
    const chunks = chunksOf(
      indexedPng(3, 2, Uint8Array.of(0, 1, 2, 2, 1, 0), [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
    );
    expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    expect([...(chunks.get("IHDR") as Buffer)]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
    expect([...(chunks.get("PLTE") as Buffer)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...inflateSync(chunks.get("IDAT") as Buffer)]).toEqual([0, 0, 1, 2, 0, 2, 1, 0]);
  });

  it("refuses the wrong number of pixels", () => {
    expect(() => indexedPng(3, 2, new Uint8Array(5), [])).toThrow("image has 5 pixels; 3 × 2 needs 6.");
  });
});

it("dataUri needs no file", () => {
  expect(dataUri(Buffer.from([1, 2]))).toBe("data:image/png;base64,AQI=");
});
