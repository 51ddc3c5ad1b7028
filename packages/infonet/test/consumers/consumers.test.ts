/**
 * Programs of others: the packages as they are published are installed once, quietly and without running anything, and
 * used from Node, TypeScript, bundlers and pages.
 */
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import type { Browser } from "playwright-core";
import { build as vite } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Configuration, webpack } from "webpack";
import { hasChromium, openChromium } from "../chromium.js";
import { type Page, type StaticHost, serve } from "../static-host.js";
import { type Installation, install, leaner, run, textOf } from "./installation.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PENGUINS = at("../../../../examples/penguins.csv");
const TSC = at("../../../../node_modules/typescript/bin/tsc");

/** A program that prints whether x tells of itself; `load` gets the library. */
const program = (load: string): string => `
  ${load}
  const x = Array.from({ length: 100 }, (_, i) => Math.sin(i * i));
  async function main() {
    const net = await InfoNet.load();
    const { mi } = await net.estimate(x, x);
    await net.dispose();
    console.log(mi > 3);
  }
  main().catch(({ name, code, message }) => console.log(name, code, message));
`;
const IMPORT = 'import { InfoNet } from "infonet";';
const REQUIRE = 'const { InfoNet } = require("infonet");';

let installation: Installation;
let folder: string;
let node: Installation["node"];

beforeAll(async () => {
  installation = await install();
  ({ folder, node } = installation);
  await writeFile(join(folder, "program.mjs"), program(IMPORT));
  await writeFile(join(folder, "program.cjs"), program(REQUIRE));
});

afterAll(() => installation?.remove());

