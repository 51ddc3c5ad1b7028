import { execFileSync } from "node:child_process";
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CliError, UsageError } from "../errors.js";
import { tempFolder } from "../testing/files.js";
import { findDestination, mustNotBeInput, sameDestination } from "./destination.js";

const at = (path: string) => findDestination("--out", path);

describe("findDestination", () => {
  test("finds files that are and are not there yet, devices, and open descriptors", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "old.csv"), "");
    const place = { kind: "file", folder };
    expect((await at(join(folder, "new.csv"))).place).toEqual({ ...place, name: "new.csv" });
    expect((await at(join(folder, "old.csv"))).place).toEqual({ ...place, name: "old.csv" });
    expect((await at("/dev/null")).place).toEqual({ kind: "device", path: "/dev/null" });
    expect((await at("/dev/stdout")).place).toEqual({ kind: "descriptor", descriptor: 1 });
    expect((await at(`/proc/${process.pid}/fd/2`)).place).toEqual({ kind: "descriptor", descriptor: 2 });
  });

  test("refuses as wrong usage what names no file", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "sub"));
    symlinkSync("sub", join(folder, "link"));
    symlinkSync("b", join(folder, "a"));
    symlinkSync("a", join(folder, "b"));
    const server = createServer().listen(join(folder, "socket"));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    for (const [name, message] of [
      ["sub", "is a folder; name a file in it."],
      ["link", "is a folder; name a file in it."],
      ["sub/..", "is a folder; name a file in it."],
      ["new/", "is a folder; name a file in it."],
      ["a", "its links run in a circle; name a file."],
      ["x".repeat(256), "the name is too long; choose a shorter one."],
      [`${"x".repeat(256)}/a`, "the name is too long; choose a shorter one."],
      ["socket", "is neither a file nor a pipe; name a file."],
    ]) {
      const error = await at(`${folder}/${name}`).catch((reason) => reason);
      expect(error, name).toBeInstanceOf(UsageError);
      expect(error.message, name).toContain(message);
    }
  });

  test("refuses what cannot be written to", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "file"), "");
    writeFileSync(join(folder, "protected.csv"), "");
    chmodSync(join(folder, "protected.csv"), 0o444);
    symlinkSync("none/x.csv", join(folder, "dangling"));
    for (const [name, message] of [
      ["none/x.csv", /^--out .*x\.csv: the folder .*none does not exist; create it first\.$/],
      ["file/x.csv", /the folder .*file does not exist; create it first\.$/],
      ["dangling", /dangling: the folder .*none does not exist; create it first\.$/],
      ["protected.csv", /protected\.csv is write-protected; choose another name, or allow writing to it\.$/],
    ] as const) {
      const error = await at(join(folder, name)).catch((reason) => reason);
      expect(error, name).toBeInstanceOf(CliError);
      expect(error, name).not.toBeInstanceOf(UsageError);
      expect(error.message, name).toMatch(message);
    }
  });
});

describe("sameDestination", () => {
  test("sees through spelling, links and folders behind links, whether the file is there or not", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "sub"));
    symlinkSync(".", join(folder, "here"));
    symlinkSync(join(folder, "z.json"), join(folder, "soft"));
    const first = join(folder, "z.json");
    const others = [
      `${folder}/./z.json`,
      `${folder}/sub/../z.json`,
      join(folder, "here", "z.json"),
      join(folder, "soft"),
    ];
    const same = async (path: string) => sameDestination(await at(first), await at(path));
    for (const path of others) expect(await same(path), path).toBe(true);
    expect(await same(join(folder, "y.json"))).toBe(false);
    expect(await same(join(folder, "sub", "z.json"))).toBe(false);
    writeFileSync(first, "");
    linkSync(first, join(folder, "hard"));
    for (const path of [...others, join(folder, "hard")]) expect(await same(path), path).toBe(true);
    writeFileSync(join(folder, "y.json"), "");
    expect(await same(join(folder, "y.json"))).toBe(false);
  });

  test("knows a pipe and a descriptor by any name", async () => {
    const folder = tempFolder();
    execFileSync("mkfifo", [join(folder, "pipe")]);
    symlinkSync("pipe", join(folder, "link"));
    expect(sameDestination(await at(join(folder, "pipe")), await at(join(folder, "link")))).toBe(true);
    expect(sameDestination(await at("/dev/stdout"), await at("/proc/self/fd/1"))).toBe(true);
  });
});

describe("mustNotBeInput", () => {
  test("never lets the input be overwritten, whatever it is called", async () => {
    const folder = tempFolder();
    const input = join(folder, "in.csv");
    writeFileSync(input, "a,b\n");
    symlinkSync(input, join(folder, "soft.csv"));
    linkSync(input, join(folder, "hard.csv"));
    for (const name of ["in.csv", "soft.csv", "hard.csv", `../${basename(folder)}/in.csv`]) {
      const error = await mustNotBeInput(await at(`${folder}/${name}`), input).catch((reason) => reason);
      expect(error, name).toBeInstanceOf(UsageError);
      expect(error.message, name).toContain("is the input file");
    }
    await mustNotBeInput(await at(join(folder, "other.csv")), input);
    await mustNotBeInput(await at(join(folder, "other.csv")), join(folder, "missing.csv"));
  });
});
