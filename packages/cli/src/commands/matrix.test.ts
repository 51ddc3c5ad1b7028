import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RowOptions } from "infonet";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Interrupted } from "../errors.js";
import { tempFile, tempFolder } from "../testing/files.js";
import { run, SMALL_CSV } from "../testing/run.js";

const pairsOf = (stdout: string): { x: string; y: string; mi?: number; error?: string }[] =>
  JSON.parse(stdout).pairs;
const small = () => tempFile("t.csv", SMALL_CSV);

describe("infonet matrix", () => {
  test("lists the pairs as text, strongest first, then those without a number", async () => {
    const { code, stdout, stderr, disposed } = await run(["matrix", small()]);
    expect({ code, stderr, disposed }).toEqual({ code: 0, stderr: "", disposed: 1 });
    const names = [...stdout.matchAll(/ 20 {2}(\w+) +(\w+) !$/gm)].map(([, x, y]) => [x, y]);
    expect(names[0]).toEqual(["a", "b"]);
    expect(names).toHaveLength(3);
    expect(stdout).toContain(
      "3 pairs could not be computed\n  3 pairs: id looks like an identifier: 20 texts",
    );
  });

  test("lists every pair once as JSON", async () => {
    const { stdout, stderr } = await run([
      "matrix",
      small(),
      "--format",
      "json",
      "--seed",
      "3",
      "--units",
      "bits",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ units: "bits", seed: 3, model: "fake 0123456789ab" });
    const pairs = pairsOf(stdout);
    expect(new Set(pairs.map(({ x, y }) => [x, y].sort().join()))).toEqual(
      new Set(["a,b", "a,kind", "b,kind", "a,id", "b,id", "id,kind"]),
    );
    const numbers = pairs.flatMap(({ mi }) => mi ?? []);
    expect(numbers).toEqual([...numbers].sort((p, q) => q - p));
    expect(pairs.slice(3).every(({ error }) => error?.startsWith("id looks like"))).toBe(true);
    expect(stderr).toMatch(/1 of 4 columns cannot be used \(reasons in the result\): "id"\n$/);
  });

  test("a column that says what rows stand for is in no pair", async () => {
    const given: RowOptions[] = [];
    const onRows = (rows: RowOptions) => given.push(rows);
    const json = ["--format", "json"];
    const cluster = await run(["matrix", small(), "--cluster", "id", ...json], { onRows });
    expect(cluster).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(cluster.stdout)).toMatchObject({ cluster: "id" });
    expect(pairsOf(cluster.stdout).map(({ x, y }) => [x, y].sort().join())).toHaveLength(3);
    expect(given[0].cluster).toMatchObject({ kind: "category" });
    const counts = await run(["matrix", small(), "--counts", "a", "--columns", "b,kind", ...json], {
      onRows,
    });
    expect(pairsOf(counts.stdout)).toMatchObject([{ x: "b", y: "kind" }]);
    expect(Array.from(given[1].counts!).slice(0, 3)).toEqual([0, 1, 2]);
    expect(await run(["matrix", small(), "--columns", "a,b", "--cluster", "b"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --columns and --cluster both name "b"; name each column once.\n',
    });
    expect(await run(["matrix", small(), "--target", "a", "--counts", "a"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --target and --counts both name "a"; name each column once.\n',
    });
  });

  test("a report draws every row as often as its counts say", async () => {
    const path = join(tempFolder(), "r.html");
    const given: RowOptions[] = [];
    const more = { onRows: (rows: RowOptions) => given.push(rows) };
    const argv = [
      "matrix",
      small(),
      "--counts",
      "a",
      "--cluster",
      "kind",
      "--columns",
      "b,id",
      "--report",
      path,
    ];
    expect((await run(argv, more)).code).toBe(0);
    const page = readFileSync(path, "utf8");
    expect(page).toMatch(/<span>190\srows<\/span>/);
    expect(page).toContain("<dt>clusters</dt>");
    expect(given[1].counts).toBeUndefined();
    expect(given[1].cluster).toMatchObject({ values: { length: 190 } });
  });

  test("passes categories as such, also those that are named", async () => {
    const csv = (...more: string[]) => run(["matrix", small(), "--format", "csv", ...more]);
    const kindsOf = ({ stdout }: { stdout: string }) =>
      stdout
        .split("\n")
        .slice(1, 4)
        .map((line) => line.split(","))
        .map((fields) => [fields[0], fields[1], fields[11], fields[12]].join(" "))
        .sort();
    expect(kindsOf(await csv())).toEqual([
      "a b number number",
      "a kind number levels",
      "b kind number levels",
    ]);
    expect(kindsOf(await csv("--categorical", "a"))).toEqual([
      "a b levels number",
      "a kind levels levels",
      "b kind number levels",
    ]);
  });

  test("takes only some columns, or only pairs with a target", async () => {
    const some = await run(["matrix", small(), "--columns", "a,kind", "--format", "json"]);
    expect(pairsOf(some.stdout).map(({ x, y }) => [x, y])).toEqual([["a", "kind"]]);
    const target = await run(["matrix", small(), "--target", "kind", "--format", "json"]);
    expect(pairsOf(target.stdout)).toHaveLength(3);
    expect(pairsOf(target.stdout).every(({ x, y }) => x === "kind" || y === "kind")).toBe(true);
  });

  test("takes several targets, by names, patterns or from a file", async () => {
    const csv = tempFile(
      "g.csv",
      `r1,r2,g1,g2,c\n${Array.from({ length: 20 }, (_, k) => `${k},${(k * 7) % 19},${(k * k) % 17},${(k * 3) % 13},5`).join("\n")}\n`,
    );
    const keys = async (...args: string[]) =>
      pairsOf((await run(["matrix", csv, "--format", "json", ...args])).stdout)
        .map(({ x, y }) => `${x} ${y}`)
        .sort();
    const expected = ["r1 c", "r1 g1", "r1 g2", "r1 r2", "r2 c", "r2 g1", "r2 g2"];
    expect(await keys("--target", "r1,r2")).toEqual(expected);
    expect(await keys("--target", "r*", "--target", "r1")).toEqual(expected);
    const list = tempFile("regulators.txt", "\ufeffr1\r\n\r\nr2\r\nr9\r\n");
    expect(await keys("--targets-from", list)).toEqual(expected);
    expect(await keys("--columns", "g1", "--targets-from", list)).toEqual(["r1 g1", "r1 r2", "r2 g1"]);
    expect((await run(["matrix", csv, "--targets-from", list])).stderr).toBe(
      `infonet: ${csv}: 1 of the 3 targets in ${list} are not in the table: "r9"\n`,
    );
    expect((await run(["matrix", csv, "--target", "c*"])).stderr).toContain('the target "c" is constant');
    const none = tempFile("none.txt", "\n");
    expect(await run(["matrix", csv, "--targets-from", none])).toMatchObject({
      code: 2,
      stderr: `infonet: --targets-from ${none} is empty; write one column a line.\n`,
    });
    expect((await run(["matrix", csv, "--targets-from", `${none}x`])).stderr).toContain("cannot be read (");
  });

  test("lists only what a false discovery rate lets through, and refuses what is no rate", async () => {
    const found = await run(["matrix", small(), "--fdr", "0.05"], { pValue: 0.04 });
    expect(found.stdout).toContain("3 of 3 pairs are dependent at a false discovery rate of 5 %.");
    for (const [rate, q, found] of [
      [0.05, 0.05, 3],
      [0.05, 0.051, 0],
      [0.05, 0.09, 0],
      [0.05, 0.026, 3],
      [1, 1, 3],
    ]) {
      const options = { pValue: q };
      const { stdout } = await run(["matrix", small(), "--fdr", `${rate}`, "--format", "json"], options);
      expect(pairsOf(stdout), `${q} at ${rate}`).toHaveLength(found);
    }
    const without = await run(["matrix", small(), "--fdr", "0.01"]);
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining("no null table")]);
    const wrong = await run(["matrix", small(), "--fdr", "5"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("--fdr takes a share above 0")]);
  });

  test("cuts the list where --top says", async () => {
    const text = await run(["matrix", small(), "--top", "1"]);
    expect(text.stdout).toContain("… and 2 weaker pairs; --top all shows every pair.");
    const json = await run(["matrix", small(), "--top", "1", "--format", "json"]);
    expect(pairsOf(json.stdout)).toHaveLength(1);
    const wide = Array.from({ length: 9 }, (_, k) => `c${k}`);
    const rows = Array.from({ length: 12 }, (_, r) => wide.map((_, k) => (r * (k + 2)) % 11).join());
    const path = tempFile("wide.csv", [wide.join(), ...rows].join("\n"));
    expect((await run(["matrix", path])).stdout).toContain("… and 11 weaker pairs");
    expect((await run(["matrix", path, "--top", "all"])).stdout).not.toContain("weaker");
    expect(pairsOf((await run(["matrix", path, "--format", "json"])).stdout)).toHaveLength(36);
  });

  test("reports pairs with too few common rows", async () => {
    const rows = Array.from({ length: 16 }, (_, k) =>
      k < 8 ? `${k},${(k * 3) % 7},` : `${k},,${(k * 3) % 7}`,
    );
    const path = tempFile("t.csv", `a,b,c\n${rows.join("\n")}\n`);
    const { code, stdout } = await run(["matrix", path]);
    expect(code).toBe(0);
    expect(stdout).toContain("1 pair could not be computed\n  b × c: b and c share 0 complete rows");
  });

  test("loads the model for the threads asked for", async () => {
    expect((await run(["matrix", small(), "--threads", "3"])).loaded).toEqual([3]);
    expect((await run(["matrix", small()])).loaded).toEqual([1]);
  });
});

