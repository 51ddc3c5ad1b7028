/** The built page in a real Chromium: what a reader does with it, by mouse, by keyboard, without a network. */
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { InfoNet } from "infonet";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HOSTILE } from "../../../packages/cli/src/testing/hostile.js";
import { hasChromium, openChromium } from "../../../packages/infonet/test/chromium.js";
import { serveSite } from "../../site/serve.mjs";

const SITE = fileURLToPath(new URL("../../../site", import.meta.url));
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
/** Bytes of the page's own scripts, styles and markup, packed, but for ONNX Runtime and the model: until all pairs are there, with the first of them close up, and with all that can be asked of a table. */
const MOST_BYTES = { matrix: 105_000, pair: 120_000, all: 195_000 };

let server: Server;
let origin: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What must not be there: errors, breaches of the policy, requests to others. */
let faults: string[];
let requests: Set<string>;

async function opened(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  context = await browser.newContext({ acceptDownloads: true, ...options });
  page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  page.on("dialog", (dialog) => {
    faults.push(dialog.message());
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    // The service worker keeps more than a reader needs at once.
    if (request.serviceWorker() === null) requests.add(url.pathname);
    if (url.origin !== origin && !/^(data|blob):$/.test(url.protocol)) faults.push(request.url());
  });
  await page.goto(`${origin}/playground/`);
  await page.waitForSelector(".samples");
}

beforeAll(async () => {
  if (!hasChromium) return;
  server = await serveSite(0);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

beforeEach(() => {
  faults = [];
  requests = new Set();
});

afterEach(async () => {
  await context?.close();
  expect(faults).toEqual([]);
});

const status = (): Promise<string | null> => page.textContent(".status");
/** Until an element says something. */
async function says(selector: string, pattern: RegExp): Promise<void> {
  await page.waitForFunction(
    ([place, source]) => new RegExp(source).test(document.querySelector(place)?.textContent ?? ""),
    [selector, pattern.source] as const,
  );
}
/** Until all pairs are there, and one of them close up. */
async function finished(): Promise<void> {
  await says(".status", / beyond chance\.$/);
  await page.waitForSelector(".pair[aria-busy=false] .verdict");
}

/** Drops a file on the page, as a hand does. */
async function drop(name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], file));
      return data;
    },
    [name, text] as const,
  );
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

/** Bytes of what was asked for, packed: the page's own, not ONNX Runtime nor the model. */
async function ownBytes(counts: (path: string) => boolean = () => true): Promise<number> {
  const own = [...requests].filter(
    (path) => /\.(js|css|html)$|\/$/.test(path) && !/onnxruntime|documents/.test(path),
  );
  expect(own.length).toBeGreaterThan(3);
  let bytes = 0;
  for (const path of own.filter(counts)) {
    const file = `${SITE}${path.endsWith("/") ? `${path}index.html` : path}`;
    bytes += gzipSync(await readFile(file), { level: 9 }).length;
  }
  return bytes;
}

/** Until an element that shows answers has one. */
async function answered(selector: string): Promise<string> {
  await page.waitForSelector(`${selector} .answer[aria-busy=false] *`, { timeout: 120_000 });
  expect(await page.isHidden(`${selector} .error`)).toBe(true);
  return (await page.textContent(`${selector} .answer`)) ?? "";
}

