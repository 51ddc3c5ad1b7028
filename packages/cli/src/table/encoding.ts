import { isUtf8 } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Scratch } from "./scratch.js";

/** A file as UTF-8: the file itself, or a transcoded copy. */
export interface Utf8File {
  path: string;
  /** Set if the file had to be transcoded: the encoding it was read as. */
  encoding?: "utf-16le" | "utf-16be" | "windows-1252";
}

/** How a text file is wanted. */
export interface Utf8Options {
  /** True where the reader does not know a byte order mark in UTF-8: then it is left out, in a copy. */
  withoutMark?: boolean;
  signal?: AbortSignal;
}

/**
 * Gives a text file as UTF-8. UTF-16 is known by its byte order mark or by the zero bytes that every Latin
 * letter has in it; any other file that is not valid UTF-8 is read as Windows-1252, the superset of
 * ISO 8859-1 that spreadsheets write. A copy, where one is needed, is made in the scratch folder.
 */
export async function asUtf8(
  path: string,
  scratch: Scratch,
  { withoutMark = false, signal }: Utf8Options = {},
): Promise<Utf8File> {
  const { encoding, marked } = await detectEncoding(path, signal);
  if (encoding === "utf-8" && !(marked && withoutMark)) return { path };
  const copy = await scratch.file("utf8");
  await pipeline(createReadStream(path), transcoder(encoding), createWriteStream(copy), { signal });
  return encoding === "utf-8" ? { path: copy } : { path: copy, encoding };
}

async function detectEncoding(path: string, signal?: AbortSignal) {
  let marked = false;
  let carry: Buffer = Buffer.alloc(0);
  let first = true;
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    const bytes = carry.length > 0 ? Buffer.concat([carry, piece as Buffer]) : (piece as Buffer);
    if (first) {
      const wide = utf16Kind(bytes);
      if (wide) return { encoding: wide, marked };
      marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      first = false;
    }
    // A character may be cut by the end of the piece: keep its lead byte and what follows for the next round.
    const whole = completeLength(bytes);
    if (!isUtf8(bytes.subarray(0, whole))) return { encoding: "windows-1252", marked } as const;
    carry = bytes.subarray(whole);
  }
  return { encoding: carry.length > 0 ? "windows-1252" : "utf-8", marked } as const;
}

function utf16Kind(bytes: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const look = Math.min(bytes.length, 4096) & ~1;
  if (look < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < look; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const most = look * 0.4;
  if (odd > most && even === 0) return "utf-16le";
  if (even > most && odd === 0) return "utf-16be";
  return undefined;
}

/** Length of the longest prefix that does not end inside a UTF-8 sequence. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function transcoder(encoding: string): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      done(null, decoder.decode(piece, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
}
