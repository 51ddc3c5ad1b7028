import fc from "fast-check";
import { expect, test } from "vitest";
import { type Place, readPlace, writePlace } from "./link.js";
import { packed, unpackedData } from "./link-data.js";
import type { Asked } from "./messages.js";

const name = fc
  .string({ unit: "binary", minLength: 1, maxLength: 20 })
  .filter((text) => !/\p{Cs}/u.test(text));

test("what is written into an address is read from it, whatever the names", () => {
  const kinds = fc.dictionary(name, fc.constantFrom<Asked>("number", "category", "date", "out"));
  fc.assert(
    fc.property(name, name, name, kinds, (target, x, y, asked): void => {
      const place: Place = {
        sample: "penguins",
        data: undefined,
        file: undefined,
        target,
        pair: [x, y],
        given: [y, target, x],
        view: "network",
        method: "aracne",
        fdr: 0.01,
        by: x,
        series: true,
        kinds: asked,
      };
      expect(readPlace(writePlace(place))).toEqual({ ...place, kinds: { ...asked } });
    }),
  );
});

test("what nobody wrote is left out", () => {
  expect(
    readPlace("#x=a&kind=odd:b&kind=c&sample=&given=&view=other&method=guess&fdr=2&series=maybe&by="),
  ).toEqual({ kinds: {} });
  expect(writePlace({ kinds: { a: "auto" } })).toBe("");
});

test("a small table goes into a link and back; a large one does not", async () => {
  const bytes = new TextEncoder().encode("a,b\n1,2\n".repeat(500)).buffer;
  const text = await packed(bytes);
  expect(text).toMatch(/^[\w-]+$/);
  expect(new Uint8Array(await unpackedData(text!))).toEqual(new Uint8Array(bytes));
  const large = Uint8Array.from({ length: 100_000 }, (_, k) => (k * k * 2654435761) >>> 24);
  expect(await packed(large.buffer)).toBeUndefined();
});