describe("the packages", () => {
  test("are installed without a complaint of npm", async () => {
    const complaints = installation.complaints.split("\n").filter((line) => !/^$|user config/.test(line));
    expect(complaints).toEqual([]);
    await run("npm", ["ls", "--all"], { cwd: folder });
  });

  test("download nothing into ONNX Runtime's folder", async () => {
    const files = await readdir(join(folder, "node_modules/onnxruntime-node/bin"), { recursive: true });
    expect(files.filter((file) => /cuda|tensorrt/i.test(file))).toEqual([]);
  });

  test.each(["infonet", "@infonet/cli", "jax-onnx"])(
    "%s: what is in it, and where it is from",
    async (name) => {
      const files = installation.packed[name];
      expect(files).toEqual(expect.arrayContaining(["CHANGELOG.md", "LICENSE", "README.md"]));
      expect(files.filter((file) => /(^|\/)(src|test)\/|\.test\.|\.tgz$/.test(file))).toEqual([]);
      const manifest = await readFile(at(`../../../${name.replace("@infonet/", "")}/package.json`), "utf8");
      const { repository, homepage, bugs, keywords } = JSON.parse(manifest);
      expect(repository.url).toBe("git+https://github.com/infonet-mi/infonet.git");
      expect(homepage).toMatch(/^https:\/\//);
      expect(bugs).toMatch(/^https:\/\//);
      expect(keywords.length).toBeGreaterThan(3);
      expect(manifest).not.toContain('"source"');
    },
  );

  test("cite the documentation by its address", async () => {
    for (const name of ["infonet", "@infonet/cli"]) {
      const inside = join(folder, "node_modules", name);
      const readme = await readFile(join(inside, "README.md"), "utf8");
      const text = `${readme}\n${await textOf(join(inside, "dist"))}`;
      expect(text.match(/(?<!blob\/main\/)docs\/[a-z-]+\.md/g)).toBeNull();
    }
  });
});

describe("Node", () => {
  test("runs the command", async () => {
    const { stdout } = await run("npx", ["--no-install", "infonet", "matrix", PENGUINS], { cwd: folder });
    expect(stdout).toMatch(/penguins\.csv · 344 rows · 7 columns/);
    const own = await node("node_modules/infonet/bin/infonet.js", "--version");
    expect(own.stdout).toBe("0.1.0\n");
  });

  test.each(["program.mjs", "program.cjs"])("imports or requires the library: %s", async (file) => {
    expect(await node(file)).toEqual({ stdout: "true\n", stderr: "" });
  });

  test("is told that a test environment has other arrays than native code", async () => {
    const script = `
      globalThis.Float32Array = class extends Float32Array {};
      await import("./program.mjs");
    `;
    const { stdout } = await node("--input-type=module", "-e", script);
    expect(stdout).toMatch(
      /^InfoNetError runtime Float32Array is not Node's own here, as in .* Jest and jsdom,/,
    );
  });

  test("is told what to install for mine", async () => {
    const script = `
      import { mine } from "infonet/classical";
      const x = Array.from({ length: 100 }, (_, i) => Math.sin(i * i));
      await mine(x, x).catch(({ name, code, message }) => console.log(name, code, message));
    `;
    const { stdout } = await node("--input-type=module", "-e", script);
    expect(stdout).toMatch(
      /^InfoNetError runtime mine needs jax-onnx and @jax-js\/jax, which cannot be loaded \(.*\); npm i jax-onnx @jax-js\/jax\n$/,
    );
  });

  test("is told what to install where the optional packages were left out", async () => {
    const lean = await leaner(installation);
    try {
      const bin = join(lean, "node_modules/infonet/bin/infonet.js");
      await expect(run(process.execPath, [bin, "matrix"])).rejects.toMatchObject({
        code: 1,
        stderr: "infonet: the command is not installed; npm i @infonet/cli, or npx @infonet/cli.\n",
      });
      await copyFile(join(folder, "program.mjs"), join(lean, "program.mjs"));
      const { stdout } = await run(process.execPath, ["program.mjs"], { cwd: lean });
      const { version } = JSON.parse(
        await readFile(join(folder, "node_modules/onnxruntime-node/package.json"), "utf8"),
      );
      expect(stdout).toBe(
        `InfoNetError runtime onnxruntime-node is not installed, which runs the network in Node; npm i onnxruntime-node@${version} --ignore-scripts\n`,
      );
    } finally {
      await rm(lean, { recursive: true, force: true });
    }
  });
});

describe("strict TypeScript compiles, libraries included", () => {
  const strict = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noEmit: true,
    // TypeScript's own libraries are not what is tested; those of packages are checked.
    skipDefaultLibCheck: true,
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    types: [],
  };

  test.each([
    ["nodenext", { module: "nodenext" }, ["strict.mts", "strict.cts"]],
    ["bundler", { module: "esnext", moduleResolution: "bundler" }, ["strict.ts"]],
  ])("%s", async (name, options, files) => {
    for (const file of files) await copyFile(at("strict.ts"), join(folder, file));
    const config = join(folder, `tsconfig.${name}.json`);
    await writeFile(config, JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
    const told = await run(process.execPath, [TSC, "-p", config]).catch(({ stdout }) => ({ stdout }));
    expect(told.stdout).toBe("");
  });
});

const BUNDLED =
  /^InfoNetError model [a-z0-9.-]+ of the model that comes with infonet cannot be read \(.*\); infonet was bundled: keep it external \(.*`externals`.*\), or pass its `model` folder, see https:\/\/.*\n$/;

describe("esbuild for Node", () => {
  test.each(["esm", "cjs"] as const)("%s: keeps the library external, or is told to", async (format) => {
    const bundle = async (name: string, external: string[]): Promise<string> => {
      const outfile = join(folder, "bundles", `${name}.${format === "esm" ? "mjs" : "cjs"}`);
      const entryPoints = [join(folder, "program.mjs")];
      const settings = { bundle: true, platform: "node", format, external, logLevel: "silent" } as const;
      await esbuild.build({ ...settings, entryPoints, outfile });
      return (await node(outfile)).stdout;
    };
    expect(await bundle("external", ["infonet"])).toBe("true\n");
    expect(await bundle("whole", ["onnxruntime-node", "onnxruntime-web", "@jax-js/jax", "jax-onnx"])).toMatch(
      BUNDLED,
    );
  });
});

/** Bundles with webpack; its complaints are the error. */
function bundleWithWebpack(configuration: Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack({ mode: "development", devtool: false, ...configuration }, (error, stats) => {
      if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString()));
      else resolve();
    });
  });
}

