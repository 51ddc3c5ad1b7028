/** The report of 500 columns in a real Chromium: found by name, made larger, read by keyboard, printed. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, openChromium } from "../../infonet/test/chromium.js";
import { buildReport } from "../src/report/build.js";
import { fakeEngine } from "../src/testing/fake-engine.js";
import { wideResult } from "../src/testing/wide.js";
import { emptyFolder } from "./run.js";

const NAMES = Array.from(
  { length: 500 },
  (_, k) => `${["expression of gene", "concentration of", "score"][k % 3]} ${k}`,
);

describe.skipIf(!hasChromium)("500 columns", () => {
  let browser: Browser;
  let page: Page;
  let address: string;
  const failures: string[] = [];
  const tip = () => page.textContent("#tip");
  /** What the picture says of a pair, in thousandths of a nat. */
  const numbers = new Map<string, string>();

  beforeAll(async () => {
    const { table, result } = wideResult(NAMES);
    for (const pair of result.pairs) {
      numbers.set(
        [pair.x, pair.y].sort().join(" × "),
        pair.error === undefined ? `${pair.mi.toFixed(3)} nats` : "not computed",
      );
    }
    const path = join(await emptyFolder(), "wide.html");
    await writeFile(path, await buildReport(fakeEngine(), result, table, {}));
    address = pathToFileURL(path).href;
    browser = await openChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on("pageerror", (error) => failures.push(String(error)));
    page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
    await page.goto(address);
  });
  afterAll(async () => {
    await browser?.close();
    expect(failures).toEqual([]);
  });

  /** The pair that is read, and that its number is right. */
  async function read(): Promise<string> {
    const [pair, number] = ((await tip()) ?? "").split(": ");
    const told = numbers.get(pair.split(" × ").sort().join(" × "));
    // Both are rounded to thousandths, halves to either side.
    expect(Math.abs(Number.parseFloat(number) - Number.parseFloat(told ?? ""))).toBeLessThan(0.0011);
    return pair;
  }

  test("a column is found by its name, and Enter goes to its strongest pair", async () => {
    await page.fill("#map input.filter", "gene 333");
    const found = await page.textContent("#map output");
    expect(found).toMatch(/^expression of gene 333, strongest with (.+) \(\d\.\d{3} nats\), /);
    await page.keyboard.press("Enter");
    const strongest = /strongest with (.+?) \(/.exec(found ?? "")?.[1];
    expect(await read()).toBe(`expression of gene 333 × ${strongest}`);
    expect(await page.evaluate("document.activeElement.classList.contains('overview')")).toBe(true);
  });

  test("made larger, more columns are named, their names stay at the side, and the cell that is read is seen", async () => {
    const names = () => page.locator(".overview .names text").count();
    const few = await names();
    for (let k = 0; k < 3; k++) await page.click("[aria-label='Make the map larger']");
    expect(await names()).toBe(500);
    expect(few).toBeLessThan(80);
    await page.focus(".overview");
    for (const key of ["Home", "PageDown", "ArrowDown", "End", "ArrowLeft"]) await page.keyboard.press(key);
    await read();
    const [cross, frame, tops, side] = (await page.evaluate(`(() => {
      const box = (element) => { const { left, right, top, bottom } = element.getBoundingClientRect(); return { left, right, top, bottom }; };
      const svg = document.querySelector(".overview");
      const own = [...svg.querySelectorAll(".names text")].map(box);
      const [, x] = /M([0-9.]+),0v/.exec(svg.querySelector(".cross").getAttribute("d"));
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      return [svg.getBoundingClientRect().left + x * scale, box(svg.parentElement), own.map(({ top }) => top), own[0]];
    })()`)) as [number, { left: number; right: number }, number[], { left: number; right: number }];
    expect(cross).toBeGreaterThan(frame.left);
    expect(cross).toBeLessThan(frame.right);
    expect(side.left).toBeGreaterThan(frame.left - 1);
    expect(side.right).toBeLessThan(frame.left + (frame.right - frame.left) / 3);
    // No two lines of names are one.
    expect(Math.min(...tops.slice(1).map((top, k) => top - tops[k]))).toBeGreaterThan(10);
    for (let k = 0; k < 3; k++) await page.click("[aria-label='Make the map smaller']");
    expect(await names()).toBe(few);
  });

  test("pairs and columns are found in the lists by name", async () => {
    await page.fill("#columns input.filter", "gene 333");
    expect(await page.locator(".columns tbody tr:visible").count()).toBe(1);
    await page.fill("#ranking input.filter", "score");
    const shown = page.locator(".ranking tbody tr:visible");
    for (const text of await shown.locator("th").allTextContents()) expect(text).toContain("score");
    await page.fill("#ranking input.filter", "");
    await page.fill("#columns input.filter", "");
  });

  test.each([360, 1280, 2560])("fits a window of %i pixels", async (width) => {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    const map = await page.locator(".overview").boundingBox();
    expect(map?.width).toBeLessThanOrEqual(width);
    expect(map?.width).toBeGreaterThan(0.38 * width);
  });

  test("is printed: every column once, nothing cut", async () => {
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 718, height: 1000 });
    const cut = await page.$$eval(
      ".scroll",
      (parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1).length,
    );
    expect(cut).toBe(0);
    expect(await page.locator(".columns tbody tr:visible").count()).toBe(500);
  });
});
