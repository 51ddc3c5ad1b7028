/** The built site in a real Chromium: what stands there, and that nothing of it asks anyone else. */
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, openChromium } from "../../../packages/infonet/test/chromium.js";
import { serveSite } from "../serve.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe.skipIf(!hasChromium)("the site", () => {
  let server: Server;
  let origin: string;
  let browser: Browser;
  let page: Page;
  /** What must not be there: errors, breaches of the policy, requests to others. */
  const faults: string[] = [];

  beforeAll(async () => {
    server = await serveSite(0);
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await openChromium();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
    });
    page.on("response", (response) => {
      if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
    });
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== origin && !/^(data|blob):$/.test(url.protocol)) faults.push(request.url());
    });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each(["", "answers.html"])(
    "axe finds nothing to mend on /%s, light or dark, narrow or wide",
    async (name) => {
      const axe = await readFile(AXE, "utf8");
      for (const [colorScheme, width] of [
        ["light", 360],
        ["dark", 1280],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        // Anew, since a page that changes its colours takes its time.
        await page.goto(`${origin}/${name}`);
        await page.evaluate(axe);
        const { violations } = (await page.evaluate("axe.run()")) as { violations: { id: string }[] };
        expect(
          violations.map(({ id }) => id),
          colorScheme,
        ).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      expect(faults).toEqual([]);
    },
  );

  test("the first page leads on; what is sought is found; a call has its reference", async () => {
    await page.goto(`${origin}/`);
    await page.click("text=Start in a minute");
    await page.waitForSelector("h1:has-text('Start in a minute')");
    // Colours of code come from a sheet, not from the markup.
    const colours = await page.$$eval(".vp-code span[class]", (spans) =>
      spans.map((span) => getComputedStyle(span).color),
    );
    expect(new Set(colours).size).toBeGreaterThan(2);
    await page.click(".DocSearch-Button");
    await page.fill(".search-input", "transfer entropy");
    await page.waitForSelector(".results a[href*='series']");
    await page.goto(`${origin}/reference/infonet.html#infonet-1`);
    expect(await page.textContent(".vp-doc")).toContain("Mutual information");
    expect(await page.textContent(".vp-doc")).toContain("estimateMany()");
    expect(faults).toEqual([]);
  });

  test("a picture of the gallery opens in the page, its pair close up", async () => {
    await page.goto(`${origin}/gallery.html`);
    const pictures = await page.$$eval(".vp-doc img", (images) =>
      (images as HTMLImageElement[]).map((image) => (image.complete ? image.naturalWidth : 0)),
    );
    expect(pictures.length).toBeGreaterThan(8);
    expect(pictures.every((width) => width > 400)).toBe(true);
    await page.click("a[href*='x=ring%20x']");
    await page.waitForSelector(".pair[aria-busy=false] .verdict");
    expect(await page.textContent(".pair h2")).toBe("ring x and ring y");
    expect(faults).toEqual([]);
  });
});
