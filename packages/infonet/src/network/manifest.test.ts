import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mutated } from "../testing/mutations.js";
import { checkManifest, type Manifest, type ReadModelFile, readChecked, readManifest } from "./manifest.js";

const released = JSON.parse(
  readFileSync(new URL("../../model/model.json", import.meta.url), "utf8"),
) as Manifest;

const files = (content: Record<string, string>): ReadModelFile => {
  return async (file) => {
    if (content[file] === undefined) throw new Error("ENOENT");
    return new TextEncoder().encode(content[file]);
  };
};

/** The released manifest with a change. */
const changed = (change: (manifest: Manifest) => unknown): string => {
  const copy = structuredClone(released);
  change(copy);
  return JSON.stringify(copy);
};
const graph = (name: string, batch: number) => ({ file: name, sha256: "0".repeat(64), batch });

describe("model.json is refused, and the wrong part named,", () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ["missing", {}, /^model\.json of the model cannot be read \(ENOENT\); check the `model` option/],
    ["empty", { "model.json": "" }, /^model\.json is empty\. Take a folder/],
    ["a page", { "model.json": "<!DOCTYPE html><title>404</title>" }, /^model\.json is an HTML page\./],
    ["not JSON", { "model.json": '{"format":2,' }, /^model\.json is not JSON\./],
    ["null", { "model.json": "null" }, /^model\.json is null; it must be an object\./],
    ["a list", { "model.json": "[]" }, /^model\.json is a list of 0; it must be an object\./],
    ["a number", { "model.json": "7" }, /^model\.json is 7; it must be an object\./],
    ["an empty object", { "model.json": "{}" }, /^model\.json: format is missing; it must be 2, which/],
    [
      "of another format",
      { "model.json": changed((m) => Object.assign(m, { format: 7 })) },
      /format is 7; it must be 2, which this version of infonet reads\. Take .* `npm run export`\.$/,
    ],
    [
      "without graphs of values",
      { "model.json": changed((m) => Reflect.deleteProperty(m.files, "values")) },
      /files\.values is missing; it must be a list of graphs of values \(`npm run graphs` adds them\)/,
    ],
    [
      "without range",
      { "model.json": changed((m) => Object.assign(m, { range: {} })) },
      /range\.n is missing/,
    ],
    [
      "with null for range",
      { "model.json": changed((m) => Object.assign(m, { range: null })) },
      /range is null; it must be an object/,
    ],
    [
      "with descending sizes",
      { "model.json": changed((m) => m.range.n.reverse()) },
      /range\.n is a list of 2; it must be two whole numbers .* in this order/,
    ],
    [
      "of ceiling 0",
      { "model.json": changed((m) => Object.assign(m.range, { ceiling: 0 })) },
      /range\.ceiling is 0/,
    ],
    [
      "with a number as hash",
      { "model.json": changed((m) => Object.assign(m.files.densities[1], { sha256: 3 })) },
      /model\.json: files\.densities\[1\]\.sha256 is 3; it must be a SHA-256 hash, 64 digits/,
    ],
    [
      "without a hash",
      { "model.json": changed((m) => Reflect.deleteProperty(m.files.weights, "sha256")) },
      /files\.weights\.sha256 is missing/,
    ],
    [
      "with a hash in capitals",
      { "model.json": changed((m) => Object.assign(m.files.weights, { sha256: "A".repeat(64) })) },
      /files\.weights\.sha256 is "AAA/,
    ],
    ...[0, -1, 1.5, "1", 1e9, null].map((batch): [string, Record<string, string>, RegExp] => [
      `of batch ${JSON.stringify(batch)}`,
      { "model.json": changed((m) => Object.assign(m.files.values[0], { batch })) },
      /files\.values\[0\]\.batch is .*; it must be a whole number from 1 to 4096/,
    ]),
    [
      "with one batch twice",
      { "model.json": changed((m) => m.files.values.push(graph("more.onnx", 1))) },
      /files\.values\[3\]\.batch is 1; it must be a batch that no other graph/,
    ],
    [
      "with one file twice",
      { "model.json": changed((m) => m.files.values.push(graph("Density-1.onnx", 2))) },
      /files\.densities\[0\]\.file is "density-1\.onnx"; it must be a name that no other part has/,
    ],
    [
      "without a median",
      { "model.json": changed((m) => m.quantiles.splice(4, 1)) },
      /quantiles is a list of 8; it must be levels of which one is 0\.5/,
    ],
    [
      "with quantiles in disorder",
      { "model.json": changed((m) => m.quantiles.reverse()) },
      /quantiles\[1\] is 0\.9; it must be above 0\.95/,
    ],
    [
      "with a quantile of 1",
      { "model.json": changed((m) => m.quantiles.push(1)) },
      /quantiles\[9\] is 1; it must be a number between 0 and 1/,
    ],
  ])("%s", async (_, content, message) => {
    await expect(readManifest(files(content))).rejects.toThrow(message);
    await expect(readManifest(files(content))).rejects.toMatchObject({ name: "InfoNetError", code: "model" });
  });

  test.each([
    "/etc/passwd",
    "../weights.onnx",
    "..",
    ".",
    ".hidden",
    "a/b.onnx",
    "a\\b.onnx",
    "C:weights.onnx",
    "https://host/weights.onnx",
    "data:,weights",
    "weights.onnx\0",
    "weights.onnx?x",
    "weights%2e",
    "we ights",
    "model.json",
    "MODEL.json",
    "",
    "-weights",
    "a".repeat(101),
    3,
    null,
    ["weights.onnx"],
  ])("naming %j as a file", async (file) => {
    const content = { "model.json": changed((m) => Object.assign(m.files.weights, { file })) };
    await expect(readManifest(files(content))).rejects.toThrow(
      /files\.weights\.file is .*; it must be the plain name of another file of the model/,
    );
  });
});