/** The made-up shapes as Node has them. */
async function shapes(): Promise<Record<string, (number | string)[]>> {
  const table = await readFile(new URL("../samples/shapes.csv", import.meta.url), "utf8");
  const [names, ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return Object.fromEntries(
    names.map((name, k) => [
      name,
      rows.map((row) => (Number.isNaN(Number(row[k])) ? row[k] : Number(row[k]))),
    ]),
  );
}

/** @returns what axe finds wrong */
async function violations(): Promise<string[]> {
  // By the debugger's door, which no policy closes.
  await page.evaluate(await readFile(AXE, "utf8"));
  const { violations } = (await page.evaluate("axe.run()")) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html)
        .join(" ")
        .slice(0, 400)}`,
  );
}

/** In both appearances. */
async function sound(): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(), colorScheme).toEqual([]);
  }
}

describe.skipIf(!hasChromium)("the page", () => {
  test("a sample: all pairs as Node has them, one close up, saved; then without a network; small", async () => {
    await opened();
    await page.click("[data-sample=penguins]");
    await finished();
    expect(await status()).toMatch(/^\d+ of 21 pairs depend/);
    expect(await page.locator(".ranked tbody tr").count()).toBe(21);
    expect(await ownBytes((path) => !/\/pair-/.test(path))).toBeLessThan(MOST_BYTES.matrix);
    expect(await ownBytes()).toBeLessThan(MOST_BYTES.pair);

    const download = page.waitForEvent("download");
    await page.click("[data-do=csv]");
    const saved = await download;
    expect(saved.suggestedFilename()).toBe("penguins-pairs.csv");
    const lines = (await readFile(await saved.path(), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(22);
    const table = await readFile(new URL("../../../examples/penguins.csv", import.meta.url), "utf8");
    const rows = table
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const numbers = (k: number): number[] => rows.map((row) => (row[k] ? Number(row[k]) : Number.NaN));
    const net = await InfoNet.load();
    const { mi } = await net.estimate(numbers(4), numbers(5));
    await net.dispose();
    const [x, y, ...cells] = lines[1].split(",");
    expect([x, y]).toEqual(["Flipper Length (mm)", "Body Mass (g)"]);
    expect(Number(cells[0])).toBeCloseTo(mi, 3);

    const pictures = page.waitForEvent("download");
    await page.click("[data-do=picture]");
    const picture = await pictures;
    expect(picture.suggestedFilename()).toBe("Flipper-Length-mm-and-Body-Mass-g-.svg");
    const svg = await readFile(await picture.path(), "utf8");
    // Whole without a style sheet, in one appearance.
    expect(svg.match(/<image/g)).toHaveLength(1);
    expect(svg).toMatch(/<path[^>]* stroke="rgb\(29, 85, 120\)"/);
    expect(svg).not.toContain("class=");
    await page.click("[data-do=lags]");
    await page.waitForSelector(".lags svg");
    expect(await page.getAttribute(".lags svg", "aria-label")).toMatch(
      /^Mutual information of Flipper Length \(mm\) and Body Mass \(g\) by lag: /,
    );

    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    await page.goto(`${origin}/playground/#sample=shapes&target=dose&x=time&y=wave`);
    await page.reload();
    await finished();
    expect(await page.textContent(".pair h2")).toBe("time and wave");
    expect(await page.textContent("[data-ranking]")).toBe("What tells about dose?");
    expect(await page.locator(".ranked tbody tr").count()).toBe(9);
  });

  test("a table with hostile names and cells is dropped: they stay texts, and go into a link", async () => {
    await opened({ permissions: ["clipboard-read", "clipboard-write"] });
    const names = HOSTILE.slice(0, 12);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const rows = Array.from({ length: 30 }, (_, k) =>
      names.map((_, j) => (j === 3 ? quoted(HOSTILE[20 + (k % 5)]) : String((k * (j + 3)) % 17))).join(","),
    );
    await drop('<img src=x onerror="alert(1)">.csv', `${names.map(quoted).join(",")}\n${rows.join("\n")}\n`);
    await finished();
    expect(await page.textContent("h1")).toBe('<img src=x onerror="alert(1)">.csv');
    await page.click(".read summary");
    expect(await page.textContent(".columns tbody th")).toContain(names[0]);
    expect(await page.locator("main script, main img, main iframe").count()).toBe(0);
    await page.click(".ranked .link >> nth=1");
    await page.waitForSelector(".pair[aria-busy=false] .verdict");
    const pair = await page.textContent(".pair h2");
    const verdict = await page.textContent(".verdict");

    await page.click("[data-do=link]");
    await says("[data-do=link]", /Copied/);
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto("about:blank");
    await page.goto(link);
    await finished();
    expect(await page.textContent(".pair h2")).toBe(pair);
    expect(await page.textContent(".verdict")).toBe(verdict);
  });

  test("stopped, it keeps what is finished; what is no table is refused with what to do", async () => {
    await opened();
    const names = Array.from({ length: 60 }, (_, k) => `c${k}`);
    const rows = Array.from({ length: 400 }, (_, i) =>
      names.map((_, k) => Math.sin(i * i * (k + 1))).join(","),
    );
    await drop("wide.csv", `${names.join(",")}\n${rows.join("\n")}\n`);
    await says(".status", /^[1-9]\d* of 1.770 pairs/);
    await page.click("[data-do=stop]");
    await says(".status", /^Stopped\./);
    const width = () => page.$eval(".map canvas", (map) => map.getBoundingClientRect().width);
    const small = await width();
    await page.click("[data-zoom='2']");
    await page.waitForFunction(
      (before) => document.querySelector(".map canvas")!.getBoundingClientRect().width > 1.8 * before,
      small,
    );
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    // The far end of it, by keyboard, then what lies under the pointer there.
    await page.focus(".map-grid");
    await page.keyboard.press("End");
    await page.keyboard.press("PageDown");
    await page.waitForFunction(() => document.querySelector(".map-frame")!.scrollLeft > 50);
    await page.locator(".map-frame").scrollIntoViewIfNeeded();
    const frame = (await page.locator(".map-frame").boundingBox())!;
    await page.mouse.move(frame.x + frame.width - 40, frame.y + frame.height - 60);
    await page.waitForFunction(() =>
      /^c\d+ and c\d+: /.test(document.querySelector(".map-caption")?.textContent ?? ""),
    );
    await page.keyboard.press("-");
    await page.waitForFunction(
      (before) => document.querySelector(".map canvas")!.getBoundingClientRect().width === before,
      small,
    );
    expect(await status()).toMatch(/of \d+ finished pairs \(of 1770\) depend/);
    expect(await page.locator(".ranked tbody tr").count()).toBeGreaterThan(0);
    await page.click(".questions [data-view=network]");
    await says("[data-question=network] .status", /^\d+ of [\d\u202f]+ steps$/);
    await page.click("[data-question=network] [data-do=end-answer]");
    await says("[data-question=network] .status", /^Stopped\.$/);
    expect(await page.textContent("[data-question=network] [data-do=end-answer]")).toBe("Start again");
    await page.click("[data-question=network] [data-do=end-answer]");
    await says("[data-question=network] .status", /^\d+ of [\d\u202f]+ steps$/);
    await drop("broken.csv", "a,b\n");
    await page.waitForSelector(".start .error");
    expect(await page.textContent(".error")).toBe("broken.csv has a header and no rows.");
  });

  test("by keyboard alone: a sample, a pair in the map, one in the list, a kind, a target, a pasted table", async () => {
    await opened();
    await page.focus("[data-sample=penguins]");
    await page.keyboard.press("Enter");
    await finished();
    await page.focus(".map-grid");
    for (const key of ["Home", "ArrowDown", "End", "PageUp", "ArrowLeft"]) await page.keyboard.press(key);
    expect(await page.textContent("#map-cell")).toMatch(
      /^Species and Body Mass \(g\): strength 0\.\d\d, p <0\.001$/,
    );
    expect(await page.getAttribute("#map-cell", "aria-colindex")).toBe("6");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.textContent === "Body Mass (g) and Species");
    await page.waitForSelector(".pair[aria-busy=false] .verdict");
    expect(await page.evaluate(() => location.hash)).toContain("y=Species");

    await page.focus(".ranked .link >> nth=0");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.activeElement?.textContent === "Flipper Length (mm) and Body Mass (g)",
    );

    await page.focus(".read summary");
    await page.keyboard.press("Enter");
    await page.focus("[data-column='0']");
    await page.selectOption("[data-column='0']", "out");
    await says(".meta", /15 pairs/);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.column)).toBe("0");
    await finished();
    await page.selectOption("[data-target]", "Sex");
    expect(await page.locator(".ranked tbody tr").count()).toBe(5);

    await page.keyboard.press("Escape");
    await page.click("#home");
    await page.focus("[data-paste]");
    await page.keyboard.press("Enter");
    await page.fill(
      "#paste-text",
      `a\tb\n${Array.from({ length: 40 }, (_, k) => `${k}\t${(k * k) % 41}`).join("\n")}`,
    );
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await finished();
    expect(await page.textContent(".meta")).toBe("40 rows · 2 columns · 1 pair");
  });

  test("tables of before are kept if that is wanted, and forgotten", async () => {
    await opened();
    const table = `a,b\n${Array.from({ length: 30 }, (_, k) => `${k},${(k * k) % 31}`).join("\n")}\n`;
    const atHome = async (): Promise<void> => {
      await page.goto(`${origin}/playground/`);
      await page.waitForSelector("[data-keep]");
    };
    const kept = () => page.locator("[data-recent]").allTextContents();
    await page.waitForSelector("[data-keep]");
    await drop("before.csv", table);
    await finished();
    await atHome();
    expect(await page.isChecked("[data-keep]")).toBe(false);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);

    await page.check("[data-keep]");
    for (const name of ["<b>one</b>.csv", "two.csv", "two.csv"]) {
      await drop(name, table);
      await finished();
      await atHome();
    }
    expect(await kept()).toEqual(["two.csv", "<b>one</b>.csv"]);
    expect(await violations()).toEqual([]);
    await page.click("[data-recent] >> nth=1");
    await finished();
    expect(await page.textContent("h1")).toBe("<b>one</b>.csv");
    await atHome();
    await page.click("[data-forget] >> nth=0");
    await page.waitForFunction(() => document.querySelectorAll("[data-recent]").length === 1);
    await page.uncheck("[data-keep]");
    await page.waitForFunction(() => document.querySelectorAll("[data-recent]").length === 0);
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  });

  test("axe finds nothing to mend in any view, light or dark", async () => {
    await opened();
    await sound();
    await page.click("[data-paste]");
    await sound();
    await page.keyboard.press("Escape");
    await page.click("[data-sample=shapes]");
    await finished();
    for (const details of await page.locator("details > summary").all()) await details.click();
    await page.selectOption("[data-target]", "dose");
    await page.click("[data-do=lags]");
    await page.waitForSelector(".lags svg");
    await page.selectOption("[data-given]", "group");
    await answered("[data-beyond]");
    await sound();
  });

  test("nor in what is asked of a table, which fits into narrow and wide windows; small in all", async () => {
    await opened();
    await page.goto(`${origin}/playground/#sample=shapes&x=response&y=group&given=dose`);
    await finished();
    await page.click("[data-do=lags]");
    await page.waitForSelector(".lags svg");
    await answered("[data-beyond]");
    for (const [view, choice, column] of [
      ["network"],
      ["select", "predicted", "ring x"],
      ["differences", "by", "group"],
    ]) {
      await page.click(`.questions [data-view=${view}]`);
      if (choice !== undefined) await page.selectOption(`[data-choice=${choice}]`, column);
      await answered(`[data-question=${view}]`);
      await sound();
      for (const width of [360, 2560]) {
        await page.setViewportSize({ width, height: 800 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(over, `${view} at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 1280, height: 720 });
    }
    expect(await ownBytes()).toBeLessThan(MOST_BYTES.all);
  });

  test("what is direct, what is left beyond others, which columns predict, what differs: as Node has it, and in the link", async () => {
    const columns = await shapes();
    const net = await InfoNet.load();
    const network = await net.network(columns);
    const beyond = await net.conditional(columns.response, columns.group, [columns.dose]);
    const selection = await net.select(columns, "ring x");
    const differences = await net.differences(columns, "group");
    await net.dispose();

    await opened();
    await page.click("[data-sample=shapes]");
    await finished();
    // By keyboard: what is asked, then a pair of the answer.
    await page.focus(".questions [data-view=network]");
    await page.keyboard.press("Enter");
    await answered("[data-question=network]");
    expect(await page.getAttribute(".questions [data-view=network]", "aria-current")).toBe("true");
    expect(await page.isHidden("[data-pairs]")).toBe(true);
    const links = await page.locator("[data-question=network] [data-open]").allTextContents();
    expect(links).toEqual([...network.edges, ...network.removed].map(({ x, y }) => `${x} and ${y}`));
    expect(await page.locator("[data-question=network] svg[role=img] line").count()).toBe(
      network.edges.length,
    );
    const removed = page.locator("[data-question=network] table >> nth=1");
    expect(await removed.locator("td >> nth=1").textContent()).toBe(network.removed[0].through.join(", "));
    const circles = "[data-question=network] svg[role=img] circle";
    const colours = await page.$$eval(circles, (all) => all.map((one) => one.getAttribute("fill")));
    expect(new Set(colours).size).toBe(network.communities.filter(({ length }) => length > 1).length);
    await page.selectOption("[data-choice=method]", "aracne");
    await page.selectOption("[data-choice=fdr]", "0.01");
    expect(await page.evaluate(() => location.hash)).toMatch(/view=network.*method=aracne.*fdr=0\.01/);

    await answered("[data-question=network]");
    await page.focus("[data-question=network] [data-open] >> nth=0");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.matches(".pair h2"));
    expect(await page.evaluate(() => location.hash)).not.toContain("view=");

    // What is left of a pair, from a link, as Node has it.
    await page.goto("about:blank");
    await page.goto(`${origin}/playground/#sample=shapes&x=response&y=group&given=dose`);
    await finished();
    expect(await answered("[data-beyond]")).toContain("Once dose is known, ");
    const numbers = await page.locator("[data-beyond] tbody tr >> nth=1 >> td").allTextContents();
    expect(numbers[2]).toBe(beyond.mi.toFixed(3));
    expect(numbers[3]).toBe(beyond.interval.map((end) => end.toFixed(3)).join("–"));
    await page.focus("button[data-given]");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !location.hash.includes("given="));
    expect(await page.locator("[data-beyond] .answer *").count()).toBe(0);

    await page.goto("about:blank");
    await page.goto(`${origin}/playground/#sample=shapes&target=ring+x`);
    await finished();
    await page.click("[data-ask] [data-view=select]");
    expect(await answered("[data-question=select]")).toContain(
      `${selection.selected[0].column} tells ${selection.selected[0].total.toFixed(3)} nats of ring x.`,
    );
    expect(await page.locator("[data-question=select] [data-open]").allTextContents()).toEqual(
      selection.selected.map(({ column }) => column),
    );
    await page.goto("about:blank");
    await page.goto(`${origin}/playground/#sample=shapes&view=differences&by=group`);
    const told = await answered("[data-question=differences]");
    const count = (list: readonly { qValue: number }[]): number =>
      list.filter(({ qValue }) => qValue <= 0.05).length;
    expect(told).toContain(
      `${count(differences.columns)} of ${differences.columns.length} columns and ${count(differences.pairs)} of ${differences.pairs.length} pairs differ`,
    );
    for (const { level, n } of differences.groups) expect(told).toContain(`${level} (${n})`);
  });

  test("a warning says what to press; rows in time are taken as such, and a link says so", async () => {
    await opened();
    await page.click("[data-sample=weather]");
    await finished();
    const careful = await page.locator(".ranked .warning").allTextContents();
    expect(careful.join(" ")).toContain("Tick “Rows follow each other in time” above");
    expect(careful.join(" ")).not.toMatch(/rows: "series"|--[a-z]/);
    await page.focus("[data-series]");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.querySelector("progress:not([hidden])") !== null);
    await finished();
    expect(await page.evaluate(() => location.hash)).toContain("series=yes");
    expect(await page.isChecked("[data-series]")).toBe(true);
    expect(await page.textContent(".facts")).toContain("so many independent rows would say as much");
    const after = await page.locator(".ranked .warning, .caution").allTextContents();
    expect(after.join(" ")).not.toMatch(/Tick|rows: "series"|--[a-z]/);
  });

  test("the site leads to it, and no script of it may ask another origin", async () => {
    await opened();
    await page.goto(`${origin}/`);
    await page.click(".VPHero >> text=Drop a table");
    await page.waitForSelector(".samples");
    const refused = await page.evaluate(() =>
      fetch("https://example.invalid/").then(
        () => "allowed",
        () =>
          new Promise((resolve) => {
            addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
              resolve(effectiveDirective),
            );
            fetch("https://example.invalid/").catch(() => undefined);
          }),
      ),
    );
    expect(refused).toBe("connect-src");
    // The browser tells of it, twice.
    const others = faults.splice(0).filter((fault) => !/Content Security Policy|connect-src/.test(fault));
    expect(others).toEqual([]);
  });
});
