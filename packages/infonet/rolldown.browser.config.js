/**
 * Files for pages without a bundler, made of the built package: the library and the script of its workers, each in one, with
 * everything but WebAssembly and the model.
 */

import { defineConfig } from "rolldown";

const NOTICE =
  "/*! infonet, Apache-2.0. Contains onnxruntime-web (Copyright Microsoft Corporation), zod (Copyright Colin McDonnell), " +
  "pure-rand (Copyright Nicolas Dubien) and fastest-levenshtein (Copyright Kasper Unn Weihe) under the MIT licence, https://opensource.org/license/mit */";

const file = (input, name) => ({
  input,
  platform: "browser",
  // The paths of the workspace lead to Node's platform, the package's own imports to the browser's.
  tsconfig: false,
  logLevel: "warn",
  // The same distance from the model as the modules that it is made of.
  output: {
    file: `dist/browser/${name}.js`,
    format: "esm",
    codeSplitting: false,
    minify: true,
    postBanner: NOTICE,
  },
});

export default defineConfig([
  file("dist/index.js", "index"),
  // Beside the library, where that looks for it.
  file("dist/platform/web-worker.js", "web-worker"),
]);
