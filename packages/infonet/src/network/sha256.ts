/** SHA-256, also where there is no Web Crypto: pages that are served without TLS have none. */

/** The hash of some bytes, hexadecimal. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const digest =
    globalThis.crypto?.subtle === undefined
      ? digestOf(bytes)
      : new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bits of the fractional part of the root of a prime: where the constants of FIPS 180-4 come from. */
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;

const PRIMES = Array.from({ length: 312 }, (_, k) => k).filter((k) => {
  for (let divisor = 2; divisor * divisor <= k; divisor++) if (k % divisor === 0) return false;
  return k >= 2;
});
const INITIAL = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const BLOCK = 64;

/** FIPS 180-4, section 6.2. Exported for tests, where there always is Web Crypto. */
export function digestOf(bytes: Uint8Array): Uint8Array {
  const state = Int32Array.from(INITIAL);
  const whole = bytes.length - (bytes.length % BLOCK);
  const input = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += BLOCK) addBlock(state, input, at);
  // A one bit, zeros, and the length in bits: one block, or two where one has no room for them.
  const left = bytes.length - whole;
  const end = new Uint8Array(left + 9 > BLOCK ? 2 * BLOCK : BLOCK);
  end.set(bytes.subarray(whole));
  end[left] = 0x80;
  const padding = new DataView(end.buffer);
  padding.setBigUint64(end.length - 8, 8n * BigInt(bytes.length));
  for (let at = 0; at < end.length; at += BLOCK) addBlock(state, padding, at);
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, k) => {
    digest.setInt32(4 * k, word);
  });
  return new Uint8Array(digest.buffer);
}

const words = new Int32Array(64);
const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function addBlock(state: Int32Array, input: DataView, at: number): void {
  for (let t = 0; t < 16; t++) words[t] = input.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const [near, far] = [words[t - 2], words[t - 15]];
    const sum = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
    words[t] = sum + words[t - 7] + (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) + words[t - 16];
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const choice = (e & f) ^ (~e & g);
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + ROUNDS[t] + words[t]) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, k) => {
    state[k] += word;
  });
}