test("parts of dates are columns, and no pairs with each other", async () => {
  const days = Array.from({ length: 80 }, (_, k) => new Date(Date.UTC(2023, 11, 1 + k)).toISOString());
  const path = tempFile("d.csv", `date,a\n${days.map((day, k) => `${day.slice(0, 10)},${k}`).join("\n")}\n`);
  const { stdout } = await run(["matrix", path, "--date-parts", "month,weekday", "--format", "json"]);
  const { pairs } = JSON.parse(stdout) as { pairs: { x: string; y: string; error?: string }[] };
  expect(pairs.filter(({ error }) => error === undefined).map(({ x, y }) => `${x} ${y}`)).toEqual(
    expect.arrayContaining(["date a", "date.month a", "date.weekday a"]),
  );
  expect(pairs.filter(({ error }) => error !== undefined)).toEqual(
    [
      ["date", "date.month"],
      ["date", "date.weekday"],
      ["date.month", "date.weekday"],
    ].map(([x, y]) => ({
      x,
      y,
      error: "both are of the same dates, whose calendar ties them",
    })),
  );
  const all = await run(["matrix", path, "--date-parts", "--target", "a", "--columns", "d*"]);
  expect(all.stdout).toMatch(/80 rows · 6 columns/);
  expect(await run(["matrix", "--date-parts", path])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /--date-parts takes some of year,month,day,weekday,hour, not .* name it before/,
    ),
  });
});

