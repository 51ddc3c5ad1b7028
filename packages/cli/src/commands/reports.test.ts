/** `--report` of every command: one page that is whole, says what the command prints, and keeps texts texts. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tempFile, tempFolder } from "../testing/files.js";
import { all, drawnTogether, type Element, parsePage, texts } from "../testing/page.js";
import { run } from "../testing/run.js";
import { showUnseen } from "../text/printable.js";

const EVIL = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "\u202eb עברית",
  "c 👩‍👩‍👧‍👦 =1+2",
];
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const list = (...names: string[]) => names.map(quoted).join(",");

/** Four columns: two numbers that follow a third one, and levels. 120 rows, the first without the third. */
const csv = (names: readonly string[]) =>
  `${[...names, "level", "day"].map(quoted).join(",")}\n${Array.from({ length: 120 }, (_, k) => {
    const z = (k * 37) % 101;
    const cells = [z + ((k * 17) % 40), z - ((k * 23) % 40), k === 0 ? "" : z, (k * 13) % 29];
    return [
      ...cells,
      k % 3 === 0 ? "<b>x</b>" : "y",
      new Date(Date.UTC(2024, 0, 1 + k)).toISOString().slice(0, 10),
    ];
  }).join("\n")}\n`;

async function reportOf(words: readonly string[], names = EVIL): Promise<{ page: Element; stdout: string }> {
  const report = join(tempFolder(), "report.html");
  const [command, ...rest] = words;
  const all = [command, tempFile("t.csv", csv(names)), ...rest, "--report", report];
  const { code, stdout, stderr } = await run(all, { pValue: 0.01 });
  expect({ code, stderr: stderr.replace(/^infonet: .*(?:missing|written).*\n/gm, "") }).toEqual({
    code: 0,
    stderr: "",
  });
  return { page: parsePage(readFileSync(report, "utf8")), stdout };
}

const [A, B, C, D] = EVIL;
const COMMANDS: Record<string, string[]> = {
  matrix: ["matrix", "--exclude", "day"],
  columns: ["columns"],
  estimate: ["estimate", A, B],
  joint: ["joint", "--x", list(A, "level"), "--y", list(B, C)],
  conditional: ["conditional", A, B, "--given", list(C, "level")],
  lags: ["lags", A, B, "--time", "day", "--max-lag", "2"],
  "matrix --lags": ["matrix", "--time", "day", "--lags", "--max-lag", "2", "--exclude", "level"],
  "matrix --window": ["matrix", "--time", "day", "--window", "40", "--exclude", "level"],
  transfer: ["transfer", A, B, "--given", list(D), "--time", "day"],
  "transfer --from": ["transfer", B, "--from", list(A, D), "--time", "day", "--max-lag", "1"],
  select: ["select", "--target", "level"],
  summary: ["summary", "--target", "level"],
  network: ["network"],
  compare: ["compare", "--by", "level"],
};

describe.each(Object.entries(COMMANDS))("infonet %s --report", (_, words) => {
  test("is a whole page, in which hostile names stay texts", async () => {
    const { page } = await reportOf(words);
    const ids = all(page, "[id]").map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of all(page, "a[href]")) {
      expect(ids).toContain((link.getAttribute("href") ?? "").slice(1));
    }
    expect(all(page, "img, [style]")).toEqual([]);
    expect(texts(page, "script").filter((text) => !text.startsWith("(() =>"))).toEqual([]);
    for (const element of all(page, "*")) {
      for (const { name } of element.attributes) expect(name.startsWith("on"), name).toBe(false);
    }
    const said = `${texts(page, "header")} ${texts(page, "main")}`;
    expect([...EVIL, "level"].filter((name) => said.includes(drawnTogether(showUnseen(name))))).not.toEqual(
      [],
    );
    expect(said).not.toMatch(/undefined|NaN|\[object/);
    // Every table says what its columns are.
    for (const head of all(page, "thead tr")) expect(head.querySelector("th")).not.toBeNull();
  });
});

const PLAIN = ["a", "b", "c", "d"];

