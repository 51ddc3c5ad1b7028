/** The programs of the pages "From Python" and "From R" say what the pages show, where there is an interpreter. */
import { execFile, execFileSync } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { snippetsOf } from "../src/snippets.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infonet-languages-"));
  await copyFile(`${ROOT}examples/penguins.csv`, join(folder, "penguins.csv"));
  const command = `#!/bin/sh\nexec "${process.execPath}" "${ROOT}packages/cli/bin/infonet.js" "$@"\n`;
  await writeFile(join(folder, "infonet"), command, { mode: 0o755 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Whether an interpreter can load what a program needs. */
function has(interpreter: string, flag: string, program: string): boolean {
  try {
    execFileSync(interpreter, [flag, program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.each([
  { name: "python", flag: "-c", needs: ["import json", "import pandas, pyarrow"], interpreter: "python3" },
  { name: "r", flag: "-e", needs: ["library(jsonlite)", "library(utils)"], interpreter: "Rscript" },
])("from $name", ({ name, flag, needs, interpreter }) => {
  test.for(needs)("the program that needs: %s", async (need, { skip }) => {
    skip(!has(interpreter, flag, need), `${interpreter} is not here, or lacks a package`);
    const page = await readFile(`${ROOT}docs/from-${name}.md`, "utf8");
    const blocks = snippetsOf("", page);
    const at = blocks.findIndex(({ language }, k) => {
      const before = blocks.slice(0, k).filter((block) => block.language === name).length;
      return language === name && before === needs.indexOf(need);
    });
    const file = join(folder, `program.${name}`);
    await writeFile(file, blocks[at].code);
    const { stdout } = await run(interpreter, [file], {
      cwd: folder,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    });
    expect(blocks[at + 1].language).toBe("text");
    expect(stdout).toBe(blocks[at + 1].code);
  });
});
