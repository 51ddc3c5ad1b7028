/** The built command where its output cannot go: full disks, readers that leave, pipes, closed streams. */
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { emptyFolder, noiseTable, PENGUINS, shell } from "./run.js";

const ONE_LINE = /^infonet: .*\n$/;

describe("standard output", () => {
  test
    .skipIf(!existsSync("/dev/full"))
    .each([
      "infonet --help",
      "infonet --version",
      "infonet matrix --help",
      `infonet matrix "${PENGUINS}" --target Species`,
      `infonet matrix "${PENGUINS}" --target Species --format parquet`,
      `infonet estimate "${PENGUINS}" Species Sex --format json`,
    ])("on a full device ends with status 1 and one line: %s", async (command) => {
    const { code, err } = await shell(`${command} > /dev/full`, await emptyFolder());
    expect(code).toBe(1);
    expect(err).toMatch(ONE_LINE);
    expect(err).toContain("standard output could not be written whole (ENOSPC, no space left on device)");
  });

  test("that is cut by the size a file may have does not pass for whole", async () => {
    const folder = await emptyFolder();
    // Where a line of stderr must not be cut too, it goes through a pipe.
    for (const command of ["infonet --help", `infonet matrix "${PENGUINS}" --format csv`]) {
      const { code, err } = await shell(`ulimit -f 1; ${command} > cut.txt`, folder);
      expect(code, command).toBe(1);
      expect(err, command).toMatch(/^infonet: standard output could not be written whole \(EFBIG, .*\n$/);
    }
  });

  test("whose reader has read enough ends quietly, with status 0", async () => {
    const folder = await emptyFolder();
    const table = await noiseTable(folder, 46, 20);
    const line = `{ infonet matrix ${table} --format csv; echo "status $?" >&2; } | head -n 1`;
    const { out, err } = await shell(line, folder);
    expect(out).toMatch(/^x,y,mi,.*\n$/);
    expect(err).toBe("status 0\n");
  });

  test("can be named by --out, and a log that is appended to stays", async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, "log"), "before\n");
    const { code } = await shell(
      `infonet matrix "${PENGUINS}" --out /dev/stdout --format csv >> log`,
      folder,
    );
    expect(code).toBe(0);
    expect(await readFile(join(folder, "log"), "utf8")).toMatch(/^before\nx,y,mi,/);
    const piped = await shell(`infonet matrix "${PENGUINS}" --out /dev/stdout --format csv | cat`, folder);
    expect(piped.out.trimEnd().split("\n")).toHaveLength(22);
    expect((await readdir(folder)).sort()).toEqual(["log"]);
  });
});

test("standard error that is full or closed changes nothing else", async () => {
  const folder = await emptyFolder();
  for (const where of ["2> /dev/full", "2>&-"]) {
    expect((await shell(`infonet matrix /nowhere.csv ${where}`, folder)).code).toBe(1);
    expect((await shell(`infonet ${where}`, folder)).code).toBe(2);
    const { code, out } = await shell(`infonet matrix "${PENGUINS}" --target Species ${where}`, folder);
    expect([code, out.includes("strength")]).toEqual([0, true]);
  }
});

describe("--out", () => {
  test("on a full disk leaves the old file and nothing else, with status 1 and one line", async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, "r.csv"), "old\n");
    const { code, err } = await shell(`ulimit -f 1; infonet matrix "${PENGUINS}" --out r.csv`, folder);
    expect(code).toBe(1);
    expect(err).toMatch(/^infonet: r\.csv could not be written \(EFBIG, .*\); check the space .*\n$/);
    expect(await readdir(folder)).toEqual(["r.csv"]);
    expect(await readFile(join(folder, "r.csv"), "utf8")).toBe("old\n");
  });

  test("into a folder without permission is refused before the work, also over a file that is open", async () => {
    const folder = await emptyFolder();
    for (const [name, mode] of [
      ["locked", 0o555],
      ["hidden", 0o600],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "r.csv"), "old\n");
      await chmod(join(folder, name, "r.csv"), 0o666);
      await chmod(join(folder, name), mode);
    }
    await chmod(folder, 0o755);
    // Permissions do not hold root up. Another user might not reach the sources: root does without what lets it pass them.
    const without = "-dac_override,-dac_read_search";
    const held = process.geteuid?.() === 0 ? `setpriv --bounding-set=${without} --inh-caps=${without} ` : "";
    for (const [name, message] of [
      ["locked", "the folder locked cannot be written to (EACCES, permission denied); choose another."],
      ["hidden", "hidden/r.csv cannot be reached (EACCES, permission denied); choose another place."],
    ]) {
      const { code, out, err } = await shell(`infonet matrix in.csv --out ${name}/r.csv`, folder, held);
      expect([code, out], err).toEqual([1, ""]);
      expect(err).toMatch(ONE_LINE);
      expect(err).toContain(message);
      await chmod(join(folder, name), 0o755);
      expect(await readFile(join(folder, name, "r.csv"), "utf8")).toBe("old\n");
    }
  });

  test("goes into a pipe whole, and a reader that leaves is no failure", async () => {
    const folder = await emptyFolder();
    const table = await noiseTable(folder, 46, 20);
    const matrix = `infonet matrix ${table} --format csv --out pipe`;
    // Into a file: Node makes standard output, which they would share, one that does not wait, and cat fails on those.
    const reading = "mkfifo pipe; cat pipe > got &";
    const whole = await shell(`${reading} ${matrix}; echo "status $?" >&2; wait; cat got`, folder);
    expect(whole.out.trimEnd().split("\n")).toHaveLength(1 + 1035);
    expect(whole.err).toBe("infonet: 1\u202f035 pairs written to pipe\nstatus 0\n");
    const left = await shell(`head -n 1 pipe & ${matrix}; echo "status $?" >&2; wait`, folder);
    expect(left.out).toMatch(/^x,y,mi,.*\n$/);
    expect(left.err).toMatch(/status 0\n$/);
  });
});
