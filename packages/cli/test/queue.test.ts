/** Shards by a queue, with the built command and real servers. */

import type { ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, infonet, noiseTable, type Outcome, PENGUINS } from "./run.js";
import { SERVERS, type Server } from "./servers.js";

describe.each(SERVERS)("$name", ({ name, installed, start }) => {
  if (!installed) {
    test.skip(`is not installed here: apt-get install ${name === "redis" ? "redis-server" : "postgresql"}`);
    return;
  }
  let server: Server;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  const withQueue = (args: readonly string[], onStart?: Parameters<typeof infonet>[1]): Promise<Outcome> =>
    infonet(args, onStart, [], { ...server.env, INFONET_QUEUE: server.url });
  const queueOf = async (job: string) =>
    JSON.parse((await withQueue(["status", job, "--format", "json"])).out).queue;
  /** Sends a signal to a worker once so many shards of its job are under way; nothing if it ends before. */
  const whenActive = async (job: string, shards: number, signal: NodeJS.Signals) => {
    const queue = server.queue((await queueOf(job)).name);
    return async (child: ChildProcess) => {
      while (child.exitCode === null && (await queue.getActiveCount()) < shards) await delay(20);
      child.kill(signal);
      await queue.close();
    };
  };
  const planned = async (table: string, shards: number): Promise<string> => {
    const job = join(await emptyFolder(), "job");
    expect((await infonet(["plan", table, "--out", job, "--shards", String(shards)])).code).toBe(0);
    return job;
  };

  test("a worker is killed, another one does all that is left: the result is that of one run", async () => {
    const table = await noiseTable(await emptyFolder(), 24, 2000);
    const job = await planned(table, 4);
    const shown = server.url.replace(/:[^:@/]*@/, "@").replace("//@", "//");
    const submitted = await withQueue(["submit", job]);
    expect(submitted).toMatchObject({ code: 0, out: `infonet work ${job} --queue ${shown}\n` });
    expect(submitted.err).toBe(`infonet: 4 shards put into ${shown}\n`);
    expect((await withQueue(["submit", job])).err).toBe(
      `infonet: 0 shards put into ${shown} (4 there already)\n`,
    );
    expect(await queueOf(job)).toMatchObject({ url: shown, waiting: 4, active: [], failed: [] });
    const kill = await whenActive(job, 1, "SIGKILL");
    const first = await withQueue(["work", job, "--processes", "2", "--stalled", "2"], kill);
    expect(first.code).toBe(137);
    const second = await withQueue(["work", job, "--processes", "1", "--stalled", "2"]);
    expect(second.err).toMatch(/^infonet: the queue is empty; \d shards? done here\n$/);
    expect(second.code).toBe(0);
    expect(await queueOf(job)).toMatchObject({ waiting: 0, active: [], delayed: 0, failed: [] });
    const one = await infonet(["matrix", table, "--format", "csv"]);
    expect(await infonet(["merge", job, "--format", "csv"])).toMatchObject({ code: 0, out: one.out });
    expect((await withQueue(["submit", job])).err).toBe(`infonet: 0 shards put into ${shown} (4 finished)\n`);
  });

  test("a shard that cannot be done is tried three times and told, and is done once it can be", async () => {
    const job = await planned(PENGUINS, 2);
    const columns = join(job, "columns.bin");
    const bytes = readFileSync(columns);
    writeFileSync(
      columns,
      bytes.map((byte) => byte ^ 1),
    );
    await withQueue(["submit", job]);
    const failed = await withQueue(["work", job, "--processes", "2"]);
    expect(failed.code).toBe(1);
    expect(failed.err).toContain("2 shards failed: 1-2 (");
    expect(failed.err).toContain("columns.bin is damaged at column");
    const text = (await withQueue(["status", job])).out;
    expect(text).toContain("0 waiting, 0 under way, 0 to be tried again, 2 failed");
    expect(text).toContain("failed: 1, 3 times: ");
    writeFileSync(columns, bytes);
    expect((await withQueue(["submit", job])).err).toContain("2 shards put into");
    expect(await withQueue(["work", job, "--processes", "2"])).toMatchObject({ code: 0 });
  });

  test("SIGTERM puts the shards under way back at once", async () => {
    const table = await noiseTable(await emptyFolder(), 90, 2000);
    const job = await planned(table, 2);
    await withQueue(["submit", job]);
    const end = await whenActive(job, 2, "SIGTERM");
    const ended = await withQueue(["work", job, "--processes", "2"], end);
    expect(ended).toMatchObject({ code: 143, err: expect.stringContaining("the others are in the queue") });
    expect(await queueOf(job)).toMatchObject({ waiting: 2, active: [], delayed: 0, failed: [] });
  });

  test("a wrong password and a server that is not there are told without the password", async () => {
    const job = await planned(PENGUINS, 1);
    const wrong = await infonet(["submit", job], undefined, [], {
      ...server.env,
      PGPASSWORD: "wrong",
      INFONET_QUEUE: server.url.replace(/:[^:@/]*@/, ":wrong@"),
    });
    expect(wrong.code).toBe(1);
    expect(wrong.err).toMatch(/^infonet: the queue \S+ cannot be used \(.*(password|WRONGPASS).*\); check/);
    const nowhere = await infonet(["submit", job], undefined, [], {
      ...server.env,
      INFONET_QUEUE: server.url.replace(/:\d+(?=$|\/)/, ":1"),
    });
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toContain("ECONNREFUSED");
    expect(wrong.err + nowhere.err).not.toContain("wrong@");
  });
});

/** Has no package found that a queue needs, as where nobody installed them. */
const WITHOUT = `data:text/javascript,${encodeURIComponent(`
  import module from "node:module";
  const find = module._resolveFilename;
  module._resolveFilename = function (name, ...more) {
    if (/^(bullmq|ioredis|pg)$/.test(name)) throw Object.assign(new Error(name), { code: "MODULE_NOT_FOUND" });
    return find.call(this, name, ...more);
  };`)}`;

test("without the packages of a queue the command does all the rest, and says what to install", async () => {
  const dist = fileURLToPath(new URL("../dist/", import.meta.url));
  for (const file of readdirSync(dist)) {
    if (!file.endsWith(".js")) continue;
    expect(readFileSync(join(dist, file), "utf8")).not.toMatch(
      /(from|import) ?\(?["'](bullmq|ioredis|pg)["']/,
    );
  }
  const job = join(await emptyFolder(), "job");
  const without = (...args: string[]) => infonet(args, undefined, ["--import", WITHOUT]);
  expect(await without("plan", PENGUINS, "--out", job)).toMatchObject({ code: 0 });
  expect(await without("submit", job, "--queue", "redis://127.0.0.1")).toMatchObject({
    code: 1,
    err: "infonet: --queue needs the package bullmq, which is not installed; npm install bullmq ioredis, beside infonet.\n",
  });
  const postgres = await without("work", job, "--queue", "postgres://127.0.0.1");
  expect(postgres.err).toContain("npm install bullmq pg, beside infonet.\n");
  expect(await without("status", job)).toMatchObject({ code: 0 });
  expect((await without("submit", job)).err).toContain(
    "infonet: --queue names no server; add --queue redis://HOST",
  );
});