test("text and JSON say what was read", async () => {
  const path = tempFile("t.csv", SMALL_CSV);
  expect((await run(["matrix", path])).stdout).toMatch(
    / seed 0\n2 numbers, 1 category, 1 column not usable; nothing missing in the others\n/,
  );
  const { columns } = JSON.parse((await run(["matrix", path, "--format", "json"])).stdout);
  expect(columns).toEqual([
    {
      name: "id",
      kind: "unusable",
      missing: null,
      levels: null,
      remarks: [],
      reason: "looks like an identifier: 20 texts, all different, of which nothing can be counted",
    },
    { name: "a", kind: "number", missing: 0, levels: null, remarks: [] },
    { name: "b", kind: "number", missing: 0, levels: null, remarks: [] },
    { name: "kind", kind: "category", missing: 0, levels: 2, remarks: [] },
  ]);
});

describe("files", () => {
  test("several are one table, and none of them is written over", async () => {
    const folder = tempFolder();
    const paths = ["a.csv", "b.csv"].map((name) => join(folder, name));
    for (const path of paths) writeFileSync(path, SMALL_CSV);
    const { code, stdout, stderr } = await run(["matrix", ...paths]);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("b.csv (20 rows)") });
    expect(stdout).toMatch(/a\.csv and 1 more file · 40 rows/);
    const over = await run(["matrix", join(folder, "*.csv"), "--out", paths[1]]);
    expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining("is the input file") });
  });

  test.each(["json", "csv", "parquet", "txt"])("writes --out by its ending: %s", async (ending) => {
    const out = join(tempFolder(), `result.${ending}`);
    const { code, stdout, stderr } = await run(["matrix", small(), "--out", out]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/infonet: 6 pairs written to .*result\.\w+\n$/);
    const start = { json: '{"file":', csv: "x,y,mi,", parquet: "PAR1", txt: "/" }[ending] as string;
    expect(readFileSync(out, "latin1").startsWith(start)).toBe(true);
  });

  test("writes no colours and no cut names into a file", async () => {
    const out = join(tempFolder(), "result.txt");
    const io = { outIsTerminal: true, columns: 30 };
    const path = tempFile(
      "t.csv",
      SMALL_CSV.replace("kind", "a name that is longer than the terminal is wide"),
    );
    await run(["matrix", path, "--out", out], { io });
    expect(readFileSync(out, "utf8")).toContain("a name that is longer than the terminal is wide");
    expect(readFileSync(out, "utf8")).not.toContain("\u001b");
    expect((await run(["matrix", path], { io })).stdout).toContain("\u001b[1m");
  });

  test("writes the report beside the result", async () => {
    const report = join(tempFolder(), "r.html");
    const { code, stdout, stderr } = await run(["matrix", small(), "--report", report]);
    expect(code).toBe(0);
    expect(stdout).toContain("strength");
    expect(stderr).toBe(`infonet: report written to ${report}\n`);
    expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>/);
  });

  test("sends Parquet to a pipe, but not to a terminal", async () => {
    const argv = ["matrix", small(), "--format", "parquet"];
    expect((await run(argv)).bytes.subarray(0, 4).toString()).toBe("PAR1");
    expect(await run(argv, { io: { outIsTerminal: true } })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: "infonet: --format parquet is binary; name a file with --out, or send stdout to one.\n",
    });
  });

  test("are checked before the work begins", async () => {
    const path = small();
    const folder = tempFolder();
    symlinkSync(path, join(folder, "link.csv"));
    symlinkSync(".", join(folder, "here"));
    const place = (name: string) => join(folder, name);
    for (const [argv, code, message] of [
      [["--out", "/nowhere/x.csv"], 1, "the folder /nowhere does not exist; create it first."],
      [["--report", "/nowhere/x.html"], 1, "--report /nowhere/x.html: the folder /nowhere does not exist"],
      [["--out", path], 2, "is the input file; choose another name, the input is never overwritten."],
      [
        ["--out", "/tmp/same.html", "--report", "/tmp/same.html", "--format", "csv"],
        2,
        "--out and --report both name /tmp/same.html",
      ],
      [["--out", place("link.csv")], 2, "is the input file"],
      [["--report", place("link.csv"), "--format", "csv"], 2, "a report is a page; end its name in .html."],
      [
        ["--out", place("z.html"), "--format", "json", "--report", `${folder}/here/./z.html`],
        2,
        "z.html are one file; choose two.",
      ],
      [["--out", place("")], 2, "is a folder; name a file in it."],
      [["--out", folder], 2, "is a folder; name a file in it."],
      [["--out", ""], 2, "--out is empty; name a file."],
      [["--report", ""], 2, "--report is empty; name a file."],
      [["--out", place("m.xlsx")], 2, "no format has the ending .xlsx; end the name in .txt, .json, .csv or"],
      [["--out", place("m.csv.gz")], 2, "results are written as they are; leave out .gz"],
      [["--report", place("m.csv")], 2, "a report is a page; end its name in .html."],
      [["--columns", "a,,b"], 2, "--columns takes names with commas between them"],
      [["--out", place(`${"x".repeat(300)}.csv`)], 2, "the name is too long; choose a shorter one."],
    ] as const) {
      const result = await run(["matrix", path, ...argv]);
      expect(result).toMatchObject({ code, stdout: "", loaded: [] });
      expect(result.stderr).toContain(message);
      expect(result.stderr.match(/\n/g), message).toHaveLength(1);
    }
    expect(readdirSync(folder).sort()).toEqual(["here", "link.csv"]);
    expect(readFileSync(path, "utf8")).toBe(SMALL_CSV);
  });

  test("--report may not be the file that stdout goes to", async () => {
    const report = tempFile("r.html", "");
    const { dev, ino } = statSync(report);
    const io = { outFile: { dev, ino } };
    expect(await run(["matrix", small(), "--report", report], { io })).toMatchObject({
      code: 2,
      stderr: `infonet: --report ${report} is where stdout goes; choose another file.\n`,
      loaded: [],
    });
    expect((await run(["matrix", small(), "--report", join(tempFolder(), "r.html")], { io })).code).toBe(0);
  });

  test("an ending in capitals counts, and --format goes before any ending", async () => {
    const folder = tempFolder();
    await run(["matrix", small(), "--out", join(folder, "A.CSV")]);
    expect(readFileSync(join(folder, "A.CSV"), "utf8").startsWith("x,y,mi,")).toBe(true);
    await run(["matrix", small(), "--out", join(folder, "a.xlsx"), "--format", "json"]);
    expect(readFileSync(join(folder, "a.xlsx"), "utf8").startsWith('{"file":')).toBe(true);
    await run(["matrix", small(), "--out", join(folder, "plain")]);
    expect(readFileSync(join(folder, "plain"), "utf8")).toContain("90 % interval");
  });
});

