import { styleText } from "node:util";

/** Where a command reads its surroundings from and writes to. Tests pass buffers. */
export interface Io {
  /** Writes to stdout; resolves when the reader has taken it. */
  out(content: string | Uint8Array): Promise<void>;
  /** Writes to stderr. */
  err(text: string): void;
  /** Whether stdout and stderr are terminals, and how wide stdout is. */
  outIsTerminal: boolean;
  errIsTerminal: boolean;
  columns: number;
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

/** The streams of this process. A reader that goes away (`| head`) ends the output, not the process. */
export function processIo(): Io {
  let closed = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    closed = true;
  });
  process.stderr.on("error", () => {});
  return {
    out: (content) =>
      new Promise((resolve) => {
        if (closed) resolve();
        else process.stdout.write(content, () => resolve());
      }),
    err: (text) => void process.stderr.write(text),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? 100,
    env: process.env,
  };
}
