import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "entries/copula": "src/entries/copula.ts",
    "entries/release": "src/entries/release.ts",
    "classical/index": "src/classical/index.ts",
    "jax/index": "src/jax/index.ts",
    // An entry of its own, so that it lies as far from the model as its source.
    "platform/bundled": "src/platform/bundled.ts",
    "platform/node": "src/platform/node.ts",
    "platform/onnxruntime": "src/platform/onnxruntime.ts",
    // An entry of its own, so that it lies beside the worker that it starts.
    "platform/pool": "src/platform/pool.ts",
    "platform/web": "src/platform/web.ts",
    // Entries of their own for the same reason.
    "platform/web-pool": "src/platform/web-pool.ts",
    "platform/web-worker": "src/platform/web-worker.ts",
    "platform/web-worker-module": "src/platform/web-worker-module.ts",
    "platform/worker": "src/platform/worker.ts",
  },
  platform: "neutral",
  // The package itself chooses the platform when it is imported (package.json, "imports").
  deps: { neverBundle: [/^#/, /^node:/] },
  // Where a program stops in the library, its sources are shown: they lie in the maps, not in the package.
  sourcemap: true,
  dts: true,
  // `await using` of an InfoNet; programs that do not ask for it may compile with an older library of types.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  copy: [{ from: "../../CHANGELOG.md", to: "." }],
});
