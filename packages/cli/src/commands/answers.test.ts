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
    const report = join(tempFolder(), "select.html");
    const halves = await run(["select", path, "--target", "b", "--resamples", "4", "--report", report]);
    expect(halves.stdout).toMatch(/kind and twin say the same; in 75 % of the halves\n/);
    const page = readFileSync(report, "utf8");
    expect(page).toContain("kind and twin say the same of b; either would do");
    expect(page).toContain('aria-label="Information of the first columns together: a 0.500, kind 0.250."');
  });

  test("needs a target that is there and can be used", async () => {
    const path = table();
    expect(await run(["select", path])).toMatchObject({
      code: 2,
      stderr: "infonet: --target is missing; name the column that others shall tell of.\n",
    });
    expect((await run(["select", path, "--target", "bb"])).stderr).toMatch(/has no column "bb"/);
    expect(await run(["select", path, "--target", "*"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --target * names 4 columns ("id", "a", "b", …); name one.\n',
    });
    expect((await run(["select", path, "--target", "b", "--criterion", "best"])).stderr).toMatch(
      /--criterion takes one of conditional, mrmr, jmi, cmim, not "best"/,
    );
    expect((await run(["select", path, "--target", "b", "--level", "2"])).code).toBe(2);
    expect((await run(["select", path, "--target", "b", "--most", "0"])).code).toBe(2);
  });
});

describe("infonet summary", () => {
  test("lists what each column tells, and the parts of two, as text, JSON and report", async () => {
    const path = table();
    const report = join(tempFolder(), "summary.html");
    const text = await run(["summary", path, "--target", "b", "--report", report]);
    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^What columns tell of b in .*t\.csv \(nats, entropy 0\.500\)\n/);
    expect(text.stdout).toMatch(
      /\n {2}a {7}levels {5}0\.625 {2}█+ +50 % +0\.250 {2}0\.125 – 0\.500 +0\.001\n/,
    );
    expect(text.stdout).toMatch(
      /\n {2}a {2}kind +0\.500 +0\.250 +0\.125 +0\.063 +0\.063 {2}0\.000 \(−0\.125 – 0\.125\)\n$/,
    );
    expect(readFileSync(report, "utf8")).toContain("<h2>Two by two</h2>");
    const json = await run(["summary", path, "--target", "b", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ target: "b", pairs: [{ x: "a", redundant: 0.0625 }] });
    expect((await run(["summary", path])).stderr).toBe(
      "infonet: --target is missing; name the column that others shall tell of.\n",
    );
  });
});

describe("infonet compare", () => {
  test("lists columns and pairs by group, whose levels have their names", async () => {
    const path = table();
    const { code, stdout } = await run(["compare", path, "--by", "kind"]);
    expect(code).toBe(0);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^By kind in .*t\.csv \(nats\): x \(30 rows\), y \(30 rows\)$/),
      "  too small to compare: 2 (3)",
      "",
      "Columns",
      "         MI   share  p        q",
      "  a   0.250    50 %  0.001    0.002",
      "",
      "Dependences",
      "             x       y  p        q",
      "  a  b   0.500   0.125  0.001    0.002",
      "",
    ]);
    const json = await run(["compare", path, "--by", "kind", "--format", "json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ by: "kind", groups: [{ level: "x" }, { level: "y" }] });
    expect(await run(["compare", path])).toMatchObject({
      code: 2,
      stderr:
        "infonet: --by is missing; name the column whose values are the groups, or give two files to compare.\n",
    });
  });

  test("compares files with each other, whose rows are groups", async () => {
    const files = ["old.csv", "new.csv"].map((name) => tempFile(name, SMALL_CSV));
    const report = join(tempFolder(), "change.html");
    const { code, stdout } = await run(["compare", ...files, "--format", "json", "--report", report]);
    expect(code).toBe(0);
    const { by, groups } = JSON.parse(stdout);
    expect(by).toBe("file");
    expect(groups.map(({ level }: { level: string }) => level)).toEqual(files);
    const page = readFileSync(report, "utf8");
    expect(page).toContain("<h2>Dependences</h2>");
    expect(page).toContain("Groups of fewer than 30 rows are not compared");
    // A column may be called so already.
    const taken = SMALL_CSV.replace("id,", "file,");
    const others = ["a.csv", "b.csv"].map((name) => tempFile(name, taken));
    expect(JSON.parse((await run(["compare", ...others, "--format", "json"])).stdout).by).toBe("file 2");
  });

  test("files are compared in the columns that both have", async () => {
    const files = ["old.csv", "new.csv"].map((name, k) =>
      tempFile(name, k === 0 ? SMALL_CSV : SMALL_CSV.replace("kind", "sort")),
    );
    const { code, stdout, stderr } = await run(["compare", ...files, "--format", "json"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/only in .*old\.csv, left out: kind\n.*only in .*new\.csv, left out: sort\n/);
    const { columns } = JSON.parse(stdout);
    expect(columns.map(({ column }: { column: string }) => column)).not.toContain("kind");
  });

  test("a matrix by groups: one row a pair and group, only what differs, what does not go together", async () => {
    const path = table();
    const out = join(tempFolder(), "by.csv");
    const { code, stderr } = await run(["matrix", path, "--by", "kind", "--out", out]);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/1 pair written to .*by\.csv\n$/)]);
    expect(readFileSync(out, "utf8").split("\n").slice(0, 3)).toEqual([
      "x,y,group,n,mi,low,high,units,difference,p_value,q_value",
      "a,b,x,30,0.5,0.25,1,nats,0.375,0.001,0.002",
      "a,b,y,30,0.125,0,0.25,nats,0.375,0.001,0.002",
    ]);
    const few = await run(["matrix", path, "--by", "kind", "--fdr", "0.001", "--format", "json"]);
    expect(JSON.parse(few.stdout)).toMatchObject({ columns: [], pairs: [] });
    expect((await run(["matrix", path, "--by", "kind", "--window", "40"])).stderr).toBe(
      "infonet: --by and --window do not go together; leave one out.\n",
    );
    expect((await run(["matrix", path, "--by", "kind", "--format", "parquet"])).code).toBe(2);
    const target = await run(["matrix", path, "--by", "kind", "--target", "b", "--format", "json"]);
    expect(target.code).toBe(0);
    expect((await run(["matrix", path, "--by", "k*", "--target", "b"])).stderr).toMatch(
      /--by k\* is no name of a column; name one\./,
    );
  });
});

