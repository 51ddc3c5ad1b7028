/** The built package, bundled for the browser, estimates a pair in a real Chromium, and asks no other host. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { InfoNet } from "infonet";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { normalPair } from "../src/testing/random.js";
import { hasChromium, openChromium } from "./chromium.js";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const ortFolder = fileURLToPath(new URL(".", import.meta.resolve("onnxruntime-web/wasm")));
const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
const PAGE = `<!doctype html><meta charset="utf-8"><title>infonet</title><script type="module" src="/page.js"></script>`;
const SCRIPT = `
import { InfoNet } from "infonet";
globalThis.run = async (x, y) => {
  const net = await InfoNet.load({ model: "/model", wasm: "/ort" });
  const { mi, interval, pValue } = await net.estimate(x, y);
  const [many] = await net.estimateMany([[y, x]]);
  const { mi: smooth, dx } = await net.gradient(x, y);
  const error = await net.estimate(x, [1]).catch(({ code }) => code);
  await net.dispose();
  return { mi, interval, pValue, many: many.mi, smooth, dx: [...dx], error };
};
globalThis.ready = true;
`;

let server: Server;
let origin: string;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "infonet-page-"));
  const entry = join(packageFolder, "dist", "page-entry.js");
  await writeFile(entry, SCRIPT);
  const bundle = await rolldown({ input: entry, platform: "browser", logLevel: "silent" });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "page.js" });
  await rm(entry);
  const roots: [string, string][] = [
    ["/model/", join(packageFolder, "model")],
    ["/ort/", ortFolder],
    ["/", folder],
  ];
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const [prefix, root] = roots.find(([start]) => path.startsWith(start))!;
    const file = join(root, normalize(path.slice(prefix.length) || "index.html"));
    const content = path === "/" ? PAGE : await readFile(file).catch(() => undefined);
    const type = path === "/" ? "text/html" : (TYPES[extname(file)] ?? "application/octet-stream");
    response.writeHead(content === undefined ? 404 : 200, { "content-type": type });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((resolve) => server?.close(resolve)));

test.skipIf(!hasChromium)("a page estimates what Node estimates", async () => {
  const [x, y] = normalPair(1, 1000, 0.7);
  const net = await InfoNet.load();
  const expected = await net.estimate(x, y);
  const gradient = await net.gradient(x, y);
  await net.dispose();

  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    const failures: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(origin)) elsewhere.push(request.url());
    });
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.goto(origin);
    await page.waitForFunction("globalThis.ready");
    const result = (await page.evaluate(`run(${JSON.stringify([...x])}, ${JSON.stringify([...y])})`)) as {
      mi: number;
      interval: [number, number];
      pValue?: number;
      many: number;
      smooth: number;
      dx: number[];
      error: string;
    };
    expect(failures).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(result.mi).toBeCloseTo(expected.mi, 4);
    expect(result.many).toBeCloseTo(expected.mi, 4);
    expect(result.smooth).toBeCloseTo(gradient.mi, 4);
    const size = Math.hypot(...gradient.dx);
    expect(Math.hypot(...result.dx.map((slope, i) => slope - gradient.dx[i]))).toBeLessThan(1e-2 * size);
    expect(result.interval[0]).toBeCloseTo(expected.interval[0], 4);
    expect(result.error).toBe("unequal-lengths");
    expect(Boolean(result.pValue)).toBe(Boolean(expected.pValue));
  } finally {
    await browser.close();
  }
});
