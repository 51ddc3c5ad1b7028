/** Reports of real tables in a real Chromium: they ask for nothing, fail nowhere, fit window and paper, and are read by keyboard. */
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, openChromium } from "../../infonet/test/chromium.js";
import { emptyFolder, infonet, PENGUINS, WEATHER } from "./run.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
/** Pixels of a sheet of A4 between its margins. */
const PAPER = 718;

describe.skipIf(!hasChromium)("in a browser", () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let requests: string[];
  let failures: string[];

  beforeAll(async () => {
    folder = await emptyFolder();
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    expect(failures).toEqual([]);
    await page.close();
  });

  /** Has a command make a report, and opens it. */
  async function opened(...words: string[]): Promise<void> {
    const report = join(folder, "report.html");
    expect((await infonet([...words, "--report", report])).code).toBe(0);
    page = await browser.newPage({ viewport: { width: 1240, height: 900 } });
    [requests, failures] = [[], []];
    page.on("request", (request) => {
      if (!request.url().startsWith("data:")) requests.push(request.url());
    });
    page.on("pageerror", (error) => failures.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") failures.push(message.text());
    });
    await page.goto(pathToFileURL(report).href);
    expect(requests).toEqual([pathToFileURL(report).href]);
  }

  /** Nothing sticks out of windows of all widths; on paper, where nothing scrolls, not even what scrolls elsewhere. */
  async function fits(): Promise<void> {
    const overflow = () => page.evaluate("document.documentElement.scrollWidth - innerWidth");
    for (const width of [1240, 360]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await overflow(), `${width} px wide`).toBeLessThanOrEqual(0);
    }
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: PAPER, height: 1000 });
    expect(await overflow(), "on paper").toBeLessThanOrEqual(0);
    const cut = await page.$$eval(".scroll", (parts) =>
      parts
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => part.innerHTML.slice(0, 80)),
    );
    expect(cut).toEqual([]);
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 1240, height: 900 });
  }

  async function isSound(...looks: ("light" | "dark")[]): Promise<void> {
    for (const colorScheme of looks) {
      await page.emulateMedia({ colorScheme });
      // By the debugger's door, which no policy closes.
      await page.evaluate(await readFile(AXE, "utf8"));
      const { violations } = (await page.evaluate("axe.run()")) as {
        violations: { id: string; nodes: object[] }[];
      };
      expect(violations.map(({ id, nodes }) => `${id} ${JSON.stringify(nodes[0]).slice(0, 300)}`)).toEqual(
        [],
      );
    }
  }

  const tip = () => page.textContent("#tip");

  test("the penguins: by pointer and by keyboard, on screen and paper", async () => {
    await opened("matrix", PENGUINS);
    expect(await page.title()).toContain("penguins.csv");
    expect(await page.locator(".card").count()).toBe(12);
    expect(await page.locator(".heat .cell").count()).toBe(21);
    expect(await page.locator(".ranking tbody tr").count()).toBe(21);

    await page.locator(".heat .cell").first().hover();
    expect(await tip()).toMatch(/ × .*nats/);
    await page.locator("#ranking input.filter").fill("species");
    expect(await page.locator(".ranking tbody tr:visible").count()).toBe(6);
    await page.locator("#ranking input.filter").fill("");

    // Every cell is reached from any other.
    await page.focus(".heat");
    const seen = new Set<string | null>();
    for (let row = 1; row < 7; row++) {
      await page.keyboard.press("Home");
      seen.add(await tip());
      for (let column = 1; column < row; column++) {
        await page.keyboard.press("ArrowRight");
        seen.add(await tip());
      }
      await page.keyboard.press("ArrowDown");
    }
    expect(seen.size).toBe(21);
    await page.keyboard.press("Enter");
    expect(await page.evaluate("location.hash")).toMatch(/^#pair-\d+$/);
    await fits();
    await isSound("light", "dark");
  });

  test("45 columns with long names: found by name, read by keyboard, made larger", async () => {
    const names = Array.from(
      { length: 45 },
      (_, k) => `concentration of substance no ${k} in the sample after ${k} days`,
    );
    const rows = Array.from({ length: 60 }, (_, i) =>
      names.map((_, k) => Math.sin((i + 1) ** 2 * (1 + (k >> 1)))),
    );
    const table = join(folder, "wide.csv");
    await writeFile(table, [names, ...rows].join("\n"));
    await opened("matrix", table, "--top", "30", "--format", "csv", "--out", join(folder, "wide-pairs.csv"));
    await page.fill("#map input.filter", "no 7 in");
    expect(await page.textContent("#map output")).toMatch(/no 7 in .*strongest with .*no 6 in .* nats/);
    await page.fill("#map input.filter", "nowhere");
    expect(await page.textContent("#map output")).toBe("No column has this in its name.");
    await page.focus(".overview");
    await page.keyboard.press("End");
    const before = await tip();
    await page.keyboard.press("PageDown");
    expect(await tip()).not.toBe(before);
    expect(await tip()).toMatch(/ × .*nats$/);
    const width = () => page.$eval(".overview", (map) => map.getBoundingClientRect().width);
    const small = await width();
    await page.click("[aria-label='Make the map larger']");
    expect(await width()).toBeGreaterThan(1.5 * small);
    await page.locator("#columns input.filter").fill("no 44");
    expect(await page.locator(".columns tbody tr:visible").count()).toBe(1);
    await fits();
  });

  test.each([
    ["columns", ["columns", PENGUINS]],
    ["joint", ["joint", PENGUINS, "--x", "Beak Length (mm),Beak Depth (mm)", "--y", "Species"]],
    ["conditional", ["conditional", PENGUINS, "Beak Length (mm)", "Body Mass (g)", "--given", "Species"]],
    ["conditional, of categories", ["conditional", PENGUINS, "Species", "Island", "--given", "Sex"]],
    ["transfer", ["transfer", WEATHER, "temp_max", "wind", "--time", "date"]],
  ])("%s: fits, is sound, and what scrolls is reached by keyboard", async (_, words) => {
    await opened(...words);
    await fits();
    await isSound("light", "dark");
    await page.setViewportSize({ width: 360, height: 900 });
    const unreached = (): Promise<number> =>
      page.$$eval(
        ".scroll",
        (parts) =>
          parts.filter((part) => part.scrollWidth > part.clientWidth + 1 && part.tabIndex < 0).length,
      );
    // The page learns of its new size a frame later.
    await expect.poll(unreached).toBe(0);
  });

  test("one pair of categories alone", async () => {
    await opened("estimate", PENGUINS, "Species", "Island");
    expect(await page.locator(".card").count()).toBe(1);
    expect(await page.textContent(".ranking tbody th")).toContain("Species × Island");
    await fits();
    await isSound("dark");
  });
});
