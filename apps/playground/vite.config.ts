import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, defineConfig, type Plugin } from "vite";
import { PICTURES, TONES } from "../../packages/cli/src/report/style.js";
import { POLICY } from "../site/policy.mjs";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const OUT = at("../../site/playground");
/** Sources of the command that the page shares. */
const alias = [{ find: /^@infonet\/cli\/(.*)\.js$/, replacement: `${at("../../packages/cli/src")}/$1.ts` }];

/** What the worker begins with. */
const WORKER = /\/analysis\/worker\.ts$/;
/** What the first pair close up takes: its view, and the density that it is drawn of. */
const PAIR = /\/analysis\/pair-view\.ts$|\/infonet\/dist\/local-/;
/** What conditional information takes. */
const CONDITIONAL = /\/infonet\/dist\/conditional-(?!matrix)/;

interface Modules {
  getModuleInfo(id: string): { importers: string[] } | null;
}

const fileOf = (id: string): string => id.split("?")[0];

/** Whether a module is imported by such ones, or is one that can be, through any number of others. */
function isLoadedWith(root: RegExp, id: string, modules: Modules, seen = new Set<string>()): boolean {
  // The worker's own file stays one, as threads are started from it; helpers of the bundler belong to nobody.
  if (id.startsWith("\0") || (seen.size === 0 && WORKER.test(fileOf(id)))) return false;
  if (root.test(fileOf(id))) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  const importers = modules.getModuleInfo(id)?.importers ?? [];
  return importers.some((importer) => isLoadedWith(root, importer, modules, seen));
}

/** Writes the service worker, which names all files of the page. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    async closeBundle() {
      // What the page never asks for: threads run in its own script, and nothing is differentiated.
      const unused = /^assets\/(web-worker|gradient)-/;
      const names = (await readdir(OUT, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile() && entry.name !== "sw.js")
        .map((entry) => join(entry.parentPath, entry.name).slice(OUT.length + 1))
        .filter((name) => !unused.test(name))
        .sort();
      const hash = createHash("sha256");
      for (const name of names) hash.update(name).update(await readFile(join(OUT, name)));
      const files = ["./", ...names.filter((name) => name !== "index.html").map((name) => `./${name}`)];
      const made = await build({
        configFile: false,
        logLevel: "warn",
        publicDir: false,
        build: {
          write: false,
          target: "es2022",
          lib: { entry: at("service-worker.ts"), formats: ["es"], fileName: () => "sw.js" },
        },
        define: {
          FILES: JSON.stringify(files),
          VERSION: JSON.stringify(`infonet-${hash.digest("hex").slice(0, 12)}`),
        },
      });
      const [{ output }] = made as { output: { code: string }[] }[];
      await writeFile(join(OUT, "sw.js"), output[0].code);
    },
  };
}

/** Writes the content security policy into the page, where no host does. */
const policy: Plugin = {
  name: "policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
      injectTo: "head-prepend",
    },
  ],
};

/** Parts that are loaded later bring no style sheets, which is what the bundler would look for. */
const loading: Plugin = {
  name: "loading",
  enforce: "pre",
  load: (id) =>
    id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : undefined,
};

/** Colours and pictures are those of the command's reports. */
const styles: Plugin = {
  name: "styles",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("/src/style.css")) return undefined;
    const tones = `:root{${TONES.light}}@media(prefers-color-scheme:dark){:root{${TONES.dark}}}`;
    return code.replace("/* report: tones */", tones).replace("/* report: pictures */", PICTURES);
  },
};

export default defineConfig({
  root: at("."),
  // Wherever the site lies.
  base: "./",
  resolve: { alias },
  plugins: [styles, loading, policy, serviceWorker()],
  worker: {
    format: "es",
    rolldownOptions: {
      treeshake: {
        // They do not say so themselves, and a codec would bring all others along.
        moduleSideEffects: (id) => !/hyparquet-compressors|hysnappy|fzstd/.test(id),
        // d3-array makes searches and a shuffle as it is loaded, which nobody here asks for.
        manualPureFunctions: ["bisector", "shuffler"],
        propertyReadSideEffects: false,
      },
      output: {
        codeSplitting: {
          groups: [
            // Apart, so that the page's own size can be told.
            { name: "onnxruntime", test: /onnxruntime/, priority: 2 },
            // In one file each, as they are loaded together: many small ones take more, packed.
            { name: (id, modules) => (isLoadedWith(WORKER, id, modules) ? "core" : null), priority: 1 },
            { name: (id, modules) => (isLoadedWith(PAIR, id, modules) ? "pair" : null) },
            { name: (id, modules) => (isLoadedWith(CONDITIONAL, id, modules) ? "conditional" : null) },
          ],
        },
      },
    },
  },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    // The content security policy allows no fetch of data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
  },
});
