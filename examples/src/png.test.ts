import { decode } from "fast-png";
import { expect, test } from "vitest";
import { pngUri } from "./png.js";

test("an image is a PNG whose pixels come back", () => {
  const rgb = Uint8Array.from({ length: 3 * 3 * 2 }, (_, k) => 10 * k);
  const [head, base64] = pngUri(3, 2, rgb).split(",");
  expect(head).toBe("data:image/png;base64");
  const image = decode(Buffer.from(base64, "base64"), { checkCrc: true });
  expect(image).toMatchObject({ width: 3, height: 2, depth: 8, channels: 3 });
  expect([...image.data]).toEqual([...rgb]);
  expect(() => pngUri(2, 2, rgb)).toThrow(new RangeError("wrong data size. Found 18, expected 12"));
});
