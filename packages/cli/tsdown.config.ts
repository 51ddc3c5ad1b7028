import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { main: "src/main.ts" },
  platform: "node",
  dts: false,
  sourcemap: false,
});
