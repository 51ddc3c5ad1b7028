import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { checkManifest } from "../network/manifest.js";
import { DOCUMENTS } from "./documents.js";

const released = (file: string): Promise<string> =>
  readFile(new URL(`../../model/${file}`, import.meta.url), "utf8");

test.each(["null.json", "calibration.json", "counts.json"])(
  "%s in the script is the file, byte for byte",
  async (file) => {
    expect(DOCUMENTS[file]).toBe(await released(file));
  },
);

test("model.json in the script says what the file says, and the tables that every page needs are there", async () => {
  const manifest = JSON.parse(DOCUMENTS["model.json"]);
  expect(manifest).toEqual(JSON.parse(await released("model.json")));
  const { files } = checkManifest(manifest);
  const named = [files.null?.file, files.calibration?.file, files.counts?.file].filter(
    (file) => file !== undefined,
  );
  expect(Object.keys(DOCUMENTS).sort()).toEqual(["model.json", ...named].sort());
});
