import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The built command, and the repository's examples. */
export const BIN = fileURLToPath(new URL("../bin/infonet.js", import.meta.url));
export const PENGUINS = fileURLToPath(new URL("../../../examples/penguins.csv", import.meta.url));
export const WEATHER = fileURLToPath(new URL("../../../examples/seattle-weather.csv", import.meta.url));

/** What a command left behind. */
export interface Outcome {
  /** Exit status as a shell has it: 128 and the number of the signal for a process that a signal ended. */
  code: number | null;
  out: string;
  err: string;
}

/** Runs the built command as a user would. `onStart` may send signals; `node` are options of Node itself, `env` variables beside the usual. */
export function infonet(
  args: readonly string[],
  onStart?: (child: ChildProcess) => void,
  node: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  return outcomeOf(
    spawn(process.execPath, [...node, BIN, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    }),
    onStart,
  );
}

/** Runs a line of shell, in a folder, in which `infonet` is the built command, `by` way of another one. */
export function shell(line: string, cwd: string, by = ""): Promise<Outcome> {
  const whole = `infonet() { ${by}"${process.execPath}" "${BIN}" "$@"; }\n${line}`;
  return outcomeOf(spawn("sh", ["-c", whole], { cwd, stdio: ["ignore", "pipe", "pipe"] }));
}

function outcomeOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onStart?: (child: ChildProcess) => void,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const outcome: Outcome = { code: null, out: "", err: "" };
    child.stdout.on("data", (data) => {
      outcome.out += data;
    });
    child.stderr.on("data", (data) => {
      outcome.err += data;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ ...outcome, code: signal === null ? code : 128 + constants.signals[signal] });
    });
    onStart?.(child);
  });
}

/** A new empty folder. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "infonet-cli-"));
}

/** A table of many columns of noise: `columns` · (`columns` − 1) / 2 pairs. */
export async function noiseTable(folder: string, columns: number, rows: number): Promise<string> {
  const path = join(folder, "noise.csv");
  const names = Array.from({ length: columns }, (_, k) => `c${k}`);
  const lines = Array.from({ length: rows }, (_, i) =>
    names.map((_, k) => Math.sin(i * i + k * (i + 1))).join(","),
  );
  await writeFile(path, [names.join(","), ...lines].join("\n"));
  return path;
}
