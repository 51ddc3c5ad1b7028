import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { main: "src/main.ts", worker: "src/worker.ts" },
  platform: "node",
  fixedExtension: false,
  dts: false,
  copy: [{ from: "../../CHANGELOG.md", to: "." }],
});
