import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tempFile, tempFolder } from "../testing/files.js";
import { run, SMALL_CSV } from "../testing/run.js";

const table = () => tempFile("t.csv", SMALL_CSV);

describe("infonet select", () => {
  test("lists the columns with what each adds, as text and as JSON", async () => {
    const path = table();
    const text = await run(["select", path, "--target", "b", "--most", "2"]);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^What tells of b in .*t\.csv \(nats\)\n/);
    expect(text.stdout).toMatch(/\n {2}a {7}█+ +0\.500 {2}0\.250 – 1\.000 +0\.500 {2}0\.001\n {2}kind /);
    const json = await run(["select", path, "--target", "b", "--format", "json", "--units", "bits"]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      file: path,
      target: "b",
      units: "bits",
      selected: [{ column: "a" }, { column: "kind" }],
      stopped: "nothing more is told",
    });
  });

  test("needs a target that is there and can be used", async () => {
    const path = table();
    expect(await run(["select", path])).toMatchObject({
      code: 2,
      stderr: "infonet: --target is missing; name the column that others shall tell of.\n",
    });
    expect((await run(["select", path, "--target", "bb"])).stderr).toMatch(/has no column "bb"/);
    expect((await run(["select", path, "--target", "b", "--level", "2"])).code).toBe(2);
    expect((await run(["select", path, "--target", "b", "--most", "0"])).code).toBe(2);
  });
});

describe("infonet compare", () => {
  test("lists pairs by group, whose levels have their names", async () => {
    const path = table();
    const { code, stdout } = await run(["compare", path, "--by", "kind"]);
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^Dependence by kind in .*t\.csv \(nats\): x \(30 rows\), y \(30 rows\)$/),
      "             x       y  p        q",
      "  a  b   0.500   0.125  0.001    0.002",
      "",
    ]);
    const json = await run(["compare", path, "--by", "kind", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ by: "kind", groups: [{ level: "x" }, { level: "y" }] });
    expect(await run(["compare", path])).toMatchObject({
      code: 2,
      stderr: "infonet: --by is missing; name the column whose values are the groups.\n",
    });
  });
});

describe("infonet network", () => {
  test("lists links, and what goes through others", async () => {
    const { code, stdout } = await run(["network", table()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 direct link among 3 columns of .*t\.csv \(nats\)\n/);
    expect(stdout).toMatch(/\n {3}0\.250 .* a {2}b .*given kind: 0\.500 without\n/);
    expect(stdout).toMatch(/1 dependence through others:\n {3}0\.500 {2}a {2}kind {2}through b\n$/);
  });

  test("writes edge lists and GraphML by the ending of the file, hostile names too", async () => {
    const path = tempFile("t.csv", SMALL_CSV.replace("a,b", '"<a & ""b"">\u0001",b'));
    const folder = tempFolder();
    const [csv, graph] = ["links.csv", "links.graphml"].map((name) => join(folder, name));
    expect((await run(["network", path, "--out", csv])).stderr).toMatch(/1 link written to .*links\.csv\n$/);
    expect(readFileSync(csv, "utf8").split("\n").slice(0, 1)).toEqual([
      "x,y,link,mi,direct,given,p_value,q_value",
    ]);
    expect((await run(["network", path, "--out", graph])).code).toBe(0);
    const text = readFileSync(graph, "utf8");
    expect(text).toContain(
      '<node id="n0"><data key="name">&lt;a &amp; &quot;b&quot;&gt;\ufffd</data></node>',
    );
    expect(text).toContain('<edge source="n0" target="n1"><data key="mi">0.5</data>');
    const refused = await run(["network", path, "--out", join(folder, "links.parquet")]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(
      /no format has the ending \.parquet; end the name in \.txt, \.json, \.csv or \.graphml/,
    );
  });
});
