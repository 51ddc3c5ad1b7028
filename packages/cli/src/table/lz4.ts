/** The frames of LZ4, in which Arrow files keep their buffers (https://github.com/lz4/lz4/tree/dev/doc). */

const MAGIC = 0x184d2204;
/** A block whose size has this bit is not compressed. */
const PLAIN = 0x80000000;
/** A match is this much longer than its code. */
const LEAST_MATCH = 4;

/**
 * Unpacks one frame.
 *
 * @param length of what is unpacked
 * @throws Error if the frame is damaged or gives another length
 */
export function unpackLz4(packed: Uint8Array, length: number): Uint8Array {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error("a buffer is no LZ4 frame");
  const flags = view.getUint8(4);
  const [blockChecksums, sized, dictionary] = [flags & 0x10, flags & 0x08, flags & 0x01];
  if (dictionary) throw new Error("a buffer was compressed with a dictionary");
  // Magic, flags, block size and the header's own checksum.
  let at = 4 + 2 + (sized ? 8 : 0) + 1;
  const out = new Uint8Array(length);
  let end = 0;
  for (;;) {
    const described = view.getUint32(at, true);
    at += 4;
    if (described === 0) break;
    const size = described & ~PLAIN;
    const block = packed.subarray(at, at + size);
    if (block.length < size) throw new Error("a buffer breaks off");
    if ((described & PLAIN) !== 0) {
      out.set(block, end);
      end += size;
    } else end = unpackBlock(block, out, end);
    at += size + (blockChecksums ? 4 : 0);
  }
  if (end !== length) throw new Error(`a buffer has ${end} bytes instead of ${length}`);
  return out;
}

/** Unpacks a block behind what was unpacked before, to which it may refer. Gives the new end. */
function unpackBlock(block: Uint8Array, out: Uint8Array, start: number): number {
  let end = start;
  for (let at = 0; at < block.length; ) {
    const token = block[at++];
    let literals = token >> 4;
    if (literals === 15) [literals, at] = longer(block, at, literals);
    if (at + literals > block.length || end + literals > out.length) throw damaged();
    out.set(block.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    // The last sequence has no match.
    if (at === block.length) break;
    const offset = block[at] | (block[at + 1] << 8);
    at += 2;
    let match = token & 15;
    if (match === 15) [match, at] = longer(block, at, match);
    match += LEAST_MATCH;
    if (offset === 0 || offset > end || end + match > out.length || at > block.length) throw damaged();
    // Byte by byte, because a match may overlap itself.
    for (const stop = end + match; end < stop; end++) out[end] = out[end - offset];
  }
  return end;
}

/** A length that goes on in the next bytes, and the position behind it. */
function longer(block: Uint8Array, from: number, length: number): [number, number] {
  let [total, at] = [length, from];
  for (;;) {
    if (at >= block.length) throw damaged();
    const more = block[at++];
    total += more;
    if (more < 255) return [total, at];
  }
}

function damaged(): Error {
  return new Error("a buffer is damaged");
}
