import { linkSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFile, tempFolder } from "../testing/files.js";
import { findPlaces } from "./outputs.js";

test("every file has a place of its own, under whatever names; stdout is one where the result goes there", async () => {
  const first = tempFile("a.svg", "");
  const second = join(tempFolder(), "b.html");
  linkSync(first, second);
  const two = (first: string, second: string): RegExp =>
    new RegExp(`^${first} .* and ${second} .* are one file; choose two\\.$`);
  await expect(findPlaces({ svg: first, report: second }, [], {})).rejects.toThrow(two("--svg", "--report"));
  await expect(findPlaces({ out: first, report: second }, [], {})).rejects.toThrow(two("--out", "--report"));
  await expect(findPlaces({ out: first, svg: first }, [], {})).rejects.toThrow(
    `--out and --svg both name ${first}; choose two files.`,
  );
  await expect(findPlaces({ svg: first }, [second], {})).rejects.toThrow(`--svg ${first} is the input file`);

  const outFile = statSync(first);
  await expect(findPlaces({ svg: first }, [], { outFile })).rejects.toThrow("is where stdout goes");
  const out = join(tempFolder(), "result.json");
  const places = await findPlaces({ out, svg: first }, [], { outFile });
  expect(places.out?.path).toBe(out);
  expect(places.svg?.path).toBe(first);
  expect(places.report).toBeUndefined();
});
