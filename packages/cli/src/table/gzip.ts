import { createReadStream, createWriteStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CliError } from "../errors.js";

/** Zlib's pieces: with the default of 16 KiB, half of the time goes into handing them over. */
const PIECE = 256 * 1024;

/** What the unpacked bytes must be like for the unpacking to go on. */
export type CheckPiece = (piece: Buffer) => void;

/** Whether a file is compressed with gzip: its ending may lie about that, its first bytes do not. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Unpacks a gzip file (of one member or several) and proves it whole by its checksums and lengths. The
 * database's own reader takes the end of a file that was cut for the end of the table.
 *
 * @param file how the user calls it, for messages
 * @param check sees every unpacked piece; what it throws ends the unpacking
 * @throws CliError if the file is cut or damaged, or something else follows the compressed data
 */
export async function unpackGzip(
  file: string,
  path: string,
  copy: string,
  check: CheckPiece = () => {},
  signal?: AbortSignal,
): Promise<void> {
  const gunzip = createGunzip({ chunkSize: PIECE });
  const checked = new Transform({
    transform(piece: Buffer, _encoding, done) {
      try {
        check(piece);
        done(null, piece);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: PIECE }),
      gunzip,
      checked,
      createWriteStream(copy),
      { signal },
    );
  } catch (error) {
    const damage = damageOf((error as NodeJS.ErrnoException).code);
    if (damage === undefined) throw error;
    throw new CliError(`${file} ${damage}; fetch or compress it again.`);
  }
  await checkRest(file, path, gunzip.bytesWritten);
}

function damageOf(code: string | undefined): string | undefined {
  if (code === "Z_BUF_ERROR") return "is cut: its gzip data breaks off before its end";
  if (code === "Z_DATA_ERROR")
    return "is damaged: its gzip data does not match its checksum or is not gzip data";
  return undefined;
}

/** Zeros behind the data are padding; zlib stops at them, whatever comes after. */
async function checkRest(file: string, path: string, from: number): Promise<void> {
  const { size } = await stat(path);
  if (size <= from) return;
  const handle = await open(path, "r");
  try {
    const buffer = Buffer.alloc(PIECE);
    for (let at = from; at < size; ) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE, at);
      if (bytesRead === 0) return;
      if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0)) {
        throw new CliError(`${file} holds other bytes behind its gzip data; fetch or compress it again.`);
      }
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
