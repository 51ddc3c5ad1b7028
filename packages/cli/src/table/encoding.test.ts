import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tempFile } from "../testing/files.js";
import { asUtf8, type Utf8Options } from "./encoding.js";
import { makeScratch } from "./scratch.js";

async function read(bytes: Uint8Array, options?: Utf8Options) {
  const path = tempFile("table.csv", bytes);
  const scratch = makeScratch();
  const file = await asUtf8(path, scratch, options);
  const result = {
    encoding: file.encoding,
    same: file.path === path,
    text: readFileSync(file.path, "utf8").replace(/^\ufeff/, ""),
  };
  await scratch.remove();
  expect(existsSync(path)).toBe(true);
  expect(existsSync(file.path)).toBe(result.same);
  return result;
}

const swap = (text: string) => Buffer.from(text, "utf16le").swap16();

describe("asUtf8", () => {
  test("leaves UTF-8 where it is", async () => {
    const text = "größe,x\nα,😀\n";
    expect(await read(Buffer.from(text))).toEqual({ encoding: undefined, same: true, text });
  });

  test("leaves out the byte order mark of UTF-8 where it is not wanted", async () => {
    const bytes = Buffer.from("\ufeff[1]");
    expect(await read(bytes)).toMatchObject({ encoding: undefined, same: true });
    expect(await read(bytes, { withoutMark: true })).toEqual({
      encoding: undefined,
      same: false,
      text: "[1]",
    });
    expect((await read(Buffer.from("[1]"), { withoutMark: true })).same).toBe(true);
  });

  test("reads UTF-16 by its byte order mark and removes the copy", async () => {
    const text = "größe,x\nα,😀\n";
    const little = { encoding: "utf-16le", same: false, text };
    expect(await read(Buffer.from(`\ufeff${text}`, "utf16le"))).toEqual(little);
    expect(await read(swap(`\ufeff${text}`))).toEqual({ ...little, encoding: "utf-16be" });
  });

  test("reads UTF-16 without a mark by its zero bytes", async () => {
    const text = "name,value\nabc,1\n";
    expect(await read(Buffer.from(text, "utf16le"))).toMatchObject({ encoding: "utf-16le", text });
    expect(await read(swap(text))).toMatchObject({ encoding: "utf-16be", text });
  });

  test("takes what is not UTF-8 for Windows-1252", async () => {
    const bytes = Buffer.from("gr\xf6\xdfe,\x80\n", "latin1");
    expect(await read(bytes)).toEqual({ encoding: "windows-1252", same: false, text: "größe,€\n" });
    expect(await read(Buffer.from("cut off: \xe2\x82", "latin1"))).toMatchObject({
      encoding: "windows-1252",
    });
  });

  test("is not misled by a character that lies across two pieces of the file", async () => {
    const piece = 1 << 20;
    for (const back of [1, 2, 3]) {
      const text = `${"a".repeat(piece - back)}😀\n`;
      expect((await read(Buffer.from(text))).same, `${back}`).toBe(true);
    }
  });
});
