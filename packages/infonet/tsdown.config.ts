import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", "copula/index": "src/copula/index.ts" },
  platform: "neutral",
  dts: true,
  sourcemap: false,
});
