import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "copula/index": "src/copula/index.ts",
    "classical/index": "src/classical/index.ts",
    "jax/index": "src/jax/index.ts",
    "screen/calibration": "src/screen/calibration.ts",
    "screen/null-distribution": "src/screen/null-distribution.ts",
    "platform/node": "src/platform/node.ts",
    "platform/onnxruntime": "src/platform/onnxruntime.ts",
    "platform/web": "src/platform/web.ts",
    "platform/worker": "src/platform/worker.ts",
  },
  platform: "neutral",
  // The package itself chooses the platform when it is imported (package.json, "imports").
  deps: { neverBundle: [/^#/, /^node:/] },
  dts: true,
  sourcemap: false,
});
