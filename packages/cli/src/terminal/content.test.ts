import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../testing/files.js";
import { blocks, systemReason, writeAll } from "./content.js";

describe("blocks", () => {
  test("puts small pieces together, and only as many as are worth a system call", async () => {
    const line = `${"größe ".repeat(10)}\n`;
    let made = 0;
    function* lines(): Generator<string> {
      for (; made < 100_000; made++) yield line;
    }
    const sizes: number[] = [];
    for await (const block of blocks(lines())) {
      if (sizes.length === 0) expect(made).toBeLessThan(2000);
      sizes.push(block.length);
    }
    expect(Math.max(...sizes)).toBeLessThan(1 << 18);
    expect(sizes.length).toBeLessThan(150);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(100_000 * Buffer.byteLength(line));
  });

  test("is the content, byte by byte", async () => {
    const whole = async (content: Parameters<typeof blocks>[0]) => {
      const found: Uint8Array[] = [];
      for await (const block of blocks(content)) found.push(block);
      return Buffer.concat(found).toString();
    };
    async function* pieces() {
      yield "a";
      yield Buffer.from("😀");
    }
    for (const content of ["a😀", ["a", "😀"], Buffer.from("a😀"), pieces()]) {
      expect(await whole(content)).toBe("a😀");
    }
    for (const nothing of ["", []]) expect(await whole(nothing)).toBe("");
  });
});

describe("writeAll", () => {
  test("writes everything, and throws the system's error", async () => {
    const path = join(tempFolder(), "a.txt");
    const file = openSync(path, "w");
    expect(await writeAll(file, ["te", "xt"])).toBe(true);
    closeSync(file);
    expect(readFileSync(path, "utf8")).toBe("text");
    const full = openSync("/dev/full", "w");
    await expect(writeAll(full, "text")).rejects.toMatchObject({ code: "ENOSPC" });
    closeSync(full);
  });
});

test("systemReason is the code and the words", async () => {
  const full = openSync("/dev/full", "w");
  const error = await writeAll(full, "text").catch((reason) => reason);
  closeSync(full);
  expect(systemReason(error)).toBe("ENOSPC, no space left on device");
  expect(systemReason(new Error("anything"))).toBe("anything");
});
