import { defineConfig } from "tsdown";

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/evaluate/index.ts",
    "src/bin/*.ts",
    "src/stream/worker.ts",
    "src/release/null-worker.ts",
    "!src/**/*.test.ts",
  ],
  platform: "node",
  // The dist tree mirrors the sources, so that a worker file is found beside the module that starts it.
  unbundle: true,
  fixedExtension: false,
  dts: true,
});
