import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fakeEngine } from "../testing/fake-engine.js";
import { HOSTILE } from "../testing/hostile.js";
import { all, drawnTogether, parsePage, texts } from "../testing/page.js";
import { column, factorColumns, fakeResult, resultOf, tableOf } from "../testing/samples.js";
import { buildReport } from "./build.js";
import { pageText } from "./html.js";

async function report(columns: number, targets?: string[]): Promise<string> {
  const table = tableOf(factorColumns(columns, 40), { targets });
  return buildReport(fakeEngine(), await fakeResult(table), table, {});
}

describe("buildReport", () => {
  test.each([2, 3, 6, 50])("makes a whole page of %i columns", async (columns) => {
    const page = parsePage(await report(columns));
    expect(texts(page, "head title")).toEqual(["data.csv – dependence report"]);
    const ids = all(page, "[id]").map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = all(page, "a").map((link) => link.getAttribute("href") as string);
    for (const link of links) expect(ids, link).toContain(link.slice(1));
    expect(all(page, ".card")).toHaveLength(Math.min(12, (columns * (columns - 1)) / 2));
    expect(all(page, "#map")).toHaveLength(columns === 2 ? 0 : 1);
  });

  test("says which targets it is about and leaves out the map", async () => {
    const many = parsePage(await report(6, ["c2", "c1", "c4", "c3", "c6"]));
    expect(texts(many, "h1 small")).toEqual(["all pairs with c2, c1, c4 and 2 other columns"]);
    const page = parsePage(await report(4, ["c2"]));
    expect(texts(page, "head title")).toEqual(["data.csv, with c2 – dependence report"]);
    expect(all(page, "#map")).toEqual([]);
    expect(all(page, ".card")).toHaveLength(3);
  });

  test("is the same, byte by byte, every time", async () => {
    expect(await report(5)).toBe(await report(5));
  });

  test("needs nothing from outside", async () => {
    const text = await report(50);
    const page = parsePage(text);
    expect(all(page, "link, iframe, object, embed, base, form, [src], [action]")).toEqual([]);
    for (const element of all(page, "[href]"))
      expect(element.getAttribute("href")).toMatch(/^(#|data:image\/png)/);
    // Names of XML are addresses that nobody visits.
    const addresses = text.match(/\bhttps?:[^"' ]*/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith("http://www.w3.org/"))).toEqual([]);
  });

  test("works without a single pair", async () => {
    const table = tableOf(factorColumns(3, 5));
    const result = resultOf([{ x: "c1", y: "c2", error: "too few rows" }]);
    const page = parsePage(await buildReport(fakeEngine(), result, table, {}));
    expect(all(page, ".card, #cards")).toEqual([]);
    expect(texts(page, "#not-computed li")).toEqual(["c1 × c2: too few rows"]);
  });

  test("stops when it is aborted", async () => {
    const table = tableOf(factorColumns(3, 20));
    const reason = new Error("stop");
    const signal = AbortSignal.abort(reason);
    await expect(buildReport(fakeEngine(), await fakeResult(table), table, { signal })).rejects.toBe(reason);
  });
});

/** What `texts` finds of a text that was put into a page. */
const inPage = (text: string) => drawnTogether(pageText(text));

describe("the content security policy", () => {
  test("names the one script and the one style sheet by their hashes, and allows pictures in the page alone", async () => {
    const page = parsePage(await report(50));
    const [policy] = all(page, "meta[http-equiv=Content-Security-Policy]");
    const hash = (text: string) => createHash("sha256").update(text).digest("base64");
    const [script] = all(page, "script:not([type])").map((element) => element.textContent);
    const [style] = all(page, "style").map((element) => element.textContent);
    expect(policy.getAttribute("content")).toBe(
      `default-src 'none'; script-src 'sha256-${hash(script)}'; style-src 'sha256-${hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    // It holds for what comes after it.
    expect(all(page, "head *").indexOf(policy)).toBe(1);
    expect(all(page, "[style]")).toEqual([]);
    expect(all(page, "style")).toHaveLength(1);
  });
});

describe("texts from the data", () => {
  test.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 60)), text]))(
    "stay texts wherever they stand: %s",
    async (_, evil) => {
      const rows = Array.from({ length: 40 }, (_, k) => k);
      const columns = [
        column(evil, rows),
        column(
          `${evil} 2`,
          rows.map((k) => (k * 7) % 40),
        ),
        column(
          `${evil} 3`,
          rows.map((k) => k % 3),
          [evil, `${evil}b`, `${evil}c`],
        ),
      ];
      const table = tableOf(columns, {
        file: `/x/${evil.replaceAll("/", "∕")}.csv`,
        names: [...columns.map(({ name }) => name), `${evil} 4`],
        unusable: [{ name: `${evil} 4`, reason: `is ${evil}` }],
        notes: [`note ${evil}`],
      });
      const result = await fakeResult(table);
      for (const cell of result.pairs) {
        if (cell.error === undefined) cell.warnings = [{ code: "few-samples", message: evil }];
      }
      result.model = evil;
      const page = parsePage(await buildReport(fakeEngine(), result, table, {}));
      expect(all(page, "img")).toEqual([]);
      // The page's own script and nothing else.
      expect(texts(page, "script").filter((text) => !text.startsWith("(() =>"))).toEqual([]);
      for (const element of all(page, "*")) {
        for (const { name } of element.attributes) expect(name.startsWith("on"), name).toBe(false);
      }
      expect(texts(page, "h1")[0]).toContain(inPage(evil.replaceAll("/", "∕")));
      expect(texts(page, "#columns tbody th")[0]).toBe(inPage(evil));
      expect(texts(page, ".caution")[0]).toBe(`few-samples ${inPage(evil)}`.trim());
    },
  );

  test("stay texts in the data of the overview", async () => {
    const columns = factorColumns(41, 30).map((each, k) => ({ ...each, name: `${HOSTILE[k]} ${k}` }));
    const table = tableOf(columns);
    const page = parsePage(await buildReport(fakeEngine(), await fakeResult(table), table, {}));
    const data = JSON.parse(page.querySelector("#overview-data")?.textContent ?? "");
    expect([...data.names].sort()).toEqual(columns.map(({ name }) => pageText(name)).sort());
    expect(all(page, "script")).toHaveLength(2);
  });
});
