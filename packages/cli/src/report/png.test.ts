import { decode } from "fast-png";
import { expect, test } from "vitest";
import { pngUri } from "./png.js";

const PALETTE = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
] as const;

test("pngUri holds the pixels row by row, and the palette", () => {
  const uri = pngUri(3, 2, Uint8Array.of(0, 1, 2, 2, 1, 0), PALETTE);
  const [head, base64] = uri.split(",");
  expect(head).toBe("data:image/png;base64");
  const { width, height, depth, channels, data, palette } = decode(Buffer.from(base64, "base64"), {
    checkCrc: true,
  });
  expect({ width, height, depth, channels }).toEqual({ width: 3, height: 2, depth: 8, channels: 1 });
  expect([...data]).toEqual([0, 1, 2, 2, 1, 0]);
  expect(palette).toEqual(PALETTE);
});

test("pngUri refuses the wrong number of pixels", () => {
  expect(() => pngUri(3, 2, new Uint8Array(5), PALETTE)).toThrow(
    new RangeError("wrong data size. Found 5, expected 6"),
  );
});