describe("webpack for Node", () => {
  const bundle = async (name: string, externals: string[]): Promise<string> => {
    const path = join(folder, "bundles", name);
    await bundleWithWebpack({
      target: "node20",
      context: folder,
      entry: "./program.mjs",
      output: { path, filename: "main.mjs", module: true, chunkFormat: "module" },
      experiments: { outputModule: true },
      externalsType: "module-import",
      externals,
    });
    return (await node(join(path, "main.mjs"))).stdout;
  };

  test("keeps the library external", async () => {
    expect(await bundle("webpack-external", ["infonet"])).toBe("true\n");
  });

  test("or copies the model beside the bundle", async () => {
    expect(await bundle("webpack-whole", ["onnxruntime-node"])).toBe("true\n");
  });
});

describe.skipIf(!hasChromium)("a page", () => {
  const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
  const PLACES = '{ model: "/model/", wasm: "/ort/", worker: "/site/esbuild/threads.js" }';
  /** Asks for a pair and a matrix, without threads and with some; `run(true)` for all that a page can be asked for. */
  const script = (load: string, places = "{}"): string => `
    ${load}
    const places = ${places};
    globalThis.run = async (all) => {
      try {
        const net = await InfoNet.load(${places});
        const x = Array.from({ length: 100 }, (_, i) => Math.sin(i * i));
        const { mi, pValue } = await net.estimate(x, x);
        const table = Object.fromEntries(
          Array.from({ length: 8 }, (_, k) => ["c" + k, x.map((v, i) => v * k + Math.cos(i * i * (k + 1)))]),
        );
        const one = JSON.stringify(await net.matrix(table));
        await net.dispose();
        let workers = 0;
        globalThis.Worker = class extends Worker {
          constructor(...given) {
            super(...given);
            workers++;
          }
        };
        const bytes = [];
        const onProgress = ({ done, total }) => bytes.push(done / total);
        const threads = await InfoNet.load({ ...places, threads: all ? 3 : 2, warmup: all, onProgress });
        const cells = [];
        const three = JSON.stringify(await threads.matrix(table, { onPairs: (more) => cells.push(...more) }));
        const found = [mi > 3, pValue < 1e-10, one === three, workers, cells.length, bytes.at(-1)];
        if (!all) {
          await threads.dispose();
          return found;
        }
        const [{ dx }] = await threads.gradientMany(Array(20).fill([x, x]), { through: "estimate" });
        await threads.dispose();
        const stopped = await InfoNet.load({ ...places, signal: AbortSignal.abort() }).catch(({ name }) => name);
        return [...found, dx.length, stopped];
      } catch ({ name, code, message }) {
        return [name, code, message];
      }
    };
    globalThis.ready = true;
  `;
  const html = (address: string): string => `<!doctype html><script type="module" src="${address}"></script>`;
  const page = (address: string, policy = POLICY): Page => ({ html: html(address), policy });
  const MAP =
    '<script type="importmap">{ "imports": { "infonet": "/infonet/dist/browser/index.js" } }</script>';

  let host: StaticHost;
  let browser: Browser;
  let site: string;

  beforeAll(async () => {
    site = join(folder, "site");
    await mkdir(site);
    await writeFile(join(site, "index.html"), html("./vite.js"));
    await writeFile(join(site, "vite.js"), script(IMPORT));
    await writeFile(join(site, "esbuild-entry.js"), script(IMPORT, PLACES));
    await writeFile(join(site, "webpack.js"), script(IMPORT));
    await writeFile(join(site, "plain.js"), script(IMPORT, '{ wasm: "/ort/" }'));
    await writeFile(join(site, "no-wasm.js"), script(IMPORT));
    await vite({ root: site, configFile: false, logLevel: "error", build: { target: "es2022" } });
    await writeFile(join(site, "threads-entry.js"), 'import "infonet/worker";');
    await esbuild.build({
      entryPoints: {
        main: join(site, "esbuild-entry.js"),
        threads: join(site, "threads-entry.js"),
      },
      outdir: join(site, "esbuild"),
      bundle: true,
      format: "esm",
      logLevel: "silent",
    });
    await bundleWithWebpack({
      mode: "production",
      context: site,
      entry: "./webpack.js",
      output: { path: join(site, "webpack"), filename: "main.js", publicPath: "/site/webpack/" },
    });
    await bundleWithWebpack({
      mode: "production",
      context: site,
      entry: "./webpack.js",
      output: { path: join(site, "relative"), filename: "main.js", publicPath: "/site/relative/" },
      optimization: { minimize: false },
      module: { parser: { javascript: { url: "relative" } } },
    });
    // The two files that a page needs of onnxruntime-web, and no other.
    await mkdir(join(site, "ort"));
    for (const ending of ["mjs", "wasm"]) {
      const file = `ort-wasm-simd-threaded.${ending}`;
      await copyFile(join(folder, "node_modules/onnxruntime-web/dist", file), join(site, "ort", file));
    }
    const library = join(folder, "node_modules/infonet");
    const made = (await readdir(join(site, "dist/assets"))).find((file) => /^index-.*\.js$/.test(file));
    const mapped = (address: string): Page => ({ html: `<!doctype html>${MAP}${html(address)}` });
    host = await serve(
      {
        "/vite": page(`/assets/${made}`),
        "/esbuild": page("/site/esbuild/main.js"),
        "/webpack": page("/site/webpack/main.js"),
        "/relative": page("/site/relative/main.js"),
        "/plain": mapped("/site/plain.js"),
        "/no-wasm": mapped("/site/no-wasm.js"),
        "/strict": page("/site/esbuild/main.js", "script-src 'self'; connect-src 'self'"),
      },
      [
        ["/model/", join(library, "model")],
        ["/infonet/", library],
        ["/ort/", join(site, "ort")],
        ["/site/", site],
        ["/", join(site, "dist")],
      ],
    );
    browser = await openChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });

  const opened = async (place: string, all = false): Promise<unknown> => {
    const tab = await browser.newPage();
    await tab.goto(host.origin + place);
    await tab.waitForFunction("globalThis.ready");
    const result = await tab.evaluate(`run(${all})`);
    await tab.close();
    return result;
  };

  test("of Vite, as it comes, under a content security policy", async () => {
    expect(await opened("/vite", true)).toEqual([true, true, true, 3, 28, 1, 100, "AbortError"]);
  });

  test.each([
    ["of webpack, as it comes, under the same policy", "/webpack"],
    ["of webpack with addresses that have no origin, as Next.js has them", "/relative"],
    ["of esbuild, model and WebAssembly served apart, under the same policy", "/esbuild"],
    ["without a bundler: an import map, one file, two of onnxruntime-web", "/plain"],
  ])("%s", async (_, place) => {
    expect(await opened(place)).toEqual([true, true, true, 2, 28, 1]);
  });

  test("is told that its policy forbids WebAssembly", async () => {
    expect(await opened("/strict")).toEqual([
      "InfoNetError",
      "runtime",
      expect.stringMatching(
        /^this page may not compile WebAssembly \(.*\); allow 'wasm-unsafe-eval' in the script-src/,
      ),
    ]);
  });

  test("is told which files of onnxruntime-web it lacks", async () => {
    expect(await opened("/no-wasm")).toEqual([
      "InfoNetError",
      "runtime",
      expect.stringMatching(
        /^ONNX Runtime does not start \(.*\); pass `wasm`, the folder with ort-wasm-simd-threaded\.mjs/,
      ),
    ]);
  });

  test("carries neither DuckDB nor jax-js", async () => {
    for (const bundle of [join(site, "dist"), join(site, "esbuild")]) {
      const text = await textOf(bundle);
      expect(text.includes("InfoNetError")).toBe(true);
      expect(text.match(/duckdb|jax-js|jax-onnx|onnxruntime-node|observablehq/gi)).toBeNull();
    }
  });
});
