import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { main: "src/main.ts", docs: "src/docs.ts", matrix: "src/matrix.ts" },
  platform: "node",
  fixedExtension: false,
  dts: false,
});
