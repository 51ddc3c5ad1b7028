import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts" },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  copy: [{ from: "../../CHANGELOG.md", to: "." }],
});
