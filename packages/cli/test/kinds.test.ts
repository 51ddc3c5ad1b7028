/** The built command, with the released model, on columns of every kind. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, infonet } from "./run.js";

interface Pair {
  x: string;
  y: string;
  mi?: number;
  interval: [number, number];
  pValue: number;
  kinds: [string, string];
  entropies: [number | null, number | null];
  normalized: number | null;
  warnings: { code: string }[];
  error?: string;
}

/** Numbers in 0 … 1 that look random and are always the same. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function tableOf(columns: Record<string, readonly (string | number)[]>): Promise<string> {
  const path = join(await emptyFolder(), "t.csv");
  const names = Object.keys(columns);
  const lines = columns[names[0]].map((_, row) => names.map((name) => columns[name][row]).join(","));
  await writeFile(path, [names.join(","), ...lines, ""].join("\n"));
  return path;
}

async function pairsOf(path: string, ...more: string[]): Promise<Map<string, Pair>> {
  const { code, out } = await infonet(["matrix", path, "--format", "json", ...more]);
  expect(code).toBe(0);
  const { pairs } = JSON.parse(out) as { pairs: Pair[] };
  return new Map(pairs.map((pair) => [[pair.x, pair.y].sort().join(" "), pair]));
}

const ROWS = 600;
const random = noise(7);
const region = Array.from({ length: ROWS }, () => Math.floor(6 * random()));
// What the region tells does not rise with its number.
const income = region.map((k) => [3, 0, 5, 1, 4, 2][k] + 4 * random());
const vote = region.map((k) => (random() < 0.5 ? (k * 2) % 3 : Math.floor(3 * random())));

test("other names for categories change nothing", async () => {
  const named = (regions: string[], votes: string[]) =>
    tableOf({ region: region.map((k) => regions[k]), income, vote: vote.map((k) => votes[k]) });
  const first = await pairsOf(await named([..."abcdef"], ["no", "undecided", "yes"]));
  const second = await pairsOf(await named([..."qzEbüa"], ["yes", "no", "abstain"]));
  expect(first.size).toBe(3);
  for (const [names, { mi, interval, pValue, kinds, warnings }] of first) {
    const other = second.get(names) as Pair;
    expect(other.mi, names).toBeCloseTo(mi as number, 9);
    expect(other.interval[0], names).toBeCloseTo(interval[0], 9);
    expect(other.interval[1], names).toBeCloseTo(interval[1], 9);
    expect(other.pValue, names).toBeCloseTo(pValue, 12);
    expect(other.kinds).toEqual(kinds);
    expect(other.warnings).toEqual(warnings);
    expect(mi).toBeGreaterThan(0.01);
  }
});

test("codes are numbers, whose order means something, unless they are named in --categorical", async () => {
  const many = Array.from({ length: ROWS }, () => Math.floor(30 * random()));
  const told = many.map((k) => ((k * 7) % 30) + 6 * random());
  const path = (offset: number) =>
    tableOf({ code: many.map((k) => 100 + ((k * offset) % 30)), told, number: many.map(() => random()) });
  const [rising, mixed] = [await path(7), await path(1)];
  const plain = [await pairsOf(rising), await pairsOf(mixed)];
  const coded = [
    await pairsOf(rising, "--categorical", "code"),
    await pairsOf(mixed, "--categorical", "code"),
  ];
  const of = (pairs: Map<string, Pair>) => pairs.get("code told") as Pair;
  expect(of(plain[0]).kinds).toEqual(["number", "number"]);
  expect(of(plain[0]).entropies).toEqual([null, null]);
  expect(of(plain[0]).mi).not.toBeCloseTo(of(plain[1]).mi as number, 3);
  expect(of(coded[0]).kinds).toEqual(["levels", "number"]);
  expect(of(coded[0]).mi).toBeCloseTo(of(coded[1]).mi as number, 9);
  const { mi, entropies, normalized } = of(coded[0]);
  expect(mi).toBeGreaterThan(0.8);
  expect(entropies[0]).toBeCloseTo(Math.log(30), 1);
  expect(normalized).toBeCloseTo((mi as number) / (entropies[0] as number), 9);
  expect(coded[0].get("number told")).toEqual(plain[0].get("number told"));
});

test("levels of one row each are refused pair by pair; very many are counted, with a warning", async () => {
  const path = await tableOf({
    name: region.map((_, row) => `n${row}`),
    street: region.map((_, row) => `s${row % 300}`),
    income,
  });
  const more = ["--categorical", "name,street"];
  const pairs = await pairsOf(path, ...more);
  for (const other of ["income", "street"]) {
    const { error, mi } = pairs.get([other, "name"].sort().join(" ")) as Pair;
    expect(error).toMatch(/^name has 600 levels in 600 rows, 600 of them in one row each; nothing can be/);
    expect(mi).toBeUndefined();
  }
  const counted = pairs.get("income street") as Pair;
  expect(counted.warnings.map(({ code }) => code)).toEqual(["many-levels"]);
  const text = await infonet(["matrix", path, ...more]);
  expect(text.out).toContain("many-levels: street × income: street has 300 levels in 600 rows;");
  expect(text.out).toContain("2 pairs could not be computed\n  2 pairs: name has 600 levels");
  const one = await infonet(["estimate", path, "name", "income", "--format", "json"]);
  expect([one.code, one.out]).toEqual([1, ""]);
  expect(one.err.trimEnd().split("\n").at(-1)).toMatch(/^infonet: .*has 600 levels in 600 rows/);
});

test("the report of levels tells what was counted", async () => {
  const report = join(await emptyFolder(), "t.html");
  const path = await tableOf({
    region: region.map((k) => "abcdef"[k]),
    vote: vote.map((k) => ["no", "undecided", "yes"][k]),
  });
  expect((await infonet(["matrix", path, "--report", report])).code).toBe(0);
  const page = await readFile(report, "utf8");
  const count = (holds: (row: number) => boolean) => region.filter((_, row) => holds(row)).length;
  const ratios = [..."abcdef"].flatMap((letter, k) =>
    ["no", "undecided", "yes"].map((word, v) => ({
      names: `<b>${letter}</b> with <b>${word}</b>`,
      ratio:
        (count((row) => region[row] === k && vote[row] === v) * ROWS) /
        (count((row) => region[row] === k) * count((row) => vote[row] === v)),
    })),
  );
  ratios.sort((a, b) => a.ratio - b.ratio);
  const [least, most] = [ratios[0], ratios[ratios.length - 1]];
  expect(page).toContain(
    `Most above chance: ${most.names}, ${most.ratio.toFixed(1)} times as often as if independent. Most below: ${least.names}, ${least.ratio.toFixed(2)} times as often.`,
  );
});
