import { runCli } from "../cli.js";
import type { Io } from "../terminal/io.js";
import { type FakeOptions, fakeEngine } from "./fake-engine.js";
import { type FakeIo, fakeIo } from "./fake-io.js";

/** What a run of the command line left behind. */
export interface Run {
  /** Exit status. */
  code: number;
  stdout: string;
  stderr: string;
  bytes: Buffer;
  /** Threads that models were loaded for, in order. */
  loaded: number[];
  /** Models that were disposed of. */
  disposed: number;
}

/** How a run differs from the plain one: the terminal, the engine, what ends it. */
export interface RunOptions extends FakeOptions {
  io?: Partial<Omit<Io, "out" | "err">>;
  signal?: AbortSignal;
}

/** Runs a command line with the stand-in engine. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  const io: FakeIo = fakeIo(options.io);
  const engine = fakeEngine(options);
  const loaded: number[] = [];
  const code = await runCli(argv, "1.2.3", {
    io,
    load: async ({ threads }) => {
      loaded.push(threads);
      return engine;
    },
    signal: options.signal ?? new AbortController().signal,
  });
  const { stdout, stderr, bytes } = io;
  return { code, stdout, stderr, bytes, loaded, disposed: engine.disposed };
}

/** A small table as CSV: two columns that rise together, a category, an identifier. 20 rows. */
export const SMALL_CSV = `id,a,b,kind\n${Array.from(
  { length: 20 },
  (_, k) => `k${k},${k},${k + ((k * 7) % 5)},${k % 3 === 0 ? "x" : "y"}`,
).join("\n")}\n`;
