/**
 * Reports of tables whose every text is hostile, in a real Chromium: nothing runs but the page's own script, nothing is
 * loaded, the content security policy has nothing to stop, and every name is shown as it is.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, openChromium } from "../../infonet/test/chromium.js";
import { uniform } from "../src/random.js";
import { buildReport } from "../src/report/build.js";
import { pageText } from "../src/report/html.js";
import type { Table } from "../src/table/types.js";
import { fakeEngine } from "../src/testing/fake-engine.js";
import { HOSTILE } from "../src/testing/hostile.js";
import { column, fakeResult, tableOf } from "../src/testing/samples.js";
import { emptyFolder } from "./run.js";

const ROWS = 60;

/** A table with these names, and with these levels in every second column. */
function hostileTable(names: readonly string[]): Table {
  const random = uniform(names.length);
  const common = Array.from({ length: ROWS }, () => random());
  const levels = (k: number) => [0, 1, 2].map((step) => `${names[(k + step) % names.length]} ${step}`);
  const columns = names.map((name, k) => {
    const values = common.map((value) => value + random());
    return k % 2 === 0
      ? column(name, values)
      : column(
          name,
          values.map((value) => Math.min(2, Math.floor(value * 1.5))),
          levels(k),
        );
  });
  return tableOf(columns, {
    file: `/x/${names[0].replaceAll("/", "∕").slice(0, 200)}.csv`,
    names: [...names, `${names[0]} unusable`],
    unusable: [{ name: `${names[0]} unusable`, reason: `is ${names[1]}` }],
    notes: names.map((name) => `note ${name}`),
  });
}

async function hostileReport(names: readonly string[], target?: string): Promise<string> {
  const table = { ...hostileTable(names), ...(target !== undefined && { targets: [target] }) };
  const result = await fakeResult(table);
  result.model = names[1];
  result.pairs = result.pairs.map((cell, k) =>
    cell.error === undefined
      ? { ...cell, warnings: [{ code: "few-samples" as const, message: names[k % names.length] }] }
      : cell,
  );
  return buildReport(fakeEngine(), result, table, {});
}

/** What a page holds of a text: line breaks are one kind of character there, and lone surrogates none. */
function inPage(text: string): string {
  return pageText(Buffer.from(text).toString()).replace(/\r\n?/g, "\n");
}

/** What happened in a page. */
interface Happened {
  ran: boolean;
  violations: string[];
  requests: string[];
  failures: string[];
}

const WATCH = `globalThis.ran = false;
globalThis.violations = [];
globalThis.alert = () => { globalThis.ran = true; };
addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile, blockedURI }) => {
  violations.push([violatedDirective, blockedURI, sourceFile].join(" "));
});`;

let browser: Browser;
beforeAll(async () => {
  if (hasChromium) browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
});

async function open(html: string): Promise<{ page: Page; happened: () => Promise<Happened> }> {
  const path = join(await emptyFolder(), "report.html");
  await writeFile(path, html);
  const address = pathToFileURL(path).href;
  const page = await browser.newPage({ viewport: { width: 1240, height: 900 } });
  const requests: string[] = [];
  const failures: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:image/png") && request.url() !== address)
      requests.push(request.url());
  });
  page.on("pageerror", (error) => failures.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") failures.push(message.text());
  });
  await page.addInitScript(WATCH);
  await page.goto(address);
  const happened = async () => {
    const seen = (await page.evaluate("({ ran, violations })")) as Pick<Happened, "ran" | "violations">;
    return { ...seen, requests, failures };
  };
  return { page, happened };
}

const nothing: Happened = { ran: false, violations: [], requests: [], failures: [] };
const GROUP = 12;
const groups = Array.from({ length: Math.ceil(HOSTILE.length / GROUP) }, (_, k) =>
  HOSTILE.slice(k * GROUP, (k + 1) * GROUP),
);

test("there are many hostile texts, and no two are alike", () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(62);
  expect(new Set(HOSTILE).size).toBe(HOSTILE.length);
});

