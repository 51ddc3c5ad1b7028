/** The built command when it is told to end: at any moment, with threads that hang and readers that do not read. */
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { emptyFolder, infonet, noiseTable } from "./run.js";

/** Options of Node that put a library in the place of infonet whose network never answers and never ends. */
async function hangingLibrary(): Promise<string[]> {
  const folder = await emptyFolder();
  const library = join(folder, "library.mjs");
  await writeFile(
    library,
    `import { Worker } from "node:worker_threads";
    const never = () => new Promise(() => {});
    export const InfoNet = {
      async load() {
        const worker = new Worker("for (;;);", { eval: true });
        await new Promise((resolve) => worker.once("online", resolve));
        const matrix = () => { process.stderr.write("computing\\n"); return never(); };
        return { info: { name: "hangs", sha256: "0123456789ab" }, matrix, dispose: never };
      },
    };`,
  );
  const hooks = `export const resolve = (name, context, next) =>
    name === "infonet" ? { url: ${JSON.stringify(pathToFileURL(library).href)}, shortCircuit: true } : next(name, context);`;
  const register = join(folder, "register.mjs");
  await writeFile(
    register,
    `import { register } from "node:module";
    register("data:text/javascript," + ${JSON.stringify(encodeURIComponent(hooks))});`,
  );
  return ["--import", pathToFileURL(register).href];
}

test("one SIGTERM ends a run whose network hangs, a second one ends it at once", async () => {
  const table = await noiseTable(await emptyFolder(), 3, 20);
  const node = await hangingLibrary();
  for (const signals of [["SIGTERM"], ["SIGINT", "SIGINT"]] as const) {
    const { code, out, err } = await infonet(
      ["matrix", table],
      async (child) => {
        await once(child.stderr as Readable, "data");
        for (const name of signals) {
          child.kill(name);
          // Signals that come together may come as one.
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      },
      node,
    );
    expect([code, out]).toEqual([signals.length === 1 ? 143 : 130, ""]);
    expect(err.replace("computing\n", "").trim()).toBe(
      signals.length === 1
        ? "infonet: interrupted before the first pair was finished; nothing was written."
        : "infonet: ended at once by a second signal (SIGINT); what was not written yet is lost.",
    );
  }
});

test("SIGTERM at any moment ends the run with status 143 and no damaged file", async () => {
  const folder = await emptyFolder();
  const table = await noiseTable(folder, 60, 300);
  const out = join(folder, "pairs.csv");
  for (const moment of [50, 200, 350, 500, 800, 1200]) {
    const { code, err } = await infonet(["matrix", table, "--out", out, "--threads", "2"], (child) => {
      setTimeout(() => child.kill("SIGTERM"), moment);
    });
    // A run that was through before its moment came is no failure.
    expect([0, 143], `${moment} ms: ${err}`).toContain(code);
    expect(err.split("\n").filter((line) => /interrupted/.test(line)).length, err).toBeLessThanOrEqual(1);
    expect(err, `${moment} ms`).not.toMatch(/\n {4}at /);
  }
  const names = await readdir(folder);
  expect(names.filter((name) => !/^(noise|pairs(\.partial(-\d)?)?)\.csv$/.test(name))).toEqual([]);
});

test("a reader that does not read cannot hold up the end", async () => {
  const table = await noiseTable(await emptyFolder(), 46, 20);
  const { code, err } = await infonet(["matrix", table, "--format", "json"], async (child) => {
    const stdout = child.stdout as Readable;
    await once(stdout, "readable");
    stdout.pause();
    child.kill("SIGTERM");
    await once(child, "exit");
    stdout.resume();
  });
  expect(code).toBe(143);
  expect(err).toBe("infonet: interrupted while writing; the output is cut.\n");
});