describe("the report of infonet conditional", () => {
  test("stands the pair beside itself without the others, in the same rows, and along each of them", async () => {
    const { page, stdout } = await reportOf(["conditional", "a", "b", "--given", "c,level"], PLAIN);
    const said = /mutual information {2,}(\d\.\d{3})/.exec(stdout)?.[1];
    const rows = all(page, "#beside tbody tr").map((row) => texts(row, "th, td"));
    expect(rows.map(([name]) => name)).toEqual(["a × bby themselves", "a × bgiven c, level"]);
    expect(rows[1][2]).toBe(said);
    expect(rows[0].at(-1)).toBe("119");
    expect(texts(page, "nav a")).toEqual([
      "With and without",
      "Along level",
      "Close up",
      "Columns",
      "What it means",
    ]);
    // Fifths of c would have fewer than 30 rows.
    expect(texts(page, "#along-2 tbody th")).toEqual(["<b>x</b>", "y"]);
    expect(all(page, "#along-2 figure")).toHaveLength(2);
    expect(texts(page, "#along-2 tbody td:last-child").map(Number)).toEqual([39, 80]);
  });

  test("has no stretches of rows in time", async () => {
    const { page } = await reportOf(["conditional", "a", "b", "--given", "level", "--series"], PLAIN);
    expect(all(page, "[id^=along]")).toEqual([]);
    expect(texts(page, ".meta span")).toContain("rows in time, as they stand");
  });
});

describe("the report of infonet joint", () => {
  test("lists all pairs beside the whole, and the parts with their names", async () => {
    const { page, stdout } = await reportOf(["joint", "--x", "a,c", "--y", "b,level"], PLAIN);
    const said = /mutual information {2,}(\d\.\d{3})/.exec(stdout)?.[1];
    const rows = all(page, "#together tbody tr").map((row) => texts(row, "th, td"));
    expect(rows[0][0]).toBe("all together");
    expect(rows[0][2]).toBe(said);
    expect(new Set(rows.slice(1).map(([name]) => name))).toEqual(
      new Set(["a × b", "a × level", "c × b", "c × level"]),
    );
    expect(all(page, ".card")).toHaveLength(4);
    expect(texts(page, "#parts tbody th")).toEqual(["a", "f1"]);
    expect(texts(page, ".tiles li").some((text) => text.includes("lower bound"))).toBe(true);
  });
});

describe("the report of infonet columns", () => {
  test("has a row a column: kind, what is missing, median or entropy", async () => {
    const { page } = await reportOf(["columns"], PLAIN);
    const rows = all(page, "#columns tbody tr").map((row) => texts(row, "th, td"));
    expect(rows.map(([name, kind]) => [name, kind])).toEqual([
      ["a", "number"],
      ["b", "number"],
      ["c", "number"],
      ["d", "number"],
      ["level", "category"],
      ["day", "date"],
    ]);
    expect(rows[2][4]).toBe("1 (1 %)");
    // Forty rows of one level and eighty of the other.
    const entropy = Math.log(3) - (2 / 3) * Math.log(2);
    expect(rows[4].at(-1)).toBe(
      `entropy ${entropy.toFixed(3)} nats (${Math.round((100 * entropy) / Math.LN2)} %); y 80, <b>x</b> 40`,
    );
    expect(rows[5].at(-1)).toMatch(/^median 2024-02-29/);
  });
});

test("a report is refused where stdout goes to another format's file, and where the folder is not there", async () => {
  const path = tempFile("t.csv", csv(PLAIN));
  for (const words of [
    ["columns", path],
    ["joint", path, "--x", "a", "--y", "b"],
    ["transfer", path, "a", "b"],
  ]) {
    const wrong = join(tempFolder(), "page.csv");
    expect(await run([...words, "--report", wrong])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("end its name in .html"),
    });
    expect(existsSync(wrong)).toBe(false);
    expect(await run([...words, "--report", path.replace("t.csv", "none/x.html")])).toMatchObject({
      code: 1,
    });
    expect(await run([...words, "--report", path])).toMatchObject({ code: 2 });
  }
});
