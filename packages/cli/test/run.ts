import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command, and the repository's examples. */
export const BIN = fileURLToPath(new URL("../bin/infonet.js", import.meta.url));
export const PENGUINS = fileURLToPath(new URL("../../../examples/penguins.csv", import.meta.url));
export const WEATHER = fileURLToPath(new URL("../../../examples/seattle-weather.csv", import.meta.url));

/** What a command left behind. */
export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the built command as a user would. `onStart` may send signals. */
export function infonet(args: readonly string[], onStart?: (child: ChildProcess) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const outcome: Outcome = { code: null, out: "", err: "" };
    child.stdout.on("data", (data) => {
      outcome.out += data;
    });
    child.stderr.on("data", (data) => {
      outcome.err += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...outcome, code }));
    onStart?.(child);
  });
}

/** A new empty folder. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "infonet-cli-"));
}
