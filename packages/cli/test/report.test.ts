/** The report of a real table in a real Chromium: it asks for nothing, fails nowhere and fits the window. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { hasChromium, openChromium } from "../../infonet/test/chromium.js";
import { emptyFolder, infonet, PENGUINS } from "./run.js";

test.skipIf(!hasChromium)("the penguins' report works in a browser", async () => {
  const report = join(await emptyFolder(), "penguins.html");
  expect((await infonet(["matrix", PENGUINS, "--report", report])).code).toBe(0);
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1240, height: 900 } });
    const requests: string[] = [];
    const failures: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("data:")) requests.push(request.url());
    });
    page.on("pageerror", (error) => failures.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") failures.push(message.text());
    });
    await page.goto(pathToFileURL(report).href);
    expect(requests).toEqual([pathToFileURL(report).href]);
    expect(await page.title()).toContain("penguins.csv");
    expect(await page.locator(".card").count()).toBe(12);
    expect(await page.locator(".heat .cell").count()).toBe(21);
    expect(await page.locator(".ranking tbody tr").count()).toBe(21);

    await page.locator(".heat .cell").first().hover();
    expect(await page.locator("#tip").textContent()).toMatch(/ × .*nats/);
    await page.locator("input.filter").fill("species");
    expect(await page.locator(".ranking tbody tr:visible").count()).toBe(6);
    for (const width of [1240, 420]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect(overflow, `${width} px wide`).toBeLessThanOrEqual(0);
    }
    expect(failures).toEqual([]);
  } finally {
    await browser.close();
  }
});
