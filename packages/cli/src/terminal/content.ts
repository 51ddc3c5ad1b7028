import { write } from "node:fs";

/** What goes to a file or a stream: a text, bytes, or pieces that are made while they are written. */
export type Content = string | Uint8Array | Iterable<string> | AsyncIterable<string | Uint8Array>;

/** Characters of pieces that are written together. */
const TOGETHER = 1 << 16;

/** The content as bytes, in blocks of a size that is worth a system call. Never one string of everything. */
export async function* blocks(content: Content): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  let text = "";
  if (typeof content === "string") text = content;
  else if (Symbol.asyncIterator in content) {
    // Whoever makes pieces one after the other makes them large.
    for await (const piece of content) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  } else {
    for (const piece of content) {
      text += piece;
      if (text.length < TOGETHER) continue;
      yield Buffer.from(text);
      text = "";
    }
  }
  if (text !== "") yield Buffer.from(text);
}

/** Waiting time before a stream that takes nothing now is tried again. */
const RETRY_MS = 5;

/**
 * Writes content to an open descriptor, all of it: a write that took only a part (a disk that became full) is
 * taken up again and then fails.
 *
 * @returns false if the reader of a pipe went away before the end, which is no failure
 * @throws the system's error, with its code
 */
export async function writeAll(descriptor: number, content: Content): Promise<boolean> {
  for await (const block of blocks(content)) {
    for (let at = 0; at < block.length; ) {
      try {
        at += await writeSome(descriptor, block, at);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === "EPIPE") return false;
        // The other end made the pipe or terminal one that does not wait.
        if (code !== "EAGAIN") throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
  return true;
}

function writeSome(descriptor: number, block: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, block, at, block.length - at, null, (error, written) => {
      if (error) reject(error);
      else resolve(written);
    });
  });
}

/** What went wrong with a file, in the system's words: `ENOSPC, no space left on device`. */
export function systemReason(error: unknown): string {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return String(message ?? error);
  // Node's message is "CODE: words, call 'path'".
  const words = message.replace(`${code}: `, "").split(`, ${syscall}`)[0];
  return `${code}, ${words}`;
}
