// @ts-check
/**
 * What the built page takes in a Chromium, and the command beside it: `npm run bench:page -- [columns] [rows]`, 200 and 2000 by
 * default. The command's files must be built too.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { serveSite } from "../site/serve.mjs";

const [columns, rows] = [2, 3].map((at) => Number(process.argv[at] ?? [200, 2000][at - 2]));
const run = promisify(execFile);
const command = fileURLToPath(new URL("../../packages/cli/bin/infonet.js", import.meta.url));

const generator = xoroshiro128plus(1);
const uniform = () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const lines = Array.from({ length: rows }, () => {
  const factors = Array.from({ length: 5 }, normal);
  return Array.from({ length: columns }, (_, k) => (factors[k % 5] * ((k % 40) / 40) + normal()).toFixed(4));
});
const names = Array.from({ length: columns }, (_, k) => `c${k}`);

/** @param {() => Promise<unknown>} work */
async function seconds(work) {
  const start = performance.now();
  await work();
  return `${((performance.now() - start) / 1000).toFixed(2)} s`;
}

const folder = await mkdtemp(join(tmpdir(), "infonet-page-"));
const server = await serveSite(0);
const address = /** @type {import("node:net").AddressInfo} */ (server.address());
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const file = join(folder, "table.csv");
  await writeFile(file, `${[names, ...lines].map((fields) => fields.join(",")).join("\n")}\n`);
  const page = await browser.newPage();
  const finished = () =>
    page.waitForFunction(
      () => / beyond chance\.$/.test(document.querySelector(".status")?.textContent ?? ""),
      undefined,
      { timeout: 3_600_000, polling: 20 },
    );
  const start = () => page.waitForSelector("[data-sample]");
  console.log(`${cpus()[0].model}, ${availableParallelism()} cores, Chromium ${browser.version()}`);
  await page.goto(`http://127.0.0.1:${address.port}/playground/`);
  await start();
  const first = await seconds(() => page.click("[data-sample=penguins]").then(finished));
  console.log(`penguins from an empty cache, network and WebAssembly included: ${first}`);
  for (const sample of ["penguins", "weather", "shapes"]) {
    await page.click("#home");
    await start();
    console.log(
      `${sample}, loaded: ${await seconds(() => page.click(`[data-sample=${sample}]`).then(finished))}`,
    );
  }
  await page.click("#home");
  await start();
  const here = await seconds(() => page.setInputFiles("input[type=file]", file).then(finished));
  console.log(`${columns} columns × ${rows} rows in the page: ${here}`);
  const there = await seconds(() =>
    run(process.execPath, [command, "matrix", file, "--format", "csv", "--out", join(folder, "pairs.csv")]),
  );
  console.log(`the same by the command: ${there}`);
} finally {
  await browser.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
}
