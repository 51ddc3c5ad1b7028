/** The built command on tables as people write them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder, infonet, shell } from "./run.js";

const ROWS = Array.from({ length: 60 }, (_, k) => [k * 1000 + 250, (k * 37) % 60]);

test("gives one answer for one table, whatever wrote it", async () => {
  const folder = await emptyFolder();
  const tables: [string, string, string[]][] = [
    ["plain.csv", `a,b\n${ROWS.map(([a, b]) => `${a},${b}`).join("\n")}\n`, []],
    ["german.csv", `a;b\n${ROWS.map(([a, b]) => `${a.toLocaleString("de")};${b}`).join("\n")}\n`, []],
    ["spaced.txt", `a b\n${ROWS.map(([a, b]) => `${a} ${b}`).join("\n")}\n`, []],
    ["bare.csv", `${ROWS.map(([a, b]) => `${a} kg,${b}`).join("\n")}\n`, ["--no-header"]],
  ];
  const answers = [];
  for (const [name, text, options] of tables) {
    const path = join(folder, name);
    writeFileSync(path, text);
    const names = options.length > 0 ? ["column1", "column2"] : ["a", "b"];
    const { code, out } = await infonet(["estimate", path, ...names, "--format", "json", ...options]);
    expect(code, name).toBe(0);
    const { mi, interval, n } = JSON.parse(out);
    answers.push({ mi, interval, n });
  }
  for (const answer of answers) expect(answer).toEqual(answers[0]);
});

test("reads standard input, and words for missing values that begin with a minus", async () => {
  const folder = await emptyFolder();
  writeFileSync(join(folder, "t.csv"), "a,b\n1,2\n-999,3\n2,5\n");
  const { code, out, err } = await shell("infonet columns - --missing -999 --format json < t.csv", folder);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out).columns[0]).toMatchObject({ name: "a", kind: "number", missing: 1, low: 1 });
});
