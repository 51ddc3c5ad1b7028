/** The programs of the page "Recipes" as they stand there. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { snippetsOf } from "../src/snippets.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
let folder: string;
let snippets: ReturnType<typeof snippetsOf>;

beforeAll(async () => {
  snippets = snippetsOf("docs/recipes.md", await readFile(`${ROOT}docs/recipes.md`, "utf8"));
  // Where the packages of the workspace are found.
  await mkdir(join(ROOT, "apps/site/.recipes"), { recursive: true });
  folder = await mkdtemp(join(ROOT, "apps/site/.recipes/run-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes the program that says its own name in its first line. */
async function written(name: string): Promise<string> {
  const { code } = snippets.find(({ code }) => code.startsWith(`// ${name}\n`))!;
  const path = join(folder, name);
  await writeFile(path, code);
  return path;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once("close", resolve));

test("a server answers, tells what is wrong, and ends by a signal", async () => {
  const port = await freePort();
  const child = spawn(process.execPath, [await written("server.mjs")], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = ended(child);
  try {
    const ask = async (body: unknown) => {
      const headers = { "content-type": "application/json" };
      const address = `http://127.0.0.1:${port}/matrix`;
      const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
      return [response.status, await response.json()] as const;
    };
    const a = Array.from({ length: 100 }, (_, i) => i);
    const first = async (): ReturnType<typeof ask> =>
      ask({ a, b: a.map((i) => i * i) }).catch(async () => {
        // It is not listening yet.
        await new Promise((resolve) => setTimeout(resolve, 50));
        return first();
      });
    const [status, pairs] = await first();
    expect(status).toBe(200);
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ x: "a", y: "b", n: 100 });
    expect(pairs[0].mi).toBeGreaterThan(2);
    const [, [unread]] = await ask({ a, b: "no list" });
    expect(unread.error).toMatch(/^b is "no list"; pass/);
    const [refused, { error }] = await ask(7);
    expect([refused, error]).toEqual([400, expect.stringMatching(/; .*\.$/)]);
  } finally {
    child.kill("SIGTERM");
  }
  expect(await end).toBe(0);
});

test("a test of Vitest passes", async () => {
  await written("model.test.ts");
  // Not that of the workspace.
  await writeFile(join(folder, "vitest.config.mjs"), "export default {};\n");
  const bin = join(ROOT, "node_modules/vitest/vitest.mjs");
  const child = spawn(process.execPath, [bin, "run", "--root", folder], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, VITEST: "", VITEST_WORKER_ID: "", VITEST_POOL_ID: "" },
  });
  let told = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (told += data));
  expect(await ended(child), told).toBe(0);
  expect(told).toContain("1 passed");
});