test("what else model.json holds does not matter", async () => {
  const { config: _, training: __, ...known } = { ...released } as Manifest & Record<string, unknown>;
  const content = { "model.json": changed((m) => Object.assign(m, { licence: "free" })) };
  expect(await readManifest(files(content))).toEqual(known);
  expect(checkManifest(released)).toEqual(known);
});

test("any change of the released manifest is read or refused as a model's fault", async () => {
  await fc.assert(
    fc.asyncProperty(mutated(released), async (value) => {
      const content = { "model.json": JSON.stringify(value) ?? "" };
      const read = await readManifest(files(content)).catch((error: unknown) => error);
      if (read instanceof Error) expect(read).toMatchObject({ name: "InfoNetError", code: "model" });
      else expect(checkManifest(read)).toEqual(read);
    }),
    { numRuns: 1000 },
  );
});

test("a file is accepted with its hash and refused with another, empty, or as a page", async () => {
  const read = files({ "weights.onnx": "abc", "empty.onnx": "", "page.onnx": "\n<html>Not found</html>" });
  const sha256 = createHash("sha256").update("abc").digest("hex");
  const abc = await readChecked(read, { file: "weights.onnx", sha256 }, 3);
  expect(new TextDecoder().decode(abc)).toBe("abc");
  const wrong = (file: string) => readChecked(read, { file, sha256: "0".repeat(64) }, 100);
  await expect(wrong("weights.onnx")).rejects.toThrow(
    /^weights\.onnx has 3 bytes with SHA-256 ba7816bf8f01….*000000000000….*copy the model again/,
  );
  await expect(wrong("empty.onnx")).rejects.toThrow(/^empty\.onnx has 0 bytes/);
  await expect(wrong("page.onnx")).rejects.toThrow(/^page\.onnx is an HTML page with SHA-256/);
  await expect(wrong("none.onnx")).rejects.toMatchObject({ code: "model" });
});
