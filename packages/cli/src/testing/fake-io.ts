import { blocks } from "../terminal/content.js";
import type { Io } from "../terminal/io.js";

/** Streams that remember what was written to them. */
export interface FakeIo extends Io {
  /** Everything written to stdout, as text. */
  readonly stdout: string;
  /** Everything written to stderr. */
  readonly stderr: string;
  /** Everything written to stdout, as bytes. */
  readonly bytes: Buffer;
}

/** Makes streams for a test: no terminals, no environment, 80 cells wide unless told otherwise. */
export function fakeIo(given: Partial<Omit<Io, "out" | "err">> = {}): FakeIo {
  const out: Buffer[] = [];
  const err: string[] = [];
  return {
    outIsTerminal: false,
    errIsTerminal: false,
    columns: 80,
    env: {},
    ...given,
    out: async (content) => {
      for await (const block of blocks(content)) out.push(Buffer.from(block));
    },
    err: (text) => void err.push(text),
    get stdout() {
      return Buffer.concat(out).toString("utf8");
    },
    get stderr() {
      return err.join("");
    },
    get bytes() {
      return Buffer.concat(out);
    },
  };
}
