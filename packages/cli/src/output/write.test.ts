import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../testing/files.js";
import { checkOutput, writeAtomically } from "./write.js";

describe("checkOutput", () => {
  it("lets new and existing files pass", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "old.csv"), "");
    await checkOutput(join(folder, "new.csv"), "--out", join(folder, "in.csv"));
    await checkOutput(join(folder, "old.csv"), "--out", join(folder, "in.csv"));
    await checkOutput("/dev/null", "--out", join(folder, "in.csv"));
  });

  it("refuses a folder and what lies in none", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "sub"));
    await expect(checkOutput(join(folder, "none", "x.csv"), "--out", "in.csv")).rejects.toThrow(
      /--out .*x\.csv: the folder .*none does not exist; create it first\.$/,
    );
    await expect(checkOutput(join(folder, "sub"), "--report", "in.csv")).rejects.toThrow(
      /^--report .*sub is a folder; name a file in it\.$/,
    );
  });

  it("never lets the input be overwritten, whatever it is called", async () => {
    const folder = tempFolder();
    const input = join(folder, "in.csv");
    writeFileSync(input, "a,b\n");
    symlinkSync(input, join(folder, "soft.csv"));
    linkSync(input, join(folder, "hard.csv"));
    for (const name of ["in.csv", "soft.csv", "hard.csv", "../" + folder.split("/").pop() + "/in.csv"]) {
      await expect(checkOutput(join(folder, name), "--out", input), name).rejects.toThrow(
        "is the input file",
      );
    }
  });
});

describe("writeAtomically", () => {
  it("writes text and bytes and leaves nothing else behind", async () => {
    const folder = tempFolder();
    await writeAtomically(join(folder, "a.txt"), "größe");
    await writeAtomically(join(folder, "b.bin"), Uint8Array.of(0, 255));
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("größe");
    expect([...readFileSync(join(folder, "b.bin"))]).toEqual([0, 255]);
    expect(readdirSync(folder)).toEqual(["a.txt", "b.bin"]);
  });

  it("replaces a file and keeps its permissions", async () => {
    const path = join(tempFolder(), "a.txt");
    writeFileSync(path, "old");
    chmodSync(path, 0o640);
    await writeAtomically(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it("follows a symbolic link instead of replacing it", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "real.txt"), "old");
    symlinkSync("real.txt", join(folder, "link.txt"));
    await writeAtomically(join(folder, "link.txt"), "new");
    expect(lstatSync(join(folder, "link.txt")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, "real.txt"), "utf8")).toBe("new");
  });

  it("says what to look at if it fails, and leaves nothing behind", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "long"), "");
    const long = join(folder, `${"x".repeat(300)}.txt`);
    await expect(writeAtomically(long, "")).rejects.toThrow(
      /could not be written \(ENAMETOOLONG\); check the space/,
    );
    const below = join(folder, "long", "x.txt");
    await expect(writeAtomically(below, "")).rejects.toThrow(
      /could not be written \(ENOTDIR\); check the space/,
    );
    expect(readdirSync(folder)).toEqual(["long"]);
  });

  it("can write a name as long as names can be", async () => {
    const path = join(tempFolder(), "x".repeat(255));
    await writeAtomically(path, "text");
    expect(readFileSync(path, "utf8")).toBe("text");
  });
});
