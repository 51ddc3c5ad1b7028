import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type ReadModelFile, readChecked, readManifest } from "./manifest.js";

const files = (content: Record<string, string>): ReadModelFile => {
  return async (file) => {
    if (content[file] === undefined) throw new Error("ENOENT");
    return new TextEncoder().encode(content[file]);
  };
};

test.each([
  ["missing", {}, /model\.json of the model cannot be read \(ENOENT\)/],
  ["not JSON", { "model.json": "<html>" }, /model\.json is not JSON/],
  [
    "of another format",
    { "model.json": '{"format":7}' },
    /has format 7; this version of infonet reads format 1/,
  ],
  ["incomplete", { "model.json": '{"format":1,"quantiles":[0.5]}' }, /incomplete/],
  [
    "without graphs of values",
    {
      "model.json": JSON.stringify({
        format: 1,
        quantiles: [0.5],
        range: {},
        files: { weights: {}, graphs: [{}] },
      }),
    },
    /names no graphs of values; add them with `npm run graphs`/,
  ],
])("a manifest that is %s is refused with the remedy", async (_, content, message) => {
  await expect(readManifest(files(content))).rejects.toThrow(message);
  await expect(readManifest(files(content))).rejects.toMatchObject({ name: "InfoNetError", code: "model" });
});

test("a file is accepted with its hash and refused with another", async () => {
  const read = files({ "weights.onnx": "abc" });
  const sha256 = createHash("sha256").update("abc").digest("hex");
  expect(new TextDecoder().decode(await readChecked(read, { file: "weights.onnx", sha256 }))).toBe("abc");
  const wrong = { file: "weights.onnx", sha256: "0".repeat(64) };
  await expect(readChecked(read, wrong)).rejects.toThrow(
    /weights\.onnx has SHA-256 ba7816bf8f01….*000000000000/,
  );
});