describe("more pairs than an array can be spread", () => {
  test.each(["text", "json", "csv", "parquet"])("all are printed as %s", async (format) => {
    const pairs = 130_000;
    const argv = ["matrix", small(), "--top", "all", "--columns", "a,b", "--format", format];
    const { code, stdout, stderr, bytes } = await run(argv, { pairs });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    if (format === "json") expect(pairsOf(stdout)).toHaveLength(pairs + 1);
    else if (format === "csv") expect(stdout.match(/\n/g)).toHaveLength(pairs + 2);
    else if (format === "text") expect(stdout.match(/^.* 100 {2}c\d+ +d\d+$/gm)).toHaveLength(pairs);
    else expect(bytes.subarray(-4).toString()).toBe("PAR1");
  });
});

describe("tables that hold no pair", () => {
  test("are refused with the reasons", async () => {
    const path = tempFile("t.csv", "a,b\n1,5\n2,5\n");
    expect(await run(["matrix", path])).toMatchObject({
      code: 1,
      stderr: `infonet: ${path} has 1 usable column; a pair needs two. "b" is constant: every value is 5.\n`,
    });
    expect((await run(["matrix", path, "--target", "b"])).stderr).toContain('the target "b" is constant');
    expect(await run(["matrix", path, "--columns", "a"])).toMatchObject({
      code: 2,
      stderr: 'infonet: --columns names one column ("a"); a pair needs two.\n',
    });
    expect(await run(["matrix", path, "--columns", "a", "--target", "b"])).toMatchObject({
      code: 1,
      stderr: `infonet: ${path}: the target "b" is constant: every value is 5.\n`,
    });
  });
});

