/** One file for pages without a bundler, made of the built package: everything but WebAssembly and the model. */

import { defineConfig } from "rolldown";

const NOTICE =
  "/*! infonet, Apache-2.0. Contains onnxruntime-web (Copyright Microsoft Corporation), zod (Copyright Colin McDonnell), " +
  "pure-rand (Copyright Nicolas Dubien) and fastest-levenshtein (Copyright Kasper Unn Weihe) under the MIT licence, https://opensource.org/license/mit */";

export default defineConfig({
  input: "dist/index.js",
  platform: "browser",
  // The paths of the workspace lead to Node's platform, the package's own imports to the browser's.
  tsconfig: false,
  logLevel: "warn",
  // The same distance from the model as the modules that it is made of.
  output: {
    file: "dist/browser/index.js",
    format: "esm",
    codeSplitting: false,
    minify: true,
    postBanner: NOTICE,
  },
});
