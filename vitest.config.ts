import { defineConfig } from "vitest/config";

// Two projects: `unit` runs the sources directly, found by the `paths` of tsconfig.base.json; `built` runs what users
// get, the dist folders, and holds every test that starts a process, a worker thread or a browser.
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { tsconfigPaths: true },
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
