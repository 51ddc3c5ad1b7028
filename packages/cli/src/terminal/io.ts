import { fstatSync, writeSync } from "node:fs";
import { isatty } from "node:tty";
import { styleText } from "node:util";
import type { Progress } from "infonet";
import { CliError, interruption } from "../errors.js";
import { type Content, systemReason, writeAll } from "./content.js";

/** Where a command reads its surroundings from and writes to. Tests pass buffers. */
export interface Io {
  /**
   * Writes to stdout; resolves when all of it is taken, or when the reader went away (`| head`), which is no
   * failure.
   *
   * @throws CliError if it could not be written whole, Interrupted if a signal came before the end
   */
  out(content: Content): Promise<void>;
  /** Writes to stderr. Never throws: there is no place left to tell it. */
  err(text: string): void;
  /** The file that stdout is sent to, if it is a file. */
  outFile?: { dev: number; ino: number };
  /** Whether stdout and stderr are terminals, and how wide stdout is. */
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  columns: number;
  /** Told how far a long call is, where something else than a terminal shows it. */
  onProgress?: (progress: Progress) => void;
  env: Record<string, string | undefined>;
}

/** Text styles for stdout; identity where it is not a terminal or NO_COLOR is set. */
export type Style = (format: "bold" | "dim" | "cyan" | "yellow", text: string) => string;

/** The styles that fit an output. */
export function styleFor(io: Pick<Io, "outIsTerminal" | "env">): Style {
  const coloured = io.outIsTerminal && !io.env.NO_COLOR && io.env.TERM !== "dumb";
  return coloured
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_format, text) => text;
}

const STDOUT = 1;
const STDERR = 2;

/**
 * The streams of this process. They are written to as files, because Node's streams take a cut write for a whole
 * one and end the process with a stack trace where a disk is full.
 *
 * @param signal aborted by Ctrl-C; ends an output whose reader does not read
 */
export function processIo(signal: AbortSignal): Io {
  const outIsTerminal = isatty(STDOUT);
  const outInfo = fstatSync(STDOUT);
  return {
    out: (content) => untilAborted(signal, writeStdout(content)),
    err(text) {
      try {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; ) at += writeSync(STDERR, bytes, at);
      } catch {}
    },
    outFile: outInfo.isFile() ? { dev: outInfo.dev, ino: outInfo.ino } : undefined,
    outIsTerminal,
    errIsTerminal: isatty(STDERR),
    columns: (outIsTerminal && process.stdout.columns) || 100,
    env: process.env,
  };
}

async function writeStdout(content: Content): Promise<void> {
  try {
    await writeAll(STDOUT, content);
  } catch (error) {
    throw new CliError(
      `standard output could not be written whole (${systemReason(error)}); check the space and the permissions there.`,
    );
  }
}

/** What is begun after Ctrl-C (the finished pairs) is written all the same. */
function untilAborted(signal: AbortSignal, writing: Promise<void>): Promise<void> {
  if (signal.aborted) return writing;
  return new Promise((resolve, reject) => {
    const end = () => reject(interruption(signal, "interrupted while writing; the output is cut."));
    signal.addEventListener("abort", end, { once: true });
    writing.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
