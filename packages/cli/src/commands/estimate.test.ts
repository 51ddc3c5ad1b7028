import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RowOptions } from "infonet";
import { describe, expect, test } from "vitest";
import { tempFile, tempFolder } from "../testing/files.js";
import { all, parsePage, texts } from "../testing/page.js";
import { run, SMALL_CSV } from "../testing/run.js";

describe("infonet estimate", () => {
  test("tells of one pair, as text", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    const { code, stdout, stderr, disposed, loaded } = await run(["estimate", path, "a", "b"]);
    expect({ code, stderr, disposed, loaded }).toEqual({ code: 0, stderr: "", disposed: 1, loaded: [1] });
    expect(stdout).toMatch(/^a × b {2}in .*t\.csv\n {2}mutual information {2}\d\.\d{3} nats\n/);
  });

  test("tells of one pair, as JSON, in bits, with the seed", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    const nats = await run(["estimate", path, "a", "b", "--format", "json", "--seed", "7"]);
    const bits = await run(["estimate", path, "a", "b", "--format", "json", "--units", "bits"]);
    const [first, second] = [JSON.parse(nats.stdout), JSON.parse(bits.stdout)];
    expect(first).toMatchObject({
      file: path,
      units: "nats",
      seed: 7,
      model: "fake 0123456789ab",
      x: "a",
      y: "b",
      n: 20,
    });
    expect(second).toMatchObject({ units: "bits", seed: 0 });
    expect(second.mi).toBeCloseTo(first.mi / Math.LN2, 12);
  });

  test("writes a report of the pair, and refuses one that is the table", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    const report = join(tempFolder(), "pair.html");
    const { code, stderr } = await run(["estimate", path, "a", "kind", "--report", report]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `infonet: report written to ${report}\n` });
    const page = parsePage(readFileSync(report, "utf8"));
    expect(texts(page, ".ranking tbody th")).toEqual(["a × kind few-samples"]);
    expect(all(page, ".card")).toHaveLength(1);
    expect(all(page, "#map")).toHaveLength(0);
    const wrong = await run(["estimate", path, "a", "kind", "--report", path]);
    expect(wrong.code).toBe(2);
  });

  test("reads several files as one table: all arguments but the last two", async () => {
    const folder = tempFolder();
    const paths = [1, 2, 3].map((k) => join(folder, `part${k}.csv`));
    for (const path of paths) writeFileSync(path, SMALL_CSV);
    const several = await run(["estimate", ...paths, "a", "b", "--format", "json"]);
    expect(JSON.parse(several.stdout)).toMatchObject({ file: `${paths[0]} and 2 more files`, x: "a", n: 60 });
    expect(several.stderr).toContain("part3.csv (20 rows)");
    const pattern = await run(["estimate", join(folder, "part*.csv"), "a", "b", "--format", "json"]);
    expect(JSON.parse(pattern.stdout)).toMatchObject({ file: join(folder, "part*.csv"), n: 60 });
    const given = await run(["conditional", ...paths, "a", "b", "--given", "kind"]);
    expect(given).toMatchObject({ code: 0, stdout: expect.stringContaining("and 2 more files") });
    const wrong = await run(["estimate", paths[0], "a", "b", "kind"]);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toBe(
      "infonet: a does not exist; check the path; only the last two arguments are columns.\n",
    );
  });

  test("uses text that looks like an identifier, because it is named, and says so", async () => {
    const { code, stderr } = await run(["estimate", tempFile("t.csv", SMALL_CSV), "id", "a"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^infonet: .*t\.csv: id: 20 different texts, each taken for a category\n$/);
  });

  test("passes categories as such, also those that are named, and says what there is to tell of them", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    const kind = await run(["estimate", path, "a", "kind"]);
    expect(kind.stdout).toMatch(
      /\n {2}x and y are {9}numbers × levels\n {2}share of entropy {4}\d+ % of 0\.647 nats, the entropy of kind\n/,
    );
    const json = ["--format", "json"];
    const plain = JSON.parse((await run(["estimate", path, "a", "b", ...json])).stdout);
    expect(plain).toMatchObject({ kinds: ["number", "number"], entropies: [null, null], normalized: null });
    const named = JSON.parse((await run(["estimate", path, "a", "b", "--categorical", "b", ...json])).stdout);
    expect(named.kinds).toEqual(["number", "levels"]);
    expect(named.normalized).toBeCloseTo(named.mi / named.entropies[1], 12);
  });

  test("reads a column of much text as numbers where it is told to", async () => {
    const path = tempFile("t.csv", "a,b\n1,none\n2,3\n3,none\n4,5\n5,7\n");
    const { stdout, stderr } = await run(["estimate", path, "a", "b", "--numeric", "b"]);
    expect(stderr).toBe(`infonet: ${path}: b: "none" in 2 rows count as missing\n`);
    expect(stdout).toContain("\n  complete rows       3\n  x and y are         numbers × numbers\n");
    expect(await run(["estimate", path, "a", "b", "--numeric", "c"])).toMatchObject({
      code: 1,
      stderr: `infonet: ${path} has no column "c". Its columns: "a", "b".\n`,
    });
    expect(await run(["estimate", path, "a", "b", "--numeric", "b", "--categorical", "b"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --categorical and --numeric both name "b"; a column is one of the two.\n',
    });
  });

  test("counts that are none are told by the name of their column and the row", async () => {
    const rows = (third: string) => ["a,b,freq", "1,2,3", "2,1,4", `4,5,${third}`, "7,1,2", ""].join("\n");
    for (const [third, has] of [
      ["", "no number"],
      ["-1", "-1"],
      ["1.5", "1.5"],
    ]) {
      const path = tempFile("t.csv", rows(third));
      expect(await run(["estimate", path, "a", "b", "--counts", "freq"])).toMatchObject({
        code: 1,
        stderr: `infonet: column "freq" of --counts has ${has} in row 3; it says how many rows each row stands for, whole numbers from 0.\n`,
      });
    }
  });

  test("hands over what rows stand for, whatever the columns look like", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    const given: RowOptions[] = [];
    const onRows = (rows: RowOptions) => given.push(rows);
    const json = ["--format", "json"];
    const both = await run(["estimate", path, "b", "kind", "--cluster", "id", "--counts", "a", ...json], {
      onRows,
    });
    expect(both).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(both.stdout)).toMatchObject({ x: "b", y: "kind", cluster: "id", counts: "a" });
    expect(given[0].cluster).toMatchObject({ kind: "category", values: { length: 20 } });
    expect(Array.from(given[0].counts!)).toEqual(Array.from({ length: 20 }, (_, k) => k));
    const none = await run(["estimate", path, "a", "b", ...json], { onRows });
    expect(given[1]).toEqual({ cluster: undefined, counts: undefined });
    expect(Object.keys(JSON.parse(none.stdout))).not.toContain("cluster");
    const constant = tempFile("t.csv", SMALL_CSV.replaceAll(/,[xy]$/gm, ",2"));
    expect(await run(["estimate", constant, "a", "b", "--counts", "kind"], { onRows })).toMatchObject({
      code: 0,
    });
    expect(new Set(given[2].counts as Float64Array)).toEqual(new Set([2]));
    const text = await run(["estimate", path, "a", "b", "--cluster", "kind"]);
    expect(text.stdout).toMatch(/\n {2}clusters +20\n/);
  });

  test("refuses a column that is one of the pair and says what rows stand for, or is not there", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    expect(await run(["estimate", path, "a", "b", "--cluster", "a"])).toMatchObject({
      code: 2,
      stderr: 'infonet: X and --cluster both name "a"; name each column once.\n',
    });
    expect(await run(["estimate", path, "a", "b", "--cluster", "id", "--counts", "id"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --cluster and --counts both name "id"; name each column once.\n',
    });
    expect(await run(["estimate", path, "a", "b", "--counts", "Freq"])).toMatchObject({
      code: 1,
      stderr: `infonet: ${path} has no column "Freq". Its columns: "id", "a", "b", "kind".\n`,
    });
  });

  test("refuses a column twice, one that is not there, and one without information", async () => {
    const path = tempFile("t.csv", "a,b,c\n1,2,5\n2,3,5\n");
    expect(await run(["estimate", path, "a", "a"])).toMatchObject({
      code: 2,
      stderr: 'infonet: X and Y are both "a"; name two different columns.\n',
    });
    expect(await run(["estimate", path, "a", "B"])).toMatchObject({
      code: 1,
      stderr: `infonet: ${path} has no column "B"; did you mean "b"? Its columns: "a", "b", "c".\n`,
    });
    expect(await run(["estimate", path, "a", "c"])).toMatchObject({
      code: 1,
      stderr: `infonet: ${path}: column "c" is constant: every value is 5.\n`,
      loaded: [],
    });
  });
});
