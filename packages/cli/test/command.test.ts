/** The built command, with the released model, on the tables of examples/. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, infonet, noiseTable, PENGUINS, WEATHER } from "./run.js";

interface Pair {
  x: string;
  y: string;
  mi: number;
  interval: [number, number];
  pValue: number | null;
  n: number;
  warnings: { code: string }[];
}

const matrixOf = async (
  args: string[],
): Promise<{ pairs: Pair[]; units: string; seed: number; model: string }> => {
  const { code, out, err } = await infonet(["matrix", ...args, "--format", "json"]);
  expect(err).toBe("");
  expect(code).toBe(0);
  return JSON.parse(out);
};

test("penguins: every pair, strongest first, with what is known of penguins", async () => {
  const { pairs, units, model } = await matrixOf([PENGUINS]);
  expect(units).toBe("nats");
  expect(model).toMatch(/^copula-density [0-9a-f]{12}$/);
  expect(pairs).toHaveLength(21);
  for (const { mi, interval, n } of pairs) {
    expect(interval[0]).toBeGreaterThanOrEqual(0);
    expect(mi).toBeGreaterThanOrEqual(interval[0]);
    expect(interval[1]).toBeGreaterThanOrEqual(mi);
    expect(n).toBeGreaterThan(330);
  }
  const mi = (x: string, y: string): number =>
    pairs.find((p) => (p.x === x && p.y === y) || (p.x === y && p.y === x))!.mi;
  expect(mi("Flipper Length (mm)", "Body Mass (g)")).toBeGreaterThan(0.5);
  // Every species has its own beak, so what a beak tells of the species is well below its entropy, 1.05 nats.
  expect(mi("Species", "Beak Length (mm)")).toBeGreaterThan(0.4);
  expect(mi("Species", "Beak Length (mm)")).toBeLessThan(1.05);
  expect(mi("Island", "Sex")).toBeLessThan(0.02);
  expect([...pairs].sort((a, b) => b.mi - a.mi)).toEqual(pairs);
});

test("the same seed gives the same bytes for any number of threads; bits are nats divided by ln 2", async () => {
  const one = await infonet(["matrix", PENGUINS, "--format", "csv", "--threads", "1"]);
  const three = await infonet(["matrix", PENGUINS, "--format", "csv", "--threads", "3"]);
  expect(three.out).toBe(one.out);
  const nats = await matrixOf([PENGUINS, "--target", "Species"]);
  const bits = await matrixOf([PENGUINS, "--target", "Species", "--units", "bits"]);
  expect(bits.pairs).toHaveLength(6);
  bits.pairs.forEach((pair, k) => {
    expect(pair.mi).toBeCloseTo(nats.pairs[k].mi / Math.LN2, 10);
  });
});

test("weather: dates, numbers and categories; estimate says what the matrix says", async () => {
  const { pairs } = await matrixOf([WEATHER, "--columns", "date,temp_max,weather", "--seed", "5"]);
  const cell = pairs.find(({ x, y }) => x === "date" && y === "temp_max")!;
  expect(cell.mi).toBeGreaterThan(0.3);
  const { code, out } = await infonet([
    "estimate",
    WEATHER,
    "date",
    "temp_max",
    "--seed",
    "5",
    "--format",
    "json",
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(out).mi).toBeCloseTo(cell.mi, 5);
  const text = await infonet(["estimate", WEATHER, "date", "temp_max"]);
  expect(text.out).toMatch(/mutual information\s+\d\.\d{3} nats/);
});

test("parquet and report land beside each other; the report needs nothing else", async () => {
  const folder = await emptyFolder();
  const [out, report] = [join(folder, "pairs.parquet"), join(folder, "penguins.html")];
  const { code, err } = await infonet(["matrix", PENGUINS, "--out", out, "--report", report]);
  expect(err).toContain(`21 pairs written to ${out}`);
  expect(err).toContain(`report written to ${report}`);
  expect(code).toBe(0);
  expect((await readFile(out)).subarray(0, 4).toString()).toBe("PAR1");
  const html = await readFile(report, "utf8");
  expect(html).toMatch(/^<!doctype html>/);
  // Namespaces are names, not addresses.
  expect(html.replaceAll(/xmlns(:\w+)?="[^"]*"/g, "")).not.toMatch(/https?:|src=|@import|url\(/);
  // Reading it back: a parquet file is a table like any other.
  const again = await infonet(["matrix", out, "--columns", "mi,low", "--format", "json"]);
  expect(JSON.parse(again.out).pairs[0].mi).toBeGreaterThan(0.5);
});

test("help and version say what they should and end with 0; errors are one line, and end with 1 or 2", async () => {
  const help = await infonet(["--help"]);
  expect(help.code).toBe(0);
  expect(help.out).toContain("infonet matrix penguins.csv --report penguins.html");
  expect((await infonet(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const cases: [string[], number, RegExp][] = [
    [["matrix", "/nowhere.csv"], 1, /nowhere\.csv does not exist/],
    [["estimate", PENGUINS, "Species", "Speces"], 1, /Speces/],
    [["matrix", PENGUINS, "--seed", "x"], 2, /--seed takes a whole number/],
    [["matrix"], 2, /FILE/],
    [["matirx", PENGUINS], 2, /matrix/],
    [["matrix", PENGUINS, "--target", "Speces"], 1, /Speces/],
  ];
  for (const [args, code, message] of cases) {
    const outcome = await infonet(args);
    expect(outcome.err, args.join(" ")).toMatch(message);
    expect(outcome.err.trimEnd().split("\n"), args.join(" ")).toHaveLength(1);
    expect([outcome.code, outcome.out], args.join(" ")).toEqual([code, ""]);
  }
});

test("Ctrl-C ends cleanly, says what was done and keeps the finished pairs", async () => {
  const folder = await emptyFolder();
  const table = await noiseTable(folder, 120, 400);
  const out = join(folder, "pairs.csv");
  const { code, err } = await infonet(["matrix", table, "--out", out, "--threads", "2"], (child) => {
    setTimeout(() => child.kill("SIGINT"), 2500);
  });
  expect(code).toBe(130);
  expect(err).toMatch(/interrupted/);
  expect(existsSync(out)).toBe(false);
  if (/nothing was written/.test(err)) return;
  const partial = await readFile(join(folder, "pairs.partial.csv"), "utf8");
  expect(partial.trimEnd().split("\n")).toHaveLength(1 + 7140);
  expect(partial).toContain("the run was interrupted");
});

test("joint and conditional: beaks tell of the species, and little of the weight beyond it", async () => {
  const args = ["--x", "Beak Length (mm),Beak Depth (mm)", "--y", "Species", "--format", "json"];
  const { code, out, err } = await infonet(["joint", PENGUINS, ...args]);
  expect([code, err]).toEqual([0, ""]);
  const joint = JSON.parse(out);
  expect(joint.x).toEqual(["Beak Length (mm)", "Beak Depth (mm)"]);
  // Both together tell nearly all of it (entropy 1.05 nats), more than either.
  expect(joint.mi).toBeGreaterThan(0.7);
  expect(joint.mi).toBeLessThan(1.25);
  expect(joint.interval[0]).toBeLessThanOrEqual(joint.mi);
  // Numbers that tell levels apart are one part, by all of them together.
  expect(joint.contributions.map(({ x }: { x: string }) => x)).toEqual(["Beak Length (mm), Beak Depth (mm)"]);
  expect(joint.interaction.of).toBe("x");

  const pair = ["Beak Depth (mm)", "Body Mass (g)"];
  const alone = JSON.parse((await infonet(["estimate", PENGUINS, ...pair, "--format", "json"])).out);
  const given = ["--given", "Species,Sex", "--format", "json"];
  const conditional = JSON.parse((await infonet(["conditional", PENGUINS, ...pair, ...given])).out);
  expect(alone.mi).toBeGreaterThan(0.2);
  expect(conditional.mi).toBeLessThan(alone.mi / 2);
  expect(conditional.given).toEqual(["Species", "Sex"]);
  // Little, but of heavier birds of a kind the beaks are deeper, too.
  expect(conditional.pValue).toBeLessThan(1e-4);

  const text = await infonet(["joint", PENGUINS, "--x", "Island,Sex", "--y", "Body Mass (g)"]);
  expect(text.out).toMatch(/^Island, Sex {2}× {2}Body Mass \(g\) {2}in /);
  expect(text.out).toMatch(/mutual information\s+\d\.\d{3} nats/);
  const wrong = await infonet(["joint", PENGUINS, "--x", "Island", "--y", "Iland"]);
  expect([wrong.code, wrong.out]).toEqual([1, ""]);
  expect(wrong.err).toMatch(/did you mean "Island"\?/);
});
