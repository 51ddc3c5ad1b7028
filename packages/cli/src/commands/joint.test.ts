import { describe, expect, test } from "vitest";
import { Interrupted } from "../errors.js";
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

  test("passes the kinds of columns on, as the file or the options say", async () => {
    const path = table();
    const kinds = async (...more: string[]) => {
      const args = ["joint", path, "--x", "a,kind", "--y", "b", "--format", "json", ...more];
      return JSON.parse((await run(args)).stdout).kinds;
    };
    expect(await kinds()).toEqual({ x: ["number", "levels"], y: ["number"] });
    expect(await kinds("--categorical", "a,b")).toEqual({ x: ["levels", "levels"], y: ["levels"] });
    const text = await run(["joint", path, "--x", "a,kind", "--y", "b"], { pValue: 0.04 });
    expect(text.stdout).toContain("columns             numbers and levels × numbers\n");
    expect(text.stdout).toMatch(/p \(independence\) {4}0\.040\n/);
    const unknown = await run(["joint", path, "--x", "a", "--y", "b", "--categorical", "c"]);
    expect(unknown.code).not.toBe(0);
  });

  test("takes patterns, ranges and parts of dates for columns", async () => {
    const days = Array.from({ length: 60 }, (_, k) => new Date(Date.UTC(2024, 0, 1 + k)).toISOString());
    const rows = days.map((day, k) => `${day.slice(0, 10)},${k},${(k * 7) % 11},${(k * k) % 13}`);
    const path = tempFile("d.csv", `date,q1,q2,r\n${rows.join("\n")}\n`);
    const args = ["joint", path, "--x", "q*", "--y", "date.weekday,r", "--format", "json"];
    const { x, y, kinds } = JSON.parse((await run(args)).stdout);
    expect({ x, y }).toEqual({ x: ["q1", "q2"], y: ["date.weekday", "r"] });
    expect(kinds.y).toEqual(["levels", "number"]);
    expect(await run(["joint", path, "--x", "q1:r", "--y", "q*"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --x and --y both name "q1"; name each column once.\n',
    });
    expect(await run(["estimate", path, "q*", "r"])).toMatchObject({
      code: 2,
      stderr: 'infonet: X is one column, and "q*" means 2: "q1", "q2".\n',
    });
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
    expect(await run(["joint", path, "--x", "a,,b", "--y", "b"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --x takes names with commas between them, not "a,,b".\n',
    });
    expect(await run(["joint", path, "--x", "a", "--y", "B"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('has no column "B"; did you mean "b"?'),
    });
  });

  test("ends with 130 and one line when it is interrupted", async () => {
    const controller = new AbortController();
    const io = { errIsTerminal: true };
    const beforeJoint = () => controller.abort(new Interrupted("interrupted; nothing was written."));
    const options = { io, beforeJoint, signal: controller.signal };
    expect(await run(["joint", table(), "--x", "a", "--y", "b"], options)).toMatchObject({
      code: 130,
      stdout: "",
      stderr: "infonet: interrupted; nothing was written.\n",
      disposed: 1,
    });
  });
});
