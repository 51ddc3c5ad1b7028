/** The built package, bundled for the browser, estimates a pair in a real Chromium, and asks no other host. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InfoNet } from "infonet";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { normalPair } from "../src/testing/random.js";
import { hasChromium, openChromium } from "./chromium.js";
import { type Page, type StaticHost, serve } from "./static-host.js";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const ortFolder = fileURLToPath(new URL(".", import.meta.resolve("onnxruntime-web/wasm")));
const page = (script: string): Page => ({
  html: `<!doctype html><meta charset="utf-8"><title>infonet</title><script type="module" src="${script}"></script>`,
});
/** Files served apart, and files that the bundler found and copied beside the bundle. */
const PAGES = { "/": page("/page.js"), "/copied": page("/copied/page.js") };
const script = (options: string): string => `
import { InfoNet } from "infonet";
globalThis.run = async (x, y) => {
  const net = await InfoNet.load(${options});
  const { mi, interval, pValue } = await net.estimate(x, y);
  const [many] = await net.estimateMany([[y, x]]);
  const { lowerBound, dx: ofCritic, dy: byY } = await net.gradient(x, y);
  const joint = await net.jointGradient({ data: x, width: 2 }, { data: y, width: 2 });
  const { mi: smooth, dx } = await net.gradient(x, y, { through: "estimate" });
  const gradients = await net.gradientMany([[x, y], [y, x]], { through: "estimate" });
  const error = await net.estimate(x, [1]).catch(({ code }) => code);
  await net.dispose();
  return {
    mi, interval, pValue, many: many.mi, lowerBound, smooth, error,
    critic: [ofCritic, byY, joint.dx, joint.dy].map((slopes) => [...slopes]),
    estimate: [dx, gradients[0].dx].map((slopes) => [...slopes]),
  };
};
globalThis.ready = true;
`;

let host: StaticHost;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infonet-page-"));
  const bundles = [
    { dir: folder, options: `{ model: "/model", wasm: "/ort" }`, resolveNewUrlToAsset: false },
    { dir: join(folder, "copied"), options: `{ wasm: "/ort" }`, resolveNewUrlToAsset: true },
  ];
  for (const { dir, options, resolveNewUrlToAsset } of bundles) {
    const entry = join(packageFolder, "dist", "page-entry.js");
    await writeFile(entry, script(options));
    const bundle = await rolldown({
      input: entry,
      platform: "browser",
      // What is built, not the sources that the paths of the workspace lead to.
      tsconfig: false,
      logLevel: "silent",
      experimental: { resolveNewUrlToAsset },
    });
    await bundle.write({ dir, format: "esm", entryFileNames: "page.js" });
    await rm(entry);
  }
  host = await serve(PAGES, [
    ["/model/", join(packageFolder, "model")],
    ["/ort/", ortFolder],
    ["/", folder],
  ]);
});

afterAll(async () => {
  await host?.close();
  await rm(folder, { recursive: true, force: true });
});

/** JSON files that are fetched like the weights. */
const HEADS = ["levels", "rows"];

test.skipIf(!hasChromium).each([
  ["with the model served apart", "/", /^\/model\//, ["model", "null", "calibration", "counts", ...HEADS]],
  // The other JSON files of the model are a part of the script.
  ["with the model that a bundler copied", "/copied", /^\/copied\//, HEADS],
])("a page estimates what Node estimates, %s", async (_, place, modelPath, documents) => {
  const [x, y] = normalPair(1, 1000, 0.7);
  const net = await InfoNet.load();
  const expected = await net.estimate(x, y);
  const gradient = await net.gradient(x, y, { through: "estimate" });
  const critic = await net.gradient(x, y);
  const joint = await net.jointGradient({ data: x, width: 2 }, { data: y, width: 2 });
  await net.dispose();

  const { origin } = host;
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const elsewhere: string[] = [];
    const modelFiles: string[] = [];
    const failures: string[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== origin) elsewhere.push(request.url());
      if (/\.(json|onnx)$/.test(url.pathname)) modelFiles.push(url.pathname);
    });
    page.on("pageerror", (error) => failures.push(String(error)));
    await page.goto(origin + place);
    await page.waitForFunction("globalThis.ready");
    const result = (await page.evaluate(`run(${JSON.stringify([...x])}, ${JSON.stringify([...y])})`)) as {
      mi: number;
      interval: [number, number];
      pValue?: number;
      many: number;
      lowerBound: number;
      smooth: number;
      critic: number[][];
      estimate: number[][];
      error: string;
    };
    expect(failures).toEqual([]);
    expect(elsewhere).toEqual([]);
    for (const path of modelFiles) expect(path).toMatch(modelPath);
    expect(modelFiles.filter((path) => path.endsWith(".json"))).toHaveLength(documents.length);
    for (const name of [...documents, "weights", "density-1", "values-1", "gradient-1", "gradient-4"]) {
      expect(modelFiles.filter((path) => new RegExp(`/${name}[.-][^/]*$`).test(path))).toHaveLength(1);
    }
    expect(result.mi).toBeCloseTo(expected.mi, 4);
    expect(result.many).toBeCloseTo(expected.mi, 4);
    expect(result.smooth).toBeCloseTo(gradient.mi, 4);
    expect(result.lowerBound).toBeCloseTo(critic.lowerBound as number, 4);
    /** How far slopes of the page are from those of Node, in units of these. */
    const apart = (slopes: number[], expected: Float64Array): number =>
      Math.hypot(...slopes.map((slope, i) => slope - expected[i])) / Math.hypot(...expected);
    for (const slopes of result.estimate) expect(apart(slopes, gradient.dx)).toBeLessThan(1e-2);
    for (const [k, expected] of [critic.dx, critic.dy, joint.dx, joint.dy].entries()) {
      expect(apart(result.critic[k], expected)).toBeLessThan(1e-4);
    }
    expect(result.interval[0]).toBeCloseTo(expected.interval[0], 4);
    expect(result.error).toBe("unequal-lengths");
    expect(Boolean(result.pValue)).toBe(Boolean(expected.pValue));
  } finally {
    await browser.close();
  }
});
