import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tempFolder } from "../testing/files.js";
import { findDestination } from "./destination.js";
import { partialName, writePartial, writeTo } from "./write.js";

const at = (path: string) => findDestination("--out", path);
const write = async (path: string, content: Parameters<typeof writeTo>[1]) =>
  writeTo(await at(path), content);

/** Pieces of which one is never made. */
function* broken(): Generator<string> {
  yield "new ".repeat(100_000);
  throw Object.assign(new Error("EFBIG: file too large, write"), { code: "EFBIG", syscall: "write" });
}

describe("writeTo", () => {
  test("writes text, bytes and pieces, and leaves nothing else behind", async () => {
    const folder = tempFolder();
    await write(join(folder, "a.txt"), "größe");
    await write(join(folder, "b.bin"), Uint8Array.of(0, 255));
    await write(join(folder, "c.txt"), ["grö", "", "ße"]);
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("größe");
    expect([...readFileSync(join(folder, "b.bin"))]).toEqual([0, 255]);
    expect(readFileSync(join(folder, "c.txt"), "utf8")).toBe("größe");
    expect(readdirSync(folder)).toEqual(["a.txt", "b.bin", "c.txt"]);
  });

  test("replaces a file in one step: who has the old one open keeps reading it", async () => {
    const path = join(tempFolder(), "a.txt");
    writeFileSync(path, "old content");
    linkSync(path, `${path}.second`);
    const reader = openSync(path, "r");
    await write(path, "new");
    const buffer = Buffer.alloc(20);
    const length = readSync(reader, buffer);
    closeSync(reader);
    expect(buffer.toString("utf8", 0, length)).toBe("old content");
    expect(readFileSync(`${path}.second`, "utf8")).toBe("old content");
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  test("leaves the old file and nothing else where the writing fails half-way", async () => {
    const folder = tempFolder();
    const path = join(folder, "a.txt");
    writeFileSync(path, "old content");
    await expect(write(path, broken())).rejects.toThrow(
      `${path} could not be written (EFBIG, file too large); check the space and the permissions there.`,
    );
    expect(readFileSync(path, "utf8")).toBe("old content");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  test.each([0o640, 0o666, 0o600])("keeps the permissions %i of the file it replaces", async (mode) => {
    const path = join(tempFolder(), "a.txt");
    writeFileSync(path, "old");
    chmodSync(path, mode);
    await write(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(mode);
  });

  test("follows symbolic links instead of replacing them, also to what is not there yet", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "real.txt"), "old");
    symlinkSync("real.txt", join(folder, "link.txt"));
    symlinkSync("later.txt", join(folder, "dangling.txt"));
    await write(join(folder, "link.txt"), "new");
    await write(join(folder, "dangling.txt"), "new");
    for (const name of ["link.txt", "dangling.txt"]) {
      expect(lstatSync(join(folder, name)).isSymbolicLink()).toBe(true);
    }
    for (const name of ["real.txt", "later.txt"]) {
      expect(readFileSync(join(folder, name), "utf8")).toBe("new");
    }
  });

  test("says what to look at if the folder is gone by then", async () => {
    const folder = join(tempFolder(), "sub");
    mkdirSync(folder);
    const destination = await at(join(folder, "a.txt"));
    rmSync(folder, { recursive: true });
    await expect(writeTo(destination, "")).rejects.toThrow(
      /a\.txt could not be written \(ENOENT, no such file or directory\); check the space/,
    );
  });

  test("can write a name as long as names can be", async () => {
    const path = join(tempFolder(), "x".repeat(255));
    await write(path, "text");
    expect(readFileSync(path, "utf8")).toBe("text");
  });

  test("writes pipes and devices directly, and does not mind a reader that goes away", async () => {
    const folder = tempFolder();
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await write("/dev/null", "text");
    const destination = await at(pipe);
    const whole = readWhole(pipe);
    await writeTo(destination, ["te", "xt"]);
    expect(await whole).toBe("text");
    const end = openSync(pipe, "r+");
    closeSync(end);
    expect(readdirSync(folder)).toEqual(["pipe"]);
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });
});

async function readWhole(path: string): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(path, "utf8");
}

describe("writePartial", () => {
  test("finds a name beside the whole result and never replaces a file", async () => {
    const folder = tempFolder();
    const out = await at(join(folder, "in.csv"));
    writeFileSync(join(folder, "in.partial.csv"), "the input");
    expect(await writePartial(out, "second", [])).toBe(join(folder, "in.partial-2.csv"));
    symlinkSync("nowhere", join(folder, "in.partial-3.csv"));
    expect(await writePartial(out, "fourth", [])).toBe(join(folder, "in.partial-4.csv"));
    expect(readFileSync(join(folder, "in.partial.csv"), "utf8")).toBe("the input");
    expect(readFileSync(join(folder, "in.partial-2.csv"), "utf8")).toBe("second");
    expect(readdirSync(folder).sort()).toEqual([
      "in.partial-2.csv",
      "in.partial-3.csv",
      "in.partial-4.csv",
      "in.partial.csv",
    ]);
  });

  test("does not replace a file that is made while it writes", async () => {
    const folder = tempFolder();
    const out = await at(join(folder, "r.csv"));
    function* slow(): Generator<string> {
      yield "pairs";
      writeFileSync(join(folder, "r.partial.csv"), "somebody else's");
    }
    expect(await writePartial(out, slow(), [])).toBe(join(folder, "r.partial-2.csv"));
    expect(readFileSync(join(folder, "r.partial.csv"), "utf8")).toBe("somebody else's");
    expect(readFileSync(join(folder, "r.partial-2.csv"), "utf8")).toBe("pairs");
  });

  test("leaves the places alone that are meant for something else", async () => {
    const folder = tempFolder();
    const report = await at(join(folder, "r.partial.html"));
    expect(await writePartial(await at(join(folder, "r.html")), "", [report])).toBe(
      join(folder, "r.partial-2.html"),
    );
  });

  test("goes beside the file that a link leads to", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "data"));
    symlinkSync("data/r.csv", join(folder, "r.csv"));
    const written = await writePartial(await at(join(folder, "r.csv")), "text", []);
    expect(written.endsWith("/data/r.partial.csv")).toBe(true);
    expect(readdirSync(join(folder, "data"))).toEqual(["r.partial.csv"]);
  });

  test("goes into a pipe or device as the whole would", async () => {
    expect(await writePartial(await at("/dev/null"), "text", [])).toBe("/dev/null");
  });
});

describe("partialName", () => {
  test("keeps the ending and fits where names have 255 bytes", () => {
    expect([1, 2, 11].map((k) => partialName("pairs.csv", k))).toEqual([
      "pairs.partial.csv",
      "pairs.partial-2.csv",
      "pairs.partial-11.csv",
    ]);
    expect(partialName("pairs", 1)).toBe("pairs.partial");
    for (const name of [`${"x".repeat(251)}.csv`, `${"ß".repeat(125)}.csv`, `a.${"😀".repeat(63)}`]) {
      const partial = partialName(name, 12);
      expect(Buffer.byteLength(partial)).toBeLessThanOrEqual(255);
      expect(partial).toMatch(/\.partial-12(\.csv)?$/);
      expect(partial).not.toContain("\ufffd");
    }
  });
});