describe("infonet matrix --given", () => {
  test("pairs beyond others, which are in none of them", async () => {
    const path = table();
    const json = await run(["matrix", path, "--given", "kind", "--format", "json"]);
    const { given, pairs } = JSON.parse(json.stdout);
    expect(given).toEqual(["kind"]);
    expect(pairs.map(({ x, y }: { x: string; y: string }) => x + y)).not.toContain("akind");
    expect((await run(["matrix", path, "--given", "kind"])).stdout).toContain("\ngiven kind\n");
    expect((await run(["matrix", path, "--given", "kinds"])).stderr).toMatch(/did you mean "kind"\?/);
    expect((await run(["matrix", path, "--given", "id"])).stderr).toMatch(
      /--given "id" looks like an identifier/,
    );
    expect((await run(["matrix", path, "--given", "kind", "--screen", "0.1"])).stderr).toBe(
      "infonet: --given and --screen do not go together; leave one out.\n",
    );
    expect((await run(["matrix", path, "--given", "kind", "--lags"])).stderr).toBe(
      "infonet: --given and --lags do not go together; leave one out.\n",
    );
    expect((await run(["matrix", path, "--by", "kind", "--lags"])).stderr).toBe(
      "infonet: --by and --lags do not go together; leave one out.\n",
    );
    const report = join(tempFolder(), "given.html");
    await run(["matrix", path, "--given", "kind", "--report", report]);
    expect(readFileSync(report, "utf8")).toContain("given kind");
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

  test("draws a picture and a report, the same each time", async () => {
    const folder = tempFolder();
    const [svg, again, report] = ["a.svg", "b.svg", "r.html"].map((name) => join(folder, name));
    const path = table();
    const { stderr } = await run(["network", path, "--svg", svg, "--report", report]);
    expect(stderr).toMatch(/picture written to .*a\.svg\n.*report written to .*r\.html\n$/);
    await run(["network", path, "--svg", again]);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(svg, "utf8"));
    const page = readFileSync(report, "utf8");
    for (const part of [
      "<h2>Picture</h2>",
      "<h2>Links</h2>",
      "<h2>Through others</h2>",
      "2 columns</b>: a, b",
    ]) {
      expect(page).toContain(part);
    }
    expect((await run(["network", path, "--svg", join(folder, "a.png")])).stderr).toMatch(
      /end its name in \.svg/,
    );
    const twice = await run(["network", path, "--svg", svg, "--out", svg]);
    expect(twice.code).toBe(2);
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
      '<node id="n0"><data key="name">&lt;a &amp; &quot;b&quot;&gt;\ufffd</data><data key="community">1</data></node>',
    );
    expect(text).toContain('<edge source="n0" target="n1"><data key="mi">0.5</data>');
    const [gexf, cyjs] = ["links.gexf", "links.cyjs"].map((name) => join(folder, name));
    await run(["network", path, "--out", gexf]);
    const markup = readFileSync(gexf, "utf8");
    expect(markup).toContain('<node id="n0" label="&lt;a &amp; &quot;b&quot;&gt;\ufffd">');
    expect(markup).toContain('<edge id="e0" source="n0" target="n1" weight="0.25">');
    await run(["network", path, "--out", cyjs]);
    const { elements } = JSON.parse(readFileSync(cyjs, "utf8"));
    expect(elements.nodes[0].data).toEqual({ id: "n0", name: '<a & "b">\u0001', community: 1 });
    expect(elements.edges[0].data).toMatchObject({ source: "n0", target: "n1", weight: 0.25 });
    const refused = await run(["network", path, "--out", join(folder, "links.parquet")]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(
      /no format has the ending \.parquet; end the name in \.txt, \.json, \.csv, \.graphml, \.gexf or \.cyjs/,
    );
  });
});