describe.skipIf(!hasChromium)("in Chromium", () => {
  test.each(groups.map((names, k) => [k + 1, names] as const))(
    "group %i shows close up as it is",
    async (_, names) => {
      const all = [...names, "an honest name"];
      const { page, happened } = await open(await hostileReport(all, "an honest name"));
      expect(await page.locator(".card").count()).toBe(names.length);
      const text = (selector: string) =>
        page.evaluate(
          `[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => e.textContent)`,
        ) as Promise<string[]>;
      expect(await text("#columns tbody th")).toEqual(all.map(inPage));
      expect((await text(".card .caution")).length).toBe(names.length);
      expect((await text(".read .note li")).slice(0, all.length)).toEqual(
        all.map((name) => inPage(`note ${name}`)),
      );
      const cards = (await text(".card h3")).map((title) => title.replace(/^\d+ /, ""));
      for (const name of names) {
        expect(
          cards.some((title) => title.includes(inPage(name))),
          JSON.stringify(name.slice(0, 80)),
        ).toBe(true);
      }
      // Everything that could react is touched.
      await page.mouse.move(300, 300);
      await page.evaluate(`for (const e of document.querySelectorAll("body *")) {
      for (const type of ["pointermove", "mouseover", "focus", "click"]) {
        if (!e.closest("a")) e.dispatchEvent(new Event(type, { bubbles: true }));
      }
    }`);
      expect(
        await page.evaluate("document.querySelectorAll('script:not([type]), script[type=module]').length"),
      ).toBe(1);
      expect(
        await page.evaluate(
          "document.querySelectorAll('img, iframe, object, embed, base, form, link, video').length",
        ),
      ).toBe(0);
      expect(await happened()).toEqual(nothing);
      await page.close();
    },
  );

  test("all together: the map, its data, the filter and the style sheet work", async () => {
    const { page, happened } = await open(await hostileReport(HOSTILE));
    expect(await page.evaluate("document.documentElement.className")).toBe("js");
    expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize")).toBe("34px");
    expect(await page.evaluate("getComputedStyle(document.querySelector('.heat')).fontSize")).toBe("11.5px");
    const data = (await page.evaluate(
      "JSON.parse(document.getElementById('overview-data').textContent).names",
    )) as string[];
    expect(data.map((name) => inPage(name)).sort()).toEqual(HOSTILE.map(inPage).sort());
    await page.locator(".overview").scrollIntoViewIfNeeded();
    const box = await page.locator(".overview").boundingBox();
    for (const share of [0.4, 0.6, 0.8]) {
      await page.mouse.move(box!.x + share * box!.width, box!.y + 0.3 * box!.height);
      expect(await page.locator("#tip.on").textContent()).toMatch(/ × /);
    }
    await page.locator(".heat .cell").first().hover();
    expect(await page.locator("#tip.on").textContent()).toMatch(/nats/);
    await page.getByLabel("Show only pairs with this text in a name").fill("javascript:alert(1)");
    expect(await page.locator(".ranking tbody tr:visible").count()).toBeLessThan(200);
    await page.getByLabel("Show only pairs with this text in a name").fill("");
    await page.locator(".ranking a").first().click();
    expect(await happened()).toEqual(nothing);
    await page.close();
  });

  test("the policy stops what escaping would have let through, and what is watched would be seen", async () => {
    const report = await hostileReport(["a", "b", "c"]);
    const evil = "<script>alert(1)</script><img src=https://example.invalid/x.png onerror=alert(1)>";
    const open1 = await open(report.replace("<main>", `<main>${evil}`));
    await open1.page.waitForFunction("violations.length >= 2");
    const stopped = await open1.happened();
    expect(stopped.ran).toBe(false);
    expect(stopped.violations.join("\n")).toMatch(/script-src/);
    expect(stopped.violations.join("\n")).toMatch(/img-src https:\/\/example\.invalid/);
    const bare = report.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
    const open2 = await open(bare.replace("<main>", `<main>${evil}`));
    expect((await open2.happened()).ran).toBe(true);
    await open1.page.close();
    await open2.page.close();
  });
});