describe("progress", () => {
  test("is drawn on a terminal when the work takes long, and wiped", async () => {
    const beforePair = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
    const { stderr, stdout } = await run(["matrix", small()], { beforePair, io: { errIsTerminal: true } });
    expect(stderr).toContain("2 of 3 pairs");
    expect(stderr.endsWith("\r\u001b[2K")).toBe(true);
    expect(stdout).not.toContain("of 3 pairs");
  });
});

describe("Ctrl-C", () => {
  /** Ends the run before a pair. */
  function interrupted(at: number, partial: boolean) {
    const controller = new AbortController();
    const beforePair = (index: number) => {
      if (index === at) controller.abort(new Interrupted("interrupted; nothing was written."));
    };
    return { partial, beforePair, signal: controller.signal };
  }

  test("keeps the finished pairs on stdout and marks the others", async () => {
    const { code, stdout, stderr, disposed } = await run(
      ["matrix", small(), "--format", "json", "--columns", "a,b,kind"],
      interrupted(2, true),
    );
    expect({ code, disposed }).toEqual({ code: 130, disposed: 1 });
    expect(pairsOf(stdout).map(({ error }) => error)).toEqual([
      undefined,
      undefined,
      "not computed: the run was interrupted",
    ]);
    expect(stderr).toBe(
      "infonet: interrupted after 2 of 3 pairs; the finished pairs are kept, the others marked.\n",
    );
  });

  test("keeps them beside --out, whose old content stays, and writes no report", async () => {
    const folder = tempFolder();
    const out = join(folder, "r.csv");
    writeFileSync(out, "old");
    const { code, stderr } = await run(
      ["matrix", small(), "--out", out, "--report", join(folder, "r.html")],
      interrupted(1, true),
    );
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual(["r.csv", "r.partial.csv"]);
    expect(readFileSync(out, "utf8")).toBe("old");
    expect(readFileSync(join(folder, "r.partial.csv"), "utf8")).toContain("the run was interrupted");
    expect(stderr).toContain(`6 pairs written to ${join(folder, "r.partial.csv")}`);
  });

  test("never lets them replace a file, least of all the input", async () => {
    const folder = tempFolder();
    const input = join(folder, "in.partial.csv");
    writeFileSync(input, SMALL_CSV);
    const argv = ["matrix", input, "--out", join(folder, "in.csv")];
    const { code, stderr } = await run(argv, interrupted(1, true));
    expect(code).toBe(130);
    expect(stderr).toContain(`6 pairs written to ${join(folder, "in.partial-2.csv")}`);
    expect(readFileSync(input, "utf8")).toBe(SMALL_CSV);
    expect(readdirSync(folder).sort()).toEqual(["in.partial-2.csv", "in.partial.csv"]);
  });

  test("does not wait for a network that hangs, nor for its end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const controller = new AbortController();
    let reached = () => {};
    const hanging = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const beforePair = () => {
      reached();
      return new Promise<void>(() => {});
    };
    const running = run(["matrix", small()], { beforePair, hangsAtEnd: true, signal: controller.signal });
    await hanging;
    controller.abort(new Interrupted("interrupted; nothing was written.", "SIGTERM"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await running).toMatchObject({
      code: 143,
      stdout: "",
      stderr: "infonet: interrupted before the first pair was finished; nothing was written.\n",
    });
  });

  test("when everything is done already says so", async () => {
    const controller = new AbortController();
    const out = join(tempFolder(), "r.csv");
    const afterMatrix = () => controller.abort(new Interrupted("interrupted; nothing was written."));
    const { code, stderr } = await run(["matrix", small(), "--out", out], {
      afterMatrix,
      signal: controller.signal,
    });
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /6 pairs written to .*\ninfonet: interrupted at the end; everything was written\.\n$/,
    );
    expect(readFileSync(out, "utf8")).not.toContain("interrupted");
  });

  test("writes nothing if no pair was finished", async () => {
    const out = join(tempFolder(), "r.csv");
    for (const [options, when] of [
      [interrupted(0, true), "before the first pair was finished"],
      [interrupted(1, false), "after 1 of 3 pairs"],
    ] as const) {
      const { code, stdout, stderr } = await run(["matrix", small(), "--out", out], options);
      expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
      expect(stderr.endsWith(`infonet: interrupted ${when}; nothing was written.\n`), stderr).toBe(true);
      expect(existsSync(out)).toBe(false);
    }
  });

  test("while the table is read ends at once", async () => {
    const signal = AbortSignal.abort(new Interrupted("interrupted; nothing was written."));
    expect(await run(["matrix", small()], { signal })).toMatchObject({
      code: 130,
      stderr: "infonet: interrupted; nothing was written.\n",
      loaded: [],
    });
  });

  test("while the report is made keeps the whole result", async () => {
    const controller = new AbortController();
    const report = join(tempFolder(), "r.html");
    const beforeEstimate = () => controller.abort(new Interrupted("interrupted; nothing was written."));
    const { code, stdout, stderr } = await run(["matrix", small(), "--report", report], {
      beforeEstimate,
      signal: controller.signal,
    });
    expect(code).toBe(130);
    expect(stdout).toContain("strength");
    expect(stderr).toBe(
      "infonet: interrupted while making the report; the result is whole, the report was not written.\n",
    );
    expect(existsSync(report)).toBe(false);
  });
});
