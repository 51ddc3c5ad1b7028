import { describe, expect, test } from "vitest";
import { tempFile } from "./testing/files.js";
import { run, SMALL_CSV } from "./testing/run.js";

describe("help", () => {
  test("is on stdout where it is asked for", async () => {
    for (const argv of [["--help"], ["-h"], ["matrix", "--help"], ["estimate", "-h"]]) {
      const { code, stdout, stderr } = await run(argv);
      expect({ code, stderr }, argv.join(" ")).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Usage: infonet");
      expect(stdout).toContain("Examples:");
    }
  });

  test("is on stderr, as a usage error, where nothing is asked for", async () => {
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Usage: infonet");
  });

  test("fits a terminal of 80 cells", async () => {
    for (const argv of [["--help"], ["matrix", "--help"], ["columns", "--help"], ["estimate", "--help"]]) {
      const { stdout } = await run(argv);
      expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  test.each([
    [
      "matrix",
      "columns exclude target targets-from by given categorical numeric date ordered missing decimal date-order no-header date-parts cluster counts series time diff deseason window step lags max-lag units format out report seed threads screen fdr top",
    ],
    [
      "columns",
      "columns exclude categorical numeric date ordered missing decimal date-order no-header date-parts format report",
    ],
    [
      "estimate",
      "categorical numeric date ordered missing decimal date-order no-header cluster counts series time diff deseason units format report seed",
    ],
    [
      "lags",
      "max-lag svg categorical numeric date ordered missing decimal date-order no-header cluster time step diff deseason units format report seed threads",
    ],
    [
      "transfer",
      "lag history given from max-lag categorical numeric date ordered missing decimal date-order no-header cluster time step diff deseason units format report seed threads",
    ],
    [
      "joint",
      "x y categorical numeric date ordered missing decimal date-order no-header cluster series time diff deseason basis units format report seed threads",
    ],
    [
      "conditional",
      "given categorical numeric date ordered missing decimal date-order no-header cluster series time diff deseason units format report seed threads",
    ],
    [
      "plan",
      "out shards columns exclude target targets-from categorical numeric date ordered missing decimal date-order no-header date-parts cluster counts units seed screen replicates",
    ],
    ["run", "shard threads"],
    ["submit", "queue"],
    ["work", "queue processes stalled"],
    ["status", "missing queue format"],
    ["merge", "format out report fdr top"],
  ])("names the options of %s, and no others", async (command, options) => {
    const { stdout } = await run([command, "--help"]);
    const named = [...stdout.matchAll(/^ {2}(?:-h, )?--([a-z-]+) /gm)].map(([, name]) => name);
    expect(named).toEqual([...options.split(" "), "help"]);
  });

  test("names the words that an option takes", async () => {
    const helpOf = async (command: string) => (await run([command, "--help"])).stdout.replaceAll(/\s+/g, " ");
    const joint = await helpOf("joint");
    expect(joint).toMatch(
      /--basis <BASIS> auto, given, whitened, canonical, nonlinear or neighbours \(default: "auto"\)/,
    );
    expect(joint).toMatch(/--units <UNITS> nats or bits \(default: "nats"\)/);
    expect(joint).toMatch(/--format <FORMAT> text or json \(default: "text"\)/);
    expect(await helpOf("matrix")).toMatch(
      /--format <FORMAT> text, json, csv or parquet \(default: text, or by/,
    );
  });
});

test("the version is on stdout", async () => {
  for (const flag of ["--version", "-V"]) {
    expect(await run([flag])).toMatchObject({ code: 0, stdout: "1.2.3\n", stderr: "" });
  }
});

describe("usage errors", () => {
  test.each([
    [["matrx", "t.csv"], "unknown command 'matrx' (Did you mean matrix?); see infonet --help."],
    [["matrix"], "missing required argument 'FILE'; see infonet matrix --help."],
    [
      ["matrix", "t.csv", "--colums", "a"],
      "unknown option '--colums' (Did you mean --columns?); see infonet matrix --help.",
    ],
    [["estimate", "t.csv", "a"], "missing required argument 'Y'; see infonet estimate --help."],
    [["matrix", "t.csv", "--seed"], "option '--seed <N>' argument missing; see infonet matrix --help."],
    [["matrix", "t.csv", "--seed", "-1"], '--seed takes a whole number of at least 0, not "-1".'],
    [["matrix", "t.csv", "--units", "bit"], '--units takes one of nats, bits, not "bit".'],
    [["matrix", "t.csv", "--format", "xml"], '--format takes one of text, json, csv, parquet, not "xml".'],
    [["matrix", "t.csv", "--top", "0"], '--top takes a whole number of at least 1, not "0".'],
    [["matrix", "t.csv", "--columns", "a,,b"], '--columns takes names with commas between them, not "a,,b".'],
    [
      ["estimate", "t.csv", "a", "b", "--threads", "2"],
      "unknown option '--threads'; see infonet estimate --help.",
    ],
    [["estimate", "t.csv", "a", "b", "--format", "csv"], '--format takes one of text, json, not "csv".'],
    [
      ["joint", "t.csv", "--basis", "pca"],
      '--basis takes one of auto, given, whitened, canonical, nonlinear, neighbours, not "pca".',
    ],
    [["--nonsense"], "unknown option '--nonsense'; see infonet --help."],
  ])("%j", async (argv, message) => {
    expect(await run(argv)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `infonet: ${message}\n`,
      loaded: [],
    });
  });
});

describe("failures", () => {
  test("are one line on stderr and exit status 1", async () => {
    const { code, stdout, stderr, loaded } = await run(["matrix", "/nowhere/t.csv"]);
    expect({ code, stdout, loaded }).toEqual({ code: 1, stdout: "", loaded: [] });
    expect(stderr).toBe("infonet: /nowhere/t.csv does not exist; check the path.\n");
  });

  test("of any kind are flattened, and keep their stack for INFONET_DEBUG", async () => {
    const path = tempFile("t.csv", SMALL_CSV);
    const beforePair = () => {
      throw new Error("two\nlines \u001b[31m");
    };
    const quiet = await run(["matrix", path], { beforePair });
    expect(quiet).toMatchObject({ code: 1, stderr: "infonet: two lines [31m\n", disposed: 1 });
    const loud = await run(["matrix", path], { beforePair, io: { env: { INFONET_DEBUG: "1" } } });
    expect(loud.stderr).toContain("cli.test.ts");
  });
});
