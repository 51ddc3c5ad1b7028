import { describe, expect, test } from "vitest";
import { tempFile } from "../testing/files.js";
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

  test("uses text that looks like an identifier, because it is named, and says so", async () => {
    const { code, stderr } = await run(["estimate", tempFile("t.csv", SMALL_CSV), "id", "a"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^infonet: .*t\.csv: id: 20 different texts, each taken for a category\n$/);
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
