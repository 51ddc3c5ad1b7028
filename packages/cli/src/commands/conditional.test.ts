import { describe, expect, test } from "vitest";
import { tempFile } from "../testing/files.js";
import { run, SMALL_CSV } from "../testing/run.js";

const table = () => tempFile("t.csv", SMALL_CSV);

describe("infonet conditional", () => {
  test("tells of a pair given others, as text and as JSON", async () => {
    const path = table();
    const text = await run(["conditional", path, "a", "b", "--given", "kind"], { pValue: 0.04 });
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^a × b {2}given kind {2}in .*t\.csv\n/);
    expect(text.stdout).toMatch(/p \(independence given them\) {2}0\.040\n/);
    const json = await run(["conditional", path, "a", "b", "--given", "kind", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      x: "a",
      y: "b",
      given: ["kind"],
      order: ["kind"],
      pValue: null,
      n: 20,
    });
  });

  test("passes the kinds of columns on, as the file or the options say", async () => {
    const path = table();
    const kinds = async (...more: string[]) => {
      const args = ["conditional", path, "a", "b", "--given", "kind", "--format", "json", ...more];
      return JSON.parse((await run(args)).stdout).kinds;
    };
    expect(await kinds()).toEqual({ x: "number", y: "number", z: ["levels"] });
    expect(await kinds("--categorical", "b")).toEqual({ x: "number", y: "levels", z: ["levels"] });
    const text = await run(["conditional", path, "a", "b", "--given", "kind"]);
    expect(text.stdout).toMatch(/ {2}columns {2,}numbers × numbers, given levels\n/);
  });

  test("refuses a condition that is one of the pair, and none at all", async () => {
    const path = table();
    expect(await run(["conditional", path, "a", "b", "--given", "a"])).toMatchObject({
      code: 2,
      stderr: 'infonet: X and --given both name "a"; name each column once.\n',
    });
    expect(await run(["conditional", path, "a", "b"])).toMatchObject({
      code: 2,
      stderr: "infonet: --given is missing; name the columns to condition on, with commas.\n",
    });
  });
});
