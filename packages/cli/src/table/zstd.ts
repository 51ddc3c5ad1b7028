import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Decompress } from "fzstd";
import { CliError } from "../errors.js";
import type { CheckPiece } from "./gzip.js";
import { Xxh64 } from "./xxh64.js";

const PIECE = 256 * 1024;

/** How far back in its text a file may refer, as the command zstd has it. More is memory for nothing but archives. */
const LARGEST_WINDOW = 2 ** 27;

/** Whether a file is compressed with zstd, whatever its ending says. */
export function isZstd(head: Uint8Array): boolean {
  return head.length >= 4 && (isFrame(wholeNumber(head)) || isSkippable(wholeNumber(head)));
}

function isFrame(magic: number): boolean {
  return magic === 0xfd2fb528;
}

/** Frames that hold what other programs want to know. */
function isSkippable(magic: number): boolean {
  return magic >= 0x184d2a50 && magic <= 0x184d2a5f;
}

/** Up to eight bytes, the lowest first. */
function wholeNumber(bytes: Uint8Array, length = Math.min(4, bytes.length)): number {
  let number = 0;
  for (let k = length - 1; k >= 0; k--) number = number * 256 + bytes[k];
  return number;
}

/**
 * Unpacks a zstd file (of one frame or several) and proves it whole: by the blocks of its frames, by the lengths and
 * checksums that they tell, and by nothing being left behind them.
 *
 * @param file how the user calls it, for messages
 * @param check sees every unpacked piece; what it throws ends the unpacking
 * @throws CliError if the file is cut or damaged, needs a dictionary, or something else follows the compressed data
 */
export async function unpackZstd(
  file: string,
  path: string,
  copy: string,
  check: CheckPiece = () => {},
  signal?: AbortSignal,
): Promise<void> {
  const bytes = new Bytes(file, createReadStream(path, { highWaterMark: PIECE, signal }));
  await pipeline(frames(file, bytes, check), createWriteStream(copy), { signal });
}

/** Bytes of a stream, by the number. */
class Bytes {
  readonly #pieces: AsyncIterator<Buffer>;
  #piece: Buffer = Buffer.alloc(0);

  constructor(
    readonly file: string,
    stream: AsyncIterable<Buffer>,
  ) {
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  /** Whether there are more. */
  async more(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const { value, done } = await this.#pieces.next();
      if (done) return false;
      this.#piece = value;
    }
    return true;
  }

  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = count; left > 0; ) {
      if (!(await this.more())) {
        throw new CliError(
          `${this.file} is cut: its zstd data breaks off before its end; fetch or compress it again.`,
        );
      }
      const part = this.#piece.subarray(0, left);
      this.#piece = this.#piece.subarray(part.length);
      parts.push(part);
      left -= part.length;
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }
}

async function* frames(file: string, bytes: Bytes, check: CheckPiece): AsyncGenerator<Buffer> {
  while (await bytes.more()) {
    const magic = await bytes.take(4);
    if (isSkippable(wholeNumber(magic))) {
      for (let left = wholeNumber(await bytes.take(4)); left > 0; left -= PIECE) {
        await bytes.take(Math.min(left, PIECE));
      }
    } else if (isFrame(wholeNumber(magic))) {
      for await (const piece of frame(file, magic, bytes)) {
        check(piece);
        yield piece;
      }
    } else {
      throw new CliError(`${file} holds other bytes behind its zstd data; fetch or compress it again.`);
    }
  }
}

/** What the header of a frame says (RFC 8878, section 3.1.1.1). */
async function readHeader(file: string, bytes: Bytes) {
  const descriptor = await bytes.take(1);
  const [flags] = descriptor;
  const single = (flags & 0x20) !== 0;
  const window = single ? Buffer.alloc(0) : await bytes.take(1);
  const dictionary = await bytes.take([0, 1, 2, 4][flags & 3]);
  const sizeBytes = await bytes.take([single ? 1 : 0, 2, 4, 8][flags >> 6]);
  if (wholeNumber(dictionary) > 0) {
    throw new CliError(
      `${file} was compressed with a dictionary, which is not in it; unpack it with zstd -D.`,
    );
  }
  // Sizes of two bytes begin at 256.
  const size =
    sizeBytes.length === 0
      ? undefined
      : wholeNumber(sizeBytes, sizeBytes.length) + (sizeBytes.length === 2 ? 256 : 0);
  const needed = single ? (size as number) : 2 ** (10 + (window[0] >> 3)) * (1 + (window[0] & 7) / 8);
  if (needed > LARGEST_WINDOW) {
    throw new CliError(
      `${file} needs ${Math.ceil(needed / 2 ** 20)} MiB to be unpacked; unpack it, or compress it without --long.`,
    );
  }
  return {
    raw: Buffer.concat([descriptor, window, dictionary, sizeBytes]),
    size,
    checked: (flags & 4) !== 0,
  };
}

/** Unpacks a frame. The decompressor trusts its input, so that lengths and checksum are looked at here. */
async function* frame(file: string, magic: Buffer, bytes: Bytes): AsyncGenerator<Buffer> {
  const damaged = () =>
    new CliError(
      `${file} is damaged: its zstd data does not match its checksum or is not zstd data; fetch or compress it again.`,
    );
  const { raw, size, checked } = await readHeader(file, bytes);
  let pieces: Buffer[] = [];
  let length = 0;
  const hash = new Xxh64();
  const decompressor = new Decompress((unpacked) => {
    if (unpacked.length === 0) return;
    // The decompressor uses its memory again.
    const piece = Buffer.from(unpacked);
    length += piece.length;
    if (checked) hash.add(piece);
    pieces.push(piece);
  });
  const push = (packed: Uint8Array, last: boolean) => {
    pieces = [];
    try {
      decompressor.push(packed, last);
    } catch {
      throw damaged();
    }
    if (size !== undefined && length > size) throw damaged();
    return pieces;
  };
  yield* push(Buffer.concat([magic, raw]), false);
  for (let last = false; !last; ) {
    const head = await bytes.take(3);
    const described = wholeNumber(head, 3);
    last = (described & 1) === 1;
    const kind = (described >> 1) & 3;
    if (kind === 3) throw damaged();
    const content = await bytes.take(kind === 1 ? 1 : described >> 3);
    yield* push(Buffer.concat([head, content]), false);
  }
  const checksum = await bytes.take(checked ? 4 : 0);
  yield* push(checksum, true);
  if (size !== undefined && length !== size) throw damaged();
  if (checked && hash.low() !== wholeNumber(checksum)) throw damaged();
}
