import { describe, expect, test } from "vitest";
import { tempFile } from "../testing/files.js";
import { run, SMALL_CSV } from "../testing/run.js";

const table = () => tempFile("t.csv", SMALL_CSV);

describe("infonet joint", () => {
  test("tells of two groups, as text, with columns by name", async () => {
    const { code, stdout, stderr, disposed } = await run(["joint", table(), "--x", "a,kind", "--y", "b"]);
    expect({ code, stderr, disposed }).toEqual({ code: 0, stderr: "", disposed: 1 });
    expect(stdout).toMatch(/^a, kind {2}× {2}b {2}in .*t\.csv\n {2}mutual information {2}\d\.\d{3} nats\n/);
    expect(stdout).toContain("the columns themselves");
    expect(stdout).toMatch(/ {2}\d\.\d{3} {2}a {2}b\n/);
  });

  test("tells of two groups, as JSON, in bits, with seed and basis", async () => {
    const args = ["joint", table(), "--x", "a", "--y", "b,kind", "--format", "json", "--basis", "canonical"];
    const nats = JSON.parse((await run([...args, "--seed", "3"])).stdout);
    const bits = JSON.parse((await run([...args, "--units", "bits"])).stdout);
    expect(nats).toMatchObject({ x: ["a"], y: ["b", "kind"], seed: 3, basis: "canonical", n: 20 });
    expect(nats.contributions[0]).toMatchObject({ x: "a", y: "b", pValue: null });
    expect(nats.contributions[1]).toMatchObject({ x: "f1", y: "kind | g", independent: true });
    expect(bits.mi).toBeCloseTo(nats.mi / Math.LN2, 12);
  });

  test("refuses a column in both groups, missing groups, and names that are not there", async () => {
    const path = table();
    expect(await run(["joint", path, "--x", "a,b", "--y", "b"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --x and --y both name "b"; name each column once.\n',
    });
    expect(await run(["joint", path, "--x", "a"])).toMatchObject({
      code: 2,
      stderr: "infonet: --y is missing; name its columns, with commas.\n",
    });
    expect(await run(["joint", path, "--x", "a,,b", "--y", "b"])).toMatchObject({ code: 2 });
    expect(await run(["joint", path, "--x", "a", "--y", "B"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no column "B"; did you mean "b"?'),
    });
  });

  test("ends with 130 and one line when it is interrupted", async () => {
    const options = { signal: AbortSignal.abort(new Error("stop")) };
    const { code, stdout } = await run(["joint", table(), "--x", "a", "--y", "b"], options);
    expect({ code: code === 0 ? "none" : "failed", stdout }).toEqual({ code: "failed", stdout: "" });
  });
});

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
