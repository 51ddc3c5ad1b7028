import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "entries/copula": "src/entries/copula.ts",
    "classical/index": "src/classical/index.ts",
    "jax/index": "src/jax/index.ts",
    "network/manifest": "src/network/manifest.ts",
    "inference/calibration": "src/inference/calibration.ts",
    "inference/null-distribution": "src/inference/null-distribution.ts",
    "platform/node": "src/platform/node.ts",
    "platform/onnxruntime": "src/platform/onnxruntime.ts",
    // An entry of its own, so that it lies beside the worker that it starts.
    "platform/pool": "src/platform/pool.ts",
    "platform/web": "src/platform/web.ts",
    "platform/worker": "src/platform/worker.ts",
  },
  platform: "neutral",
  // The package itself chooses the platform when it is imported (package.json, "imports").
  deps: { neverBundle: [/^#/, /^node:/] },
  dts: true,
  sourcemap: false,
});
