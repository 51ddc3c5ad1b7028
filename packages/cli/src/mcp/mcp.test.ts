import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { HOSTILE } from "../testing/hostile.js";
import { folderOf, tablePath, tablesOf } from "./folder.js";
import { commandLine, TOOLS } from "./tools.js";

let root: string;
let folder: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "infonet-mcp-")));
  folder = join(root, "allowed");
  await mkdir(join(folder, "deep"), { recursive: true });
  await mkdir(join(root, "allowed-not"));
  for (const name of [
    "a.csv",
    "-",
    "deep/b10.parquet",
    "deep/b9.parquet",
    "notes.md",
    ".hidden.csv",
    "[x]*.csv",
  ])
    await writeFile(join(folder, name), "a,b\n");
  for (const name of ["secret.csv", "allowed-not/c.csv"]) await writeFile(join(root, name), "a,b\n");
  await symlink(join(root, "secret.csv"), join(folder, "link.csv"));
  await symlink(join(folder, "a.csv"), join(folder, "inner.csv"));
  await symlink(root, join(folder, "up"));
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe("the folder", () => {
  test.each([
    ["a.csv", "./a.csv"],
    ["./deep//b9.parquet", "./deep/b9.parquet"],
    ["-", "./-"],
    ["[x]*.csv", "./[x]*.csv"],
  ])("lets %s in", async (table, path) => {
    expect(await tablePath(folder, table)).toBe(path);
  });

  test("lets its own files in by their whole paths", async () => {
    expect(await tablePath(folder, join(folder, "a.csv"))).toBe("./a.csv");
  });

  test.each([
    "../secret.csv",
    "deep/../../secret.csv",
    "deep/../a.csv",
    "..\\secret.csv",
    "../allowed-not/c.csv",
    "link.csv",
    "inner.csv",
    "up/secret.csv",
    "deep",
    "",
    ".",
    "none.csv",
    "*.csv",
    "a.csv\0.png",
    "/etc/passwd",
    "https://example.com/a.csv",
    "s3://bucket/a.csv",
    "file:///etc/passwd",
  ])("keeps %j out", async (table) => {
    await expect(tablePath(folder, table)).rejects.toThrow(
      /name a file in the folder by its path from there\.$/,
    );
    await expect(tablePath(folder, table)).rejects.toMatchObject({ name: "CliError" });
  });

  test("keeps what lies beside it out, by its whole path too", async () => {
    for (const table of ["secret.csv", "allowed-not/c.csv"])
      await expect(tablePath(folder, join(root, table))).rejects.toThrow("is outside of the folder");
  });

  test("lists its tables, by numbers in their names; no links, nothing hidden", async () => {
    expect(await tablesOf(folder)).toEqual({
      tables: ["[x]*.csv", "a.csv", "deep/b9.parquet", "deep/b10.parquet"],
      more: 0,
    });
  });

  test("is one", async () => {
    await expect(folderOf(join(folder, "a.csv"))).rejects.toThrow(/a\.csv is no folder; name the one/);
    await expect(folderOf(join(root, "none"))).rejects.toThrow("is no folder");
  });
});

describe("a call as a command line", () => {
  const tool = (name: string) => TOOLS.find((each) => each.name === name)!;

  test("has options by their words, lists as records, columns last", () => {
    expect(
      commandLine(tool("lags"), "./a.csv", { table: "a.csv", x: "--out", y: "b", max_lag: 3, time: "-t" }),
    ).toEqual(["lags", "--max-lag=3", "--time=-t", "--format=json", "--", "./a.csv", "--out", "b"]);
    expect(
      commandLine(tool("matrix"), "./a.csv", { columns: ['a,"b"', "c"], fdr: undefined, top: 5 }),
    ).toEqual(["matrix", '--columns="a,""b""","c"', "--top=5", "--format=json", "--", "./a.csv"]);
  });

  test("takes any name for a name", () => {
    for (const name of HOSTILE) {
      const words = commandLine(tool("estimate"), "./a.csv", { x: name, y: name, cluster: name });
      expect(words.slice(-3)).toEqual(["./a.csv", name, name]);
      expect(words[1]).toBe(`--cluster=${name}`);
      expect(words.filter((word) => word === "--")[0]).toBe("--");
    }
  });

  test("has no other arguments than those of its tool: what is asked is what is answered", () => {
    const pair = { table: "a.csv", x: "a", y: "b" };
    const { input } = tool("estimate");
    expect(input.safeParse(pair).success).toBe(true);
    expect(input.safeParse({ ...pair, given: ["c"] }).success).toBe(false);
    for (const { name, input } of TOOLS) {
      expect(z.toJSONSchema(input), name).toMatchObject({ additionalProperties: false });
    }
    // Rows in time or in clusters are asked of every tool whose command takes them.
    for (const name of ["matrix", "estimate", "conditional", "joint", "lags", "transfer"]) {
      expect(Object.keys(tool(name).input.shape), name).toEqual(expect.arrayContaining(["time", "cluster"]));
    }
  });

  test("never writes a file: no tool has an option that does", () => {
    const options = TOOLS.flatMap(({ input }) => Object.keys(input.shape));
    expect(options.filter((key) => /out|report|svg|from|queue/.test(key))).toEqual([]);
  });
});
