import { describe, expect, test } from "vitest";
import { all, type Element, parsePage, texts } from "../testing/page.js";
import { column, estimated, factorColumns, fakeResult, resultOf, tableOf } from "../testing/samples.js";
import { heatMap, MOST_LABELLED } from "./heat-map.js";
import { viewOf } from "./view.js";

async function drawn(columns: number): Promise<Element> {
  const table = tableOf(factorColumns(columns, 30));
  return parsePage(heatMap(viewOf(await fakeResult(table), table)) ?? "");
}

describe("heatMap", () => {
  test("is nothing for two columns or a target", async () => {
    const two = tableOf(factorColumns(2, 30));
    expect(heatMap(viewOf(await fakeResult(two), two))).toBeUndefined();
    const three = tableOf(factorColumns(3, 30), { targets: ["c1"] });
    expect(heatMap(viewOf(await fakeResult(three), three))).toBeUndefined();
  });

  test("has a cell for each pair and each name once", async () => {
    const map = await drawn(3);
    expect(all(map, ".cell")).toHaveLength(3);
    expect(
      all(map, ".name")
        .map((name) => name.querySelector("title")?.textContent)
        .sort(),
    ).toEqual(["c1", "c2", "c3"]);
    expect(
      all(map, ".heat a")
        .map((link) => link.getAttribute("href"))
        .sort(),
    ).toEqual(["#pair-1", "#pair-2", "#pair-3"]);
    expect(texts(map, ".value").every((text) => /^\d\.\d\d$/.test(text))).toBe(true);
  });

  test("tells of each cell in words", async () => {
    const map = await drawn(3);
    for (const title of texts(map, ".cell title")) {
      expect(title).toMatch(
        /^c\d × c\d: \d\.\d{3} nats \(\d\.\d{3} to \d\.\d{3}\), strength \d\.\d\d, n 30$/,
      );
    }
  });

  test("hatches pairs without a number and gives the reason", () => {
    const columns = ["a", "b", "c"].map((name) => column(name, [1, 2]));
    const failed = { x: "c", y: "b", error: "c and b share 0 complete rows" };
    const result = resultOf([estimated("a", "b", 0.5), estimated("a", "c", 0.1), failed]);
    const map = parsePage(heatMap(viewOf(result, tableOf(columns))) ?? "");
    const hatched = all(map, '.cell[fill="url(#no-value)"]');
    expect(hatched).toHaveLength(1);
    expect(hatched[0].textContent).toMatch(/^(b × c|c × b): c and b share 0 complete rows$/);
  });

  test("shows many columns as one picture, and the strongest of them with names", async () => {
    const map = await drawn(50);
    expect(all(map, ".overview image")).toHaveLength(2);
    expect(all(map, ".heat .name")).toHaveLength(MOST_LABELLED);
    expect(all(map, ".heat .cell")).toHaveLength((MOST_LABELLED * (MOST_LABELLED - 1)) / 2);
    const data = JSON.parse(map.querySelector("#overview-data")?.textContent ?? "");
    expect(data.names).toHaveLength(50);
    expect(texts(map, ".overview .names text")).toEqual(data.names);
    expect(Buffer.from(data.mi, "base64")).toHaveLength(50 * 49);
    expect(map.textContent).toContain("All 50 columns");
  });

  test("packs the numbers of the picture so that the script finds them", async () => {
    const table = tableOf(factorColumns(41, 30));
    const view = viewOf(await fakeResult(table), table);
    const data = JSON.parse(
      parsePage(heatMap(view) ?? "").querySelector("#overview-data")?.textContent ?? "",
    );
    const bytes = Buffer.from(data.mi, "base64");
    for (const [high, low] of [
      [1, 0],
      [7, 3],
      [40, 39],
    ]) {
      const mi = view.cell(data.names[high], data.names[low])?.mi as number;
      expect(bytes.readUInt16LE(2 * ((high * (high - 1)) / 2 + low))).toBe(Math.round(mi * 1000));
    }
  });
});
