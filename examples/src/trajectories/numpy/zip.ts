/** Entries of zip archives, as NumPy writes them. */
import { crc32, inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Stands for a size or place that does not fit, and is in the extra field. */
const TOO_LARGE = 0xffffffff;
const ZIP64 = 1;

/**
 * The entries of an archive by name, read when asked for: stored and deflated ones, up to 4 GB each.
 *
 * @throws Error for what is no zip archive, or is cut off
 */
export function zipEntries(file: Buffer): Map<string, () => Buffer> {
  const end = endRecord(file);
  const entries = new Map<string, () => Buffer>();
  let at = end.directory;
  for (let k = 0; k < end.count; k++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY) {
      throw new Error(`zip archive: its list of ${end.count} entries is damaged at entry ${k}`);
    }
    const lengths = [28, 30, 32].map((field) => file.readUInt16LE(at + field));
    const name = file.toString("utf8", at + 46, at + 46 + lengths[0]);
    const extra = file.subarray(at + 46 + lengths[0], at + 46 + lengths[0] + lengths[1]);
    const [size, packed, place] = sizes(
      [24, 20, 42].map((field) => file.readUInt32LE(at + field)),
      extra,
    );
    const method = file.readUInt16LE(at + 10);
    const sum = file.readUInt32LE(at + 16);
    entries.set(name, () => content(file, { name, method, sum, size, packed, place }));
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

interface Entry {
  name: string;
  method: number;
  sum: number;
  size: number;
  packed: number;
  place: number;
}

function content(file: Buffer, { name, method, sum, size, packed, place }: Entry): Buffer {
  if (place + 30 > file.length || file.readUInt32LE(place) !== LOCAL) {
    throw new Error(`zip entry ${name}: not where the list says; the archive is damaged`);
  }
  const from = place + 30 + file.readUInt16LE(place + 26) + file.readUInt16LE(place + 28);
  if (from + packed > file.length) throw new Error(`zip entry ${name}: cut off; copy the file again`);
  const bytes = file.subarray(from, from + packed);
  if (method !== 0 && method !== 8) {
    throw new Error(
      `zip entry ${name}: compression method ${method}; write it with numpy.savez or savez_compressed`,
    );
  }
  const data = method === 0 ? bytes : inflateRawSync(bytes);
  if (data.length !== size || crc32(data) !== sum) {
    throw new Error(`zip entry ${name}: its checksum does not match; copy the file again`);
  }
  return data;
}

/** Where the list of entries begins, and how many there are. */
function endRecord(file: Buffer): { directory: number; count: number } {
  // A comment of at most 65535 bytes may follow the record.
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at--) {
    if (file.readUInt32LE(at) !== END) continue;
    const [count, directory] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 16)];
    if (count === 0xffff || directory === TOO_LARGE) {
      const record = Number(file.readBigUInt64LE(at - 20 + 8));
      return {
        count: Number(file.readBigUInt64LE(record + 32)),
        directory: Number(file.readBigUInt64LE(record + 48)),
      };
    }
    return { directory, count };
  }
  throw new Error("zip archive: no list of entries; is the file an .npz, and complete?");
}

/** Those that did not fit are in the extra field of zip64, in this order. */
function sizes(values: number[], extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== ZIP64) continue;
    let next = at + 4;
    return values.map((value) => {
      if (value !== TOO_LARGE) return value;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    });
  }
  return values;
}
