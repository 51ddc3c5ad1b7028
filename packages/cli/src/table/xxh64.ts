/** The checksum of zstd: the hash XXH64 with seed 0 (https://github.com/Cyan4973/xxHash), on halves of 32 bits. */

/** A number of 64 bits as two halves. */
interface Long {
  high: number;
  low: number;
}

const P1: Long = { high: 0x9e3779b1, low: 0x85ebca87 };
const P2: Long = { high: 0xc2b2ae3d, low: 0x27d4eb4f };
const P3: Long = { high: 0x165667b1, low: 0x9e3779f9 };
const P4: Long = { high: 0x85ebca77, low: 0xc2b2ae63 };
const P5: Long = { high: 0x27d4eb2f, low: 0x165667c5 };

const STRIPE = 32;

/** Hashes bytes as they come. */
export class Xxh64 {
  /** The four lanes, each with its own part of every stripe. */
  readonly #lanes: Long[] = [sum(P1, P2), { ...P2 }, { high: 0, low: 0 }, negative(P1)];
  readonly #rest = new Uint8Array(STRIPE);
  #restLength = 0;
  #length = 0;

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(STRIPE - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
    }
    const whole = bytes.length - ((bytes.length - at) % STRIPE);
    this.#stripes(bytes, at, whole);
    this.#rest.set(bytes.subarray(whole));
    this.#restLength = bytes.length - whole;
  }

  #stripes(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let k = 0; k < this.#lanes.length; k++) {
      const lane = this.#lanes[k];
      for (let at = from + 8 * k; at < to; at += STRIPE) {
        round(lane, view.getInt32(at + 4, true), view.getInt32(at, true));
      }
    }
  }

  /** The lower half of the hash. */
  low(): number {
    let hash: Long;
    if (this.#length >= STRIPE) {
      const turned = [1, 7, 12, 18].map((turns, k) => rotated(this.#lanes[k], turns));
      hash = turned.reduce(sum);
      for (const lane of this.#lanes) {
        const merged = { high: 0, low: 0 };
        round(merged, lane.high, lane.low);
        hash = sum(product(xor(hash, merged), P1), P4);
      }
    } else hash = { ...P5 };
    hash = sum(hash, { high: Math.floor(this.#length / 2 ** 32), low: this.#length | 0 });
    const view = new DataView(this.#rest.buffer, 0, this.#restLength);
    let at = 0;
    for (; at + 8 <= view.byteLength; at += 8) {
      const merged = { high: 0, low: 0 };
      round(merged, view.getInt32(at + 4, true), view.getInt32(at, true));
      hash = sum(product(rotated(xor(hash, merged), 27), P1), P4);
    }
    if (at + 4 <= view.byteLength) {
      const four = product({ high: 0, low: view.getInt32(at, true) }, P1);
      hash = sum(product(rotated(xor(hash, four), 23), P2), P3);
      at += 4;
    }
    for (; at < view.byteLength; at++) {
      hash = product(rotated(xor(hash, product({ high: 0, low: view.getUint8(at) }, P5)), 11), P1);
    }
    hash = product(xor(hash, { high: 0, low: hash.high >>> 1 }), P2);
    hash = product(xor(hash, shifted(hash, 29)), P3);
    return (hash.low ^ hash.high) >>> 0;
  }
}

/** Takes eight bytes into a lane: lane = rotl(lane + bytes · P2, 31) · P1. */
function round(lane: Long, high: number, low: number): void {
  let sumLow = Math.imul(low, P2.low);
  const sumHigh = upper(low, P2.low) + Math.imul(high, P2.low) + Math.imul(low, P2.high);
  const total = (sumLow >>> 0) + (lane.low >>> 0);
  const turnHigh = (sumHigh + lane.high + (total > 0xffffffff ? 1 : 0)) | 0;
  sumLow = total | 0;
  const newHigh = (turnHigh << 31) | (sumLow >>> 1);
  const newLow = (sumLow << 31) | (turnHigh >>> 1);
  lane.high = (upper(newLow, P1.low) + Math.imul(newHigh, P1.low) + Math.imul(newLow, P1.high)) | 0;
  lane.low = Math.imul(newLow, P1.low);
}

/** The upper half of the product of two halves. */
function upper(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const low = aLow * bLow;
  const middle = aHigh * bLow + (low >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) | 0;
}

function product(a: Long, b: Long): Long {
  const high = upper(a.low, b.low) + Math.imul(a.high, b.low) + Math.imul(a.low, b.high);
  return { high: high | 0, low: Math.imul(a.low, b.low) };
}

function sum(a: Long, b: Long): Long {
  const low = (a.low >>> 0) + (b.low >>> 0);
  return { high: (a.high + b.high + (low > 0xffffffff ? 1 : 0)) | 0, low: low | 0 };
}

function negative({ high, low }: Long): Long {
  return sum({ high: ~high, low: ~low }, { high: 0, low: 1 });
}

function xor(a: Long, b: Long): Long {
  return { high: a.high ^ b.high, low: a.low ^ b.low };
}

/** Turned to the left by less than 32. */
function rotated({ high, low }: Long, by: number): Long {
  return { high: (high << by) | (low >>> (32 - by)), low: (low << by) | (high >>> (32 - by)) };
}

/** Shifted to the right by less than 32. */
function shifted({ high, low }: Long, by: number): Long {
  return { high: high >>> by, low: (low >>> by) | (high << (32 - by)) };
}
