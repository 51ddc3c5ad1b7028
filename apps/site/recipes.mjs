// @ts-check
/**
 * Builds the recipes of frameworks as docs/recipes.md has them, with the packages of this repository as they would be published, and
 * asks each for an estimate: `npm run check:recipes`, after `npm run build`. Minutes: the frameworks are
 * installed into a temporary folder.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PORT = 4319;
const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

/** What a project is made of beside the files of the page, and how it is built and started. */
const FRAMEWORKS = {
  nextjs: {
    packages: ["next@16.4.6", "react@19.3.1", "react-dom@19.3.1"],
    files: {
      "app/layout.js":
        'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
    },
    snippets: ["next.config.mjs", "app/api/estimate/route.js", "app/estimate.worker.js", "app/page.js"],
    build: ["next", "build", "--webpack"],
    start: ["npx", "--no-install", "next", "start", "-H", "127.0.0.1"],
    // Where the page that runs the library itself puts its answer.
    answer: "#answer",
  },
  sveltekit: {
    packages: [
      "@sveltejs/kit@2.70.4",
      "@sveltejs/adapter-node@5.5.7",
      "@sveltejs/vite-plugin-svelte@6.2.3",
      "svelte@5.57.3",
      "vite@7.3.8",
    ],
    files: {
      "svelte.config.js":
        'import adapter from "@sveltejs/adapter-node";\nexport default { kit: { adapter: adapter(), csrf: { trustedOrigins: ["*"] } } };\n',
      "vite.config.js":
        'import { sveltekit } from "@sveltejs/kit/vite";\nexport default { plugins: [sveltekit()] };\n',
      "src/app.html": "<!doctype html><head>%sveltekit.head%</head><body>%sveltekit.body%</body>\n",
      "src/routes/+page.svelte": "<p>infonet</p>\n",
    },
    snippets: ["src/routes/api/estimate/+server.js"],
    build: ["vite", "build"],
    start: [process.execPath, "build/index.js"],
  },
};

/** @param {string} name of the file that a block of the page is */
async function snippet(name) {
  const page = await readFile(`${ROOT}docs/recipes.md`, "utf8");
  const blocks = [...page.matchAll(/^```jsx?\n(\/\/ (\S+)\n[\s\S]*?)^```$/gm)];
  const found = blocks.find(([, , file]) => file === name);
  if (!found) throw new Error(`docs/recipes.md has no block that begins with // ${name}.`);
  return found[1];
}

/** @param {string} folder @param {string} name @param {string} text */
async function write(folder, name, text) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

async function answer() {
  const x = Array.from({ length: 200 }, (_, i) => Math.sin(i * i));
  const body = JSON.stringify({ x, y: x.map((value) => value * value) });
  const headers = { "content-type": "application/json" };
  for (let tries = 0; tries < 120; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const response = await fetch(`http://127.0.0.1:${PORT}/api/estimate`, {
      method: "POST",
      headers,
      body,
    }).catch(() => undefined);
    if (response === undefined) continue;
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return response.json();
  }
  throw new Error("nobody answers");
}

/** What a page of the server says where it has asked the library itself. @param {string} selector */
async function answerOfPage(selector) {
  const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${PORT}/`);
    const said = page.locator(selector).filter({ hasNotText: /^…$/ });
    await said.waitFor({ timeout: 120_000 });
    return await said.textContent();
  } finally {
    await browser.close();
  }
}

/** @param {string} folder @param {keyof typeof FRAMEWORKS} name @param {string[]} tarballs */
async function check(folder, name, tarballs) {
  const { packages, files, snippets, build, start, ...more } = FRAMEWORKS[name];
  await write(folder, "package.json", '{ "private": true, "type": "module" }\n');
  for (const [file, text] of Object.entries(files)) await write(folder, file, text);
  for (const file of snippets) await write(folder, file, await snippet(file));
  const options = /** @type {const} */ ({
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", PORT: String(PORT), HOST: "127.0.0.1" },
  });
  execFileSync("npm", ["install", ...QUIET, ...packages, ...tarballs], options);
  execFileSync("npx", ["--no-install", ...build], options);
  const server = spawn(start[0], start.slice(1), { ...options, detached: true });
  try {
    const { mi, pValue } = await answer();
    if (!(mi > 2 && pValue < 1e-6)) throw new Error(`an estimate of ${mi} nats, p ${pValue}`);
    console.log(`${name}: ${mi.toFixed(3)} nats, as it should be`);
    if (!("answer" in more)) return;
    const said = await answerOfPage(more.answer);
    if (said === undefined) console.log(`${name}: no Chromium here, so nobody has looked at its page`);
    else if (said !== `${mi.toFixed(3)} nats`) throw new Error(`its page says ${said}`);
    else console.log(`${name}: its page says the same`);
  } finally {
    process.kill(-(/** @type {number} */ (server.pid)));
  }
}

const all = /** @type {(keyof typeof FRAMEWORKS)[]} */ (Object.keys(FRAMEWORKS));
const asked = all.filter((name) => process.argv.length < 3 || process.argv.includes(name));
const folder = await mkdtemp(join(tmpdir(), "infonet-recipes-"));
try {
  execFileSync(
    "npm",
    ["pack", "--silent", "-w", "infonet", "-w", "@infonet/cli", "--pack-destination", folder],
    { cwd: ROOT },
  );
  const tarballs = (await readdir(folder)).map((file) => join(folder, file));
  for (const name of asked) await check(join(folder, name), name, tarballs);
} finally {
  await rm(folder, { recursive: true, force: true });
}
