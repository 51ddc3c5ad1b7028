import { expect, test } from "vitest";
import { readManifest } from "../network/manifest.js";
import { bundledLargeFiles } from "./bundled.js";
import { DOCUMENTS } from "./documents.js";
import { platform } from "./node.js";
import { runtimeError } from "./onnxruntime.js";

test("every file of the bundled model has its address, and no other is asked for", async () => {
  const read = platform.modelFiles();
  const { files } = await readManifest(read);
  const { weights, values, densities, gradients = [], ...tables } = files;
  const large = [weights, ...values, ...densities, ...gradients].map(({ file }) => file);
  const small = Object.values(tables).map(({ file }) => file);
  const apart = small.filter((file) => !Object.hasOwn(DOCUMENTS, file));
  expect(Object.keys(bundledLargeFiles()).sort()).toEqual([...large, ...apart].sort());
  for (const file of small) expect((await read(file, 1 << 20)).length).toBeGreaterThan(100);
  expect((await read("weights.onnx", 1 << 28)).length).toBeGreaterThan(1e6);
  await expect(read("other.onnx", 10)).rejects.toMatchObject({
    code: "model",
    message: "other.onnx is no file of the model that comes with infonet.",
  });
});

test("a file that cannot be read where the package lies: it is installed again", async () => {
  await expect(platform.modelFiles()("weights.onnx", 10)).rejects.toMatchObject({
    code: "model",
    message: expect.stringMatching(
      /^weights\.onnx of the model that comes with infonet cannot be read \(.* has more than the 10 bytes .*\); install the package again, see https:/,
    ),
  });
});

test("a runtime that is missing, and one that does not load", () => {
  const missing = Object.assign(new Error("Cannot find package 'onnxruntime-node' imported from a.js"), {
    code: "ERR_MODULE_NOT_FOUND",
  });
  expect(runtimeError(missing)).toMatchObject({
    code: "runtime",
    message: expect.stringMatching(
      /^onnxruntime-node is not installed, .*; npm i onnxruntime-node@1\.\d+\.\d+ --ignore-scripts$/,
    ),
  });
  expect(runtimeError(new Error("GLIBC_2.99 not found"))).toMatchObject({
    code: "runtime",
    message: expect.stringMatching(
      /^onnxruntime-node cannot be loaded \(GLIBC_2\.99 not found\); it runs on/,
    ),
  });
});
