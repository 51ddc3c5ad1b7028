import { defineConfig } from "vitest/config";

// Two projects: `unit` runs the sources directly (export condition "source"); `built` runs what users
// get, the dist folders, and holds every test that starts a process, a worker thread or a browser.
export default defineConfig({
  test: {
    // All cores: by default one is left to the terminal.
    maxWorkers: "100%",
    projects: [
      {
        resolve: { conditions: ["source"] },
        ssr: { resolve: { conditions: ["source"] } },
        test: {
          name: "unit",
          include: [
            "architecture/*.test.ts",
            "packages/*/src/**/*.test.ts",
            "bench/src/**/*.test.ts",
            "examples/src/**/*.test.ts",
          ],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "built",
          include: [
            "architecture/test/*.test.ts",
            "packages/*/test/**/*.test.ts",
            "examples/test/**/*.test.ts",
          ],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
