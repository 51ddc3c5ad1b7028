import { describe, expect, test } from "vitest";
import { readColumns } from "./decide.js";
import type { AskedKind } from "./types.js";

function read(texts: readonly string[], asked?: AskedKind) {
  const different = [...new Set(texts)];
  const counts = different.map((text) => texts.filter((other) => other === text).length);
  const [reading] = readColumns([{ texts: different, counts, asked }]);
  if ("unusable" in reading) throw new Error(reading.unusable);
  return { ...reading, values: [...reading.values] };
}

describe("true and false", () => {
  test.each([
    [
      ["no", "yes"],
      ["no", "yes"],
    ],
    [
      ["Y", "N", "N"],
      ["N", "Y"],
    ],
    [
      ["FALSE", "TRUE"],
      ["false", "true"],
    ],
    [
      ["T", "F"],
      ["F", "T"],
    ],
    [
      ["off", "on"],
      ["off", "on"],
    ],
    [
      ["Ja", "Nein"],
      ["Nein", "Ja"],
    ],
    [
      ["yes", "Yes", "Yes", "NO", "no", "no"],
      ["no", "Yes"],
    ],
    [
      ["true", "false", "1", "0"],
      ["false", "true"],
    ],
    [
      ["Y", "n", "yes"],
      ["n", "Y"],
    ],
    [
      ["1", "0", "yes", "1"],
      ["no", "yes"],
    ],
    [
      ["yes", "no", "true", "false", "true", "false"],
      ["false", "true"],
    ],
  ])("%j", (texts, levels) => {
    const reading = read(texts);
    expect(reading).toMatchObject({ kind: "boolean", levels });
    const yes = new Set(["yes", "y", "true", "t", "on", "ja", "1"]);
    expect(reading.values).toEqual([...new Set(texts)].map((text) => Number(yes.has(text.toLowerCase()))));
  });

  test("are 1 and 0 where numbers are asked for, and names where categories are", () => {
    expect(read(["yes", "no"], "number")).toMatchObject({ kind: "number", values: [1, 0] });
    expect(read(["yes", "no"], "category")).toMatchObject({ kind: "category", levels: ["no", "yes"] });
  });

  test("are no other pairs, nor words beside others", () => {
    for (const texts of [
      ["N", "T"],
      ["F", "M"],
      ["yes", "no", "maybe"],
      ["on", "no"],
    ]) {
      expect(read([...texts, ...texts]).kind, texts.join()).toBe("category");
    }
    expect(read(["0", "1"]).kind).toBe("number");
  });
});

test("levels that differ in case alone are told", () => {
  const { levels, notes } = read([
    "Ulm",
    "ulm",
    "Bern",
    "ULM",
    "Bern",
    "Ulm",
    "a",
    "A",
    "a",
    "A",
    "ulm",
    "ULM",
  ]);
  expect(levels).toHaveLength(6);
  expect(notes.map(({ text }) => text)).toEqual([
    '"ULM" and "Ulm" differ only in case or blanks (and 1 more) and are levels of their own; write them alike if they mean the same',
  ]);
});
