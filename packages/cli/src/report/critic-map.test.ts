import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { HOSTILE } from "../testing/hostile.js";
import { all, parsePage, texts } from "../testing/page.js";
import { column } from "../testing/samples.js";
import { type Axis, criticMap, ratioLegend } from "./critic-map.js";
import { pageText } from "./html.js";

const axis = (given: TableColumn): Axis => ({ column: given, sorted: given.values.slice().sort() });
const critic = { size: 64, values: new Float32Array(64 * 64) };
const numbers = axis(
  column(
    "n",
    Array.from({ length: 100 }, (_, k) => k * k + 100),
  ),
);
const kinds = axis(
  column(
    "kind",
    Array.from({ length: 100 }, (_, k) => (k < 50 ? 0 : k < 97 ? 1 : 2)),
    ["dry", "wet", "rare"],
  ),
);

describe("criticMap", () => {
  test("labels the quantiles of numbers on both axes", () => {
    const map = parsePage(criticMap(critic, "nats", numbers, numbers));
    expect(texts(map, "text")).toEqual([
      ..."200 1000 2600 5000 8200".split(" "),
      "n, by rank →",
      ..."200 1000 2600 5000 8200".split(" "),
      "n, by rank →",
    ]);
  });

  test("labels the bands of categories, except those too narrow to read, and draws their edges", () => {
    const map = parsePage(criticMap(critic, "nats", kinds, numbers));
    expect(texts(map, "text").slice(0, 3)).toEqual(["dry", "wet", "kind, by rank →"]);
    expect(all(map, ".band").map((edge) => edge.getAttribute("d"))).toEqual(["M228,8v300", "M369,8v300"]);
  });

  test("shows a larger value at the top right in another colour, in both appearances and units", () => {
    const values = new Float32Array(64 * 64);
    values[64 * 64 - 1] = 2;
    const images = (units: "nats" | "bits", scale: number) =>
      all(
        parsePage(criticMap({ size: 64, values: values.map((v) => v * scale) }, units, numbers, numbers)),
        "image",
      ).map((image) => image.getAttribute("href"));
    const [light, dark] = images("nats", 1);
    expect(light).toMatch(/^data:image\/png;base64,/);
    expect(light).not.toBe(dark);
    expect(images("bits", 1 / Math.LN2)).toEqual([light, dark]);
    expect(images("nats", 0)).not.toContain(light);
  });

  test("says in words what it shows, and escapes names and categories", () => {
    for (const name of HOSTILE) {
      const hostile = axis(column(name, kinds.column.values, [name, name, name]));
      const map = parsePage(criticMap(critic, "nats", hostile, hostile)).querySelector("svg");
      expect(map?.getAttribute("aria-label")).toContain(
        `Critic map of ${pageText(name)} and ${pageText(name)} on ranks`,
      );
      expect(all(map as never, "script,img,svg,b")).toEqual([]);
    }
  });
});

test("ratioLegend names the factors from left to right", () => {
  const legend = parsePage(ratioLegend());
  expect(texts(legend, "text")).toEqual(["1/16", "1/4", "as often", "4×", "16×"]);
  const xs = all(legend, "text").map((text) => Number(text.getAttribute("x")));
  expect(xs).toEqual([...xs].sort((a, b) => a - b));
});
