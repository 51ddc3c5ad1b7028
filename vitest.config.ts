import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { paths } = JSON.parse(readFileSync(at("tsconfig.base.json"), "utf8")).compilerOptions as {
  paths: Record<string, [string]>;
};

/** The sources of the packages by the names that they are imported by, as TypeScript finds them. */
const alias = Object.entries(paths).map(([name, [source]]) =>
  name.endsWith("/*")
    ? {
        find: new RegExp(`^${name.slice(0, -1)}(.*)\\.js$`),
        replacement: at(source.replace("*", "$1.ts")),
      }
    : { find: new RegExp(`^${name}$`), replacement: at(source) },
);

// Two projects: `unit` runs the sources directly; `built` runs what users get, the dist folders, and holds every test
// that starts a process, a worker thread or a browser.
export default defineConfig({
  test: {
    // One more than there are cores: many tests wait for processes, pages and timers.
    maxWorkers: availableParallelism() + 1,
    globalSetup: at("vitest.temporary.ts"),
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: [
            "architecture/*.test.ts",
            "packages/*/src/**/*.test.ts",
            "bench/src/**/*.test.ts",
            "examples/src/**/*.test.ts",
            "apps/*/src/**/*.test.ts",
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Files share their modules, which halves the time: no test changes what another one imports.
          isolate: false,
        },
      },
      {
        test: {
          name: "built",
          include: [
            "architecture/test/*.test.ts",
            "packages/*/test/**/*.test.ts",
            "examples/test/**/*.test.ts",
            "apps/*/test/**/*.test.ts",
          ],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
