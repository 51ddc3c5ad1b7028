import type { Axis } from "@infonet/cli/report/axis.js";
import type { TableColumn } from "@infonet/cli/table/types.js";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { dateTicks } from "./date-ticks.js";
import { imageUri } from "./image.js";
import { scatter } from "./scatter.js";

test("an image is what a reader of PNG reads, also of more than one block", () => {
  const [width, height] = [300, 301];
  const indices = Uint8Array.from({ length: width * height }, (_, k) => (k * 7) % 3);
  const palette = [
    [255, 0, 0],
    [0, 255, 0],
    [1, 2, 3],
  ] as const;
  const uri = imageUri(width, height, indices, palette);
  const image = decode(Buffer.from(uri.slice("data:image/png;base64,".length), "base64"), { checkCrc: true });
  expect(image).toMatchObject({ width, height, palette: palette.map((colour) => [...colour]) });
  expect(Uint8Array.from(image.data)).toEqual(indices);
});

const utc = (text: string): number => Date.parse(`${text}Z`);

test.each([
  ["2012-01-01T00:00", "2015-12-31T00:00", ["2012-01-01", "2013-01-01", "2014-01-01", "2015-01-01"]],
  ["2020-01-15T00:00", "2020-08-01T00:00", ["2020-03-01", "2020-05-01", "2020-07-01"]],
  ["2020-02-27T12:00", "2020-03-02T00:00", ["2020-02-28", "2020-02-29", "2020-03-01", "2020-03-02"]],
])("dates from %s to %s have round ticks", (from, to, expected) => {
  expect(dateTicks(utc(from), utc(to)).map((tick) => new Date(tick).toISOString().slice(0, 10))).toEqual(
    expected,
  );
});

const axis = (name: string, values: number[], more: Partial<TableColumn> = {}): Axis => {
  const column: TableColumn = {
    name,
    kind: "number",
    values: Float64Array.from(values),
    missing: 0,
    ...more,
  };
  return { column, sorted: column.values.slice().sort() };
};
/** Where the dots are. */
const dots = (svg: string): number[][] =>
  [...svg.matchAll(/M(-?[\d.]+),(-?[\d.]+)h0/g)].map(([, x, y]) => [Number(x), Number(y)]);

test("a scatter plot has a dot for every row, in the order and the direction of the values, and safe names", () => {
  const values = Array.from({ length: 40 }, (_, k) => k);
  const svg = scatter(axis("<b>x", values), axis("y & z", values), values).text;
  const found = dots(svg).sort(([a], [b]) => a - b);
  expect(found).toHaveLength(40);
  for (const [k, [, y]] of found.entries()) if (k > 0) expect(y).toBeLessThan(found[k - 1][1]);
  expect(svg).toContain("&lt;b&gt;x");
  expect(svg).not.toContain("<b>");
});

test("levels stand side by side, skewed numbers on a scale of powers, dates under their own marks", () => {
  const rows = Array.from({ length: 60 }, (_, k) => k);
  const levels = axis(
    "level",
    rows.map((k) => k % 3),
    { kind: "category", levels: ["a", "b", "c"] },
  );
  const skewed = axis(
    "skewed",
    rows.map((k) => 10 ** (k / 12)),
  );
  const svg = scatter(levels, skewed, rows).text;
  for (const label of [">a<", ">b<", ">c<", ">1<", ">100<", ">10 000<".replace(" ", "\u202f")])
    expect(svg).toContain(label);
  const columns = new Set(dots(svg).map(([x]) => Math.floor((x - 78) / 100)));
  expect([...columns].sort()).toEqual([0, 1, 2]);
  const days = axis(
    "day",
    rows.map((k) => utc("2020-01-01") / 1000 + k * 86_400 * 20),
    { kind: "date" },
  );
  expect(scatter(days, skewed, rows).text).toMatch(/>202\d-0[1-9]</);
});
