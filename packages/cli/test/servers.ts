/** Servers of queues, as Debian has them, started for a test: on the loopback, in a temporary folder, with a password. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Queue } from "bullmq";

// As the command loads it: the other build cannot load the driver of PostgreSQL.
const {
  Queue: RedisQueue,
  createPostgresBackend,
  withBackend,
} = createRequire(import.meta.url)("bullmq") as typeof import("bullmq");

const PASSWORD = "p@ss word";
const WRITTEN = encodeURIComponent(PASSWORD);

/** A server that runs. */
export interface Server {
  /** Its address, with the password. */
  url: string;
  /** The variables that a process needs beside it. */
  env: Record<string, string>;
  /** A queue there, seen from the process of the test. */
  queue(name: string): Queue;
  stop(): Promise<void>;
}

/** The programs of a server, or nothing where they are not installed. */
function found(candidates: readonly string[]): string | undefined {
  return candidates.find((path) => existsSync(path));
}

const REDIS = found(["/usr/bin/redis-server", "/usr/local/bin/redis-server"]);
const POSTGRES = found(
  ["/usr/lib/postgresql"]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((version) => join(folder, version, "bin", "initdb"))),
);

if (process.env.INFONET_REQUIRE_QUEUES && (REDIS === undefined || POSTGRES === undefined)) {
  throw new Error("INFONET_REQUIRE_QUEUES is set: install the packages redis-server and postgresql.");
}

/** The servers that this machine has; where it must have both, INFONET_REQUIRE_QUEUES is set. */
export const SERVERS: readonly { name: string; installed: boolean; start: () => Promise<Server> }[] = [
  { name: "redis", installed: REDIS !== undefined, start: startRedis },
  { name: "postgres", installed: POSTGRES !== undefined, start: startPostgres },
];

/** Redis that is reached by TLS alone, with a certificate that an authority of its own signed: itself. */
async function startRedis(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "infonet-redis-"));
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate];
  execFileSync("openssl", [...made, "-days", "2", ...subject], { stdio: "ignore" });
  const port = await freePort();
  const server = spawn(REDIS as string, ["-"], { stdio: ["pipe", "ignore", "ignore"] });
  server.stdin?.end(
    [
      "port 0",
      `tls-port ${port}`,
      "bind 127.0.0.1",
      "tls-auth-clients no",
      `tls-key-file ${key}`,
      `tls-cert-file ${certificate}`,
      `requirepass "${PASSWORD}"`,
      `dir ${folder}`,
      'save ""',
      "",
    ].join("\n"),
  );
  await listening(port, server);
  return {
    url: `rediss://:${WRITTEN}@127.0.0.1:${port}`,
    env: { NODE_EXTRA_CA_CERTS: certificate },
    queue: (name) =>
      new RedisQueue(name, {
        connection: { host: "127.0.0.1", port, password: PASSWORD, tls: { ca: readFileSync(certificate) } },
      }),
    stop: () => ended(server, folder, "SIGTERM"),
  };
}

async function startPostgres(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), "infonet-postgres-"));
  // The server refuses to run as root.
  const owner =
    process.getuid?.() === 0
      ? {
          uid: Number(execFileSync("id", ["-u", "postgres"])),
          gid: Number(execFileSync("id", ["-g", "postgres"])),
        }
      : {};
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const [data, password] = [join(folder, "data"), join(folder, "password")];
  writeFileSync(password, PASSWORD);
  const initdb = POSTGRES as string;
  const made = ["-D", data, "-U", "infonet", "--auth=scram-sha-256", `--pwfile=${password}`, "-E", "UTF8"];
  execFileSync(initdb, [...made, "--no-sync"], { ...owner, cwd: folder, stdio: "ignore" });
  const port = await freePort();
  const server = spawn(
    join(initdb, "..", "postgres"),
    ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off"],
    { ...owner, cwd: folder, stdio: "ignore" },
  );
  await listening(port, server);
  return {
    url: `postgres://infonet@127.0.0.1:${port}/postgres`,
    env: { PGPASSWORD: PASSWORD },
    queue: (name) => {
      const connection = `postgres://infonet:${WRITTEN}@127.0.0.1:${port}/postgres`;
      const { Queue: Own } = withBackend(createPostgresBackend);
      return new Own(name, { connection }) as unknown as Queue;
    },
    // The one that lets nobody finish.
    stop: () => ended(server, folder, "SIGINT"),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function listening(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false));
      socket.on("close", () => socket.destroy());
      socket.on("connect", () => socket.end());
    });
    if (open) return;
    await delay(50);
  }
  throw new Error(`the server ended with ${server.exitCode} before it listened`);
}

async function ended(server: ChildProcess, folder: string, signal: NodeJS.Signals): Promise<void> {
  const over = new Promise((resolve) => server.once("exit", resolve));
  server.kill(signal);
  await over;
  rmSync(folder, { recursive: true, force: true });
}
