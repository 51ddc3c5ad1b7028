import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RowOptions } from "infonet";
import { describe, expect, test } from "vitest";
import { tempFile, tempFolder } from "../testing/files.js";
import { run } from "../testing/run.js";

/** b follows a two days later; rows are not in the order of their days. */
const rows = Array.from({ length: 60 }, (_, k) => {
  const at = (day: number): number => Math.sin(day * day);
  const day = (k * 7) % 60;
  return `${new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)},${at(day)},${at(day - 2) + day / 1e4},${day % 5}`;
});
const CSV = `day,a,b,c\n${rows.join("\n")}\n`;
const json = ["--format", "json"];

describe("rows in time", () => {
  test("--series, --time, --diff and --deseason say that rows are a series, and are named in the output", async () => {
    const path = tempFile("t.csv", CSV);
    const told: RowOptions[] = [];
    const onRows = (given: RowOptions) => told.push(given);
    for (const [options, series, text] of [
      [["--series"], {}, "rows in time, as they stand"],
      [["--time", "day"], { time: "day", step: 86400, dates: true }, "rows in time, by day"],
      [["--diff"], { diff: true }, "rows in time, as they stand · changes from row to row"],
      [["--deseason", "7"], { deseason: 7 }, "less the means of a period of 7 rows"],
    ] as const) {
      const one = await run(["estimate", path, "a", "b", ...options, ...json], { onRows });
      expect(JSON.parse(one.stdout).series).toEqual(series);
      expect((await run(["estimate", path, "a", "b", ...options])).stdout).toContain(text);
      const all = await run(["matrix", path, ...options, ...json], { onRows });
      expect(JSON.parse(all.stdout).series).toEqual(series);
      expect((await run(["matrix", path, ...options])).stdout).toContain(text);
    }
    expect(told).toEqual(new Array(8).fill({ rows: "series", cluster: undefined, counts: undefined }));
    const plain = JSON.parse((await run(["matrix", path, ...json], { onRows })).stdout);
    expect(plain).not.toHaveProperty("series");
    expect(told[8]).not.toHaveProperty("rows");
  });

  test("the column of times takes part in no pair, and cannot be one of a pair", async () => {
    const path = tempFile("t.csv", CSV);
    const { pairs } = JSON.parse((await run(["matrix", path, "--time", "day", ...json])).stdout);
    expect(pairs).toHaveLength(3);
    const wrong = await run(["estimate", path, "a", "day", "--time", "day"]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('both name "day"') });
  });

  test("of a panel it is said that estimates count what the clusters tell", async () => {
    const rows = CSV.trim()
      .split("\n")
      .map((line, k) => `${line},${k === 0 ? "firm" : k % 2 === 0 ? "north" : "south"}`);
    const path = tempFile("t.csv", `${rows.join("\n")}\n`);
    const said = "MI is that of the rows of every firm together";
    const time = ["--time", "day", "--max-lag", "2"];
    const panel = [...time, "--cluster", "firm"];
    expect((await run(["lags", path, "a", "b", ...panel])).stdout).toContain(said);
    expect((await run(["matrix", path, "--lags", ...panel])).stdout).toContain(said);
    const alone = await run(["lags", path, "a", "b", ...time]);
    expect(alone.stdout).not.toContain("MI is that");
  });

  test("infonet lags draws a curve, says who leads and by how much time, and writes JSON and SVG", async () => {
    const path = tempFile("t.csv", CSV);
    const svg = join(tempFolder(), "lags.svg");
    const lags = ["lags", path, "a", "b", "--time", "day", "--max-lag", "3"];
    const text = await run([...lags, "--svg", svg]);
    expect(text).toMatchObject({ code: 0, stderr: expect.stringContaining("curve written to") });
    expect(text.stdout).toMatch(/\n +\+2 .* best\n/);
    expect(text.stdout).toContain("+2: a leads b by 2 rows (about 2 days)");
    const curve = readFileSync(svg, "utf8");
    expect(curve).toMatch(/^<svg .*aria-label="Mutual information of a and b by lag: \+2: a leads b/);
    expect(curve.match(/<circle /g)).toHaveLength(7);
    const result = JSON.parse((await run([...lags, ...json])).stdout);
    expect(result).toMatchObject({ x: "a", y: "b", best: { lag: 2 }, series: { time: "day", step: 86400 } });
    expect(result.lags.map(({ lag }: { lag: number }) => lag)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    const page = join(tempFolder(), "lags.html");
    expect((await run([...lags, "--report", page])).stderr).toContain("report written to");
    const report = readFileSync(page, "utf8");
    expect(report.match(/<circle /g)).toHaveLength(7);
    expect(report.match(/<tr>|<tr class="best">/g)).toHaveLength(8);
    const wrong = await run(["lags", path, "a", "b", "--svg", "curve.png"]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("end its name in .svg") });
    expect((await run(["lags", path, "a", "a"])).code).toBe(2);
  });

  test("infonet transfer shows both directions side by side", async () => {
    const path = tempFile("t.csv", CSV);
    const transfer = ["transfer", path, "a", "b", "--time", "day", "--lag", "2", "--given", "c"];
    const { stdout, code } = await run(transfer);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Transfer entropy of a and b, lag 2, given c .*\n {2}a → b .*\n {2}b → a .*\n {2}net flow /,
    );
    const result = JSON.parse((await run([...transfer, ...json])).stdout);
    expect(result).toMatchObject({ lag: 2, given: ["c"], xToY: { history: 1 }, series: { time: "day" } });
    expect(result.xToY.mi).toBeGreaterThan(result.yToX.mi);
    expect((await run(["transfer", path, "a", "a"])).code).toBe(2);
  });

  test("infonet matrix --window shows pairs over time", async () => {
    const path = tempFile("t.csv", CSV);
    const windows = ["matrix", path, "--time", "day", "--window", "30", "--step", "10"];
    const { stdout, code } = await run(windows);
    expect(code).toBe(0);
    expect(stdout).toContain("4 windows of 30 rows, every 10 rows");
    expect(stdout).toMatch(/ 0\.010 {2}a {2}b {2}differs most in 2024-01-31 to 2024-02-29\n/);
    const result = JSON.parse((await run([...windows, ...json])).stdout);
    expect(result).toMatchObject({ window: 30, step: 10, series: { time: "day" } });
    expect(result.windows[1]).toEqual({ from: 10, to: 40, first: "2024-01-11", last: "2024-02-09" });
    expect(result.pairs).toHaveLength(3);
    expect(result.pairs[0].windows).toHaveLength(4);
    const page = join(tempFolder(), "windows.html");
    expect((await run([...windows, "--report", page])).stderr).toContain("report written to");
    const report = readFileSync(page, "utf8");
    // Three pairs in four windows.
    expect(report.match(/<circle /g)).toHaveLength(12);
    expect(report).toContain("2024-01-31 to 2024-02-29");
    for (const [options, error] of [
      [["--step", "10"], "add --window"],
      [["--window", "30", "--fdr", "0.1"], "--window and --fdr do not go together"],
      [["--window", "30", "--format", "csv"], "with --window take text or json"],
    ] as const) {
      const wrong = await run(["matrix", path, ...options]);
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining(error) });
    }
  });

  test("infonet transfer --from names the columns that tell of one", async () => {
    const path = tempFile("t.csv", CSV);
    const sources = ["transfer", path, "b", "--from", "a,c", "--time", "day", "--max-lag", "2"];
    const { stdout, code } = await run(sources);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Sources of b, up to 2 rows before .*\n source .*p of all\n a .*\n c /);
    const result = JSON.parse((await run([...sources, ...json])).stdout);
    expect(result).toMatchObject({ target: "b", history: 1, maxLag: 2, series: { time: "day" } });
    expect(result.sources.map(({ source }: { source: string }) => source)).toEqual(["a", "c"]);
    for (const [wrong, error] of [
      [["transfer", path, "b"], "--from"],
      [["transfer", path, "a", "b", "--max-lag", "2"], "--lag"],
      [["transfer", path, "b", "--from", "a,b"], 'both name "b"'],
      [["transfer", path, "b", "--from", "a", "--lag", "2"], "up to --max-lag"],
    ] as const) {
      expect(await run(wrong)).toMatchObject({ code: 2, stderr: expect.stringContaining(error) });
    }
  });

  test("infonet matrix --lags says of every pair who leads", async () => {
    const path = tempFile("t.csv", CSV);
    const lags = ["matrix", path, "--time", "day", "--lags", "--max-lag", "3"];
    const { stdout, code } = await run(lags);
    expect(code).toBe(0);
    expect(stdout).toContain("3 pairs at the best of the lags \u22123 to 3");
    expect(stdout).toContain("+2: a leads b by 2 rows (about 2 days)");
    const result = JSON.parse((await run([...lags, ...json])).stdout);
    expect(result).toMatchObject({ maxLag: 3, series: { time: "day" } });
    expect(result.pairs[0]).toMatchObject({ x: "a", y: "b", lag: 2, pValue: 0.01 });
    for (const [options, error] of [
      [["--max-lag", "3"], "add --lags"],
      [["--lags", "--window", "30"], "--lags and --window do not go together"],
      [["--lags", "--format", "csv"], "with --lags take text or json"],
    ] as const) {
      const wrong = await run(["matrix", path, ...options]);
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining(error) });
    }
  });

  test("infonet joint and conditional take series, whose clusters are series", async () => {
    const path = tempFile("t.csv", CSV);
    const joint = await run(["joint", path, "--x", "a,c", "--y", "b", "--time", "day", ...json]);
    expect(JSON.parse(joint.stdout).series).toMatchObject({ time: "day" });
    const conditional = ["conditional", path, "a", "b", "--given", "c"];
    expect((await run([...conditional, "--series"])).stdout).toContain("rows in time, as they stand");
    const wrong = await run([...conditional, "--cluster", "day"]);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("add --series or --time") });
  });

  test("--step puts rows at equal steps of time, and windows may be lengths of time", async () => {
    const holed = `${CSV.split("\n")
      .filter((line) => !line.startsWith("2024-01-2"))
      .join("\n")}`;
    const path = tempFile("t.csv", holed);
    const lags = ["lags", path, "a", "b", "--time", "day", "--step", "1d", "--max-lag", "3"];
    const { stdout, stderr } = await run(lags);
    expect(stderr).toContain("10 steps of 1d without a row");
    expect(stdout).toContain("+2: a leads b by 2 \u00d7 1d");
    expect(stdout).toContain("at steps of 1d");
    const windows = ["matrix", tempFile("t.csv", CSV), "--time", "day", "--window", "30d", "--step", "10d"];
    const result = JSON.parse((await run([...windows, ...json])).stdout);
    expect(result).toMatchObject({ window: "30d", step: "10d" });
    for (const [wrong, error] of [
      [["lags", path, "a", "b", "--step", "1d"], "name the times with --time"],
      [["lags", path, "a", "b", "--time", "day", "--step", "1"], "say the unit, such as 1d"],
      [["lags", path, "a", "b", "--time", "day", "--step", "soon"], "takes a length of time"],
      [["matrix", path, "--time", "day", "--window", "30d", "--step", "10"], "say both alike"],
    ] as const) {
      expect(await run(wrong)).toMatchObject({ code: 2, stderr: expect.stringContaining(error) });
    }
  });
});
