/** The pictures of the gallery are those that the library draws today: `npm run gallery` draws them anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findInput } from "@infonet/cli/table/input.js";
import { readTable } from "@infonet/cli/table/read.js";
import type { Table } from "@infonet/cli/table/types.js";
import { decode } from "fast-png";
import { InfoNet } from "infonet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GALLERY } from "./pairs.js";
import { mapOf, pairPicture } from "./picture.js";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const IMAGE = /data:image\/png;base64,[^"]+/;

let net: InfoNet;
const tables = new Map<string, Table>();

beforeAll(async () => {
  net = await InfoNet.load();
  for (const { table } of GALLERY)
    if (!tables.has(table)) tables.set(table, await readTable(await findInput([`${ROOT}${table}`]), {}));
});

afterAll(() => net.dispose());

test.each(GALLERY)("$name: $x and $y", async ({ name, table, x, y }) => {
  const { columns } = tables.get(table)!;
  const [a, b] = [x, y].map((wanted) => columns.find((column) => column.name === wanted)!);
  const side = ({ values, levels }: typeof a) => (levels ? ({ values, kind: "category" } as const) : values);
  const estimate = await net.estimate(side(a), side(b));
  const map = mapOf(a, b, estimate);
  const drawn = pairPicture(a, b, estimate, map);
  const file = `${ROOT}docs/gallery/${name}.svg`;
  if (process.env.INFONET_DRAW_GALLERY) writeFileSync(file, drawn);
  const kept = readFileSync(file, "utf8");
  expect(drawn.replace(IMAGE, "")).toBe(kept.replace(IMAGE, ""));
  // Processors round the network's sums differently: by less than a step of the palette, which stands in the image.
  const image = decode(Buffer.from(kept.match(IMAGE)![0].split(",")[1], "base64"));
  expect([image.width, image.height]).toEqual([map.width, map.height]);
  const furthest = map.indices.reduce((most, step, k) => Math.max(most, Math.abs(step - image.data[k])), 0);
  expect(furthest).toBeLessThanOrEqual(1);
});

test("the page shows each of them, and leads to the table", () => {
  const page = readFileSync(`${ROOT}docs/gallery.md`, "utf8");
  for (const { name } of GALLERY) expect(page).toContain(`(gallery/${name}.svg)`);
  expect(page.match(/\(gallery\//g)).toHaveLength(GALLERY.length);
});
