/** The built command: every example's quick run, whose checks must hold. */
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EXAMPLES } from "../src/index.js";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

function examples(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

test.each(EXAMPLES.map(({ name }) => name))("%s", { timeout: 300_000 }, async (name) => {
  const folder = await mkdtemp(join(tmpdir(), "infonet-examples-"));
  try {
    const { code, out, err } = await examples([name, "--quick", "--json", "--out", folder]);
    expect(code, `${err}\n${out}`).toBe(0);
    const [{ checks, pictures }] = JSON.parse(out);
    expect(checks.length).toBeGreaterThan(0);
    for (const check of checks) expect(check, err).toMatchObject({ ok: true });
    // Those of the full run that are in the tree.
    const tree = await readdir(new URL(`../${name}`, import.meta.url));
    expect([...pictures].sort()).toEqual(tree.filter((file) => file.endsWith(".svg")).sort());
    expect((await readdir(join(folder, name))).sort()).toEqual([...pictures].sort());
    for (const picture of pictures) {
      expect((await stat(join(folder, name, picture))).size).toBeGreaterThan(500);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("an unknown name is told in one line", async () => {
  const { code, err } = await examples(["nothing"]);
  expect(code).toBe(2);
  expect(err).toMatch(/^examples: nothing is no example; take one or more of [^\n]+\n$/);
});
