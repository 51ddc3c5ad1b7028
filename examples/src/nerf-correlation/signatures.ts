/**
 * What is known about which pixels belong together: a signature for every pixel, as the features of a self-supervised network
 * would be (JacobiNeRF takes those of DINO). Pixels of an object have similar ones, but no two the same, and a single one says
 * little.
 */
import type { Random } from "../random.js";

/** Numbers of a signature. */
export const SIGNATURE = 16;
/** Length of a pixel's own part, for a length of 1 that its object's pixels share. */
const OWN = 1;

/**
 * Signatures of length 1, {@link SIGNATURE} numbers a pixel.
 *
 * @param objects number of the object at every pixel, 0 … count − 1
 */
export function randomSignatures(objects: Uint8Array, count: number, random: Random): Float32Array {
  const shared = Array.from({ length: count }, () => unit(normals(random)));
  const signatures = new Float32Array(objects.length * SIGNATURE);
  for (let pixel = 0; pixel < objects.length; pixel++) {
    const own = normals(random).map((value) => (OWN * value) / Math.sqrt(SIGNATURE));
    signatures.set(unit(own.map((value, k) => value + shared[objects[pixel]][k])), pixel * SIGNATURE);
  }
  return signatures;
}

/** Cosine of two pixels' signatures. */
export function similarity(signatures: Float32Array, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < SIGNATURE; k++) sum += signatures[a * SIGNATURE + k] * signatures[b * SIGNATURE + k];
  return sum;
}

const normals = (random: Random): number[] => Array.from({ length: SIGNATURE }, () => random.normal());

function unit(values: readonly number[]): number[] {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}
