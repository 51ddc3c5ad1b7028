/** Whether places of the same object are told from others. */
import type { Random } from "../random.js";

/** Three pixels: `b` of the same object as `a`, `c` of another. */
export interface Triple {
  a: number;
  b: number;
  c: number;
}

/**
 * Random triples of pixels, all objects alike often, however large they are.
 *
 * @param objects number of the object at every pixel, 0 … count − 1
 * @param pixels those to choose from, at least two of every object
 */
export function randomTriples(
  objects: Uint8Array,
  count: number,
  pixels: Uint32Array,
  amount: number,
  random: Random,
): Triple[] {
  const members = Array.from({ length: count }, (_, object) =>
    pixels.filter((pixel) => objects[pixel] === object),
  );
  const short = members.findIndex(({ length }) => length < 2);
  if (short >= 0) {
    throw new RangeError(
      `object ${short} has ${members[short].length} pixels to choose from; a triple needs two of it.`,
    );
  }
  return Array.from({ length: amount }, () => {
    const object = random.integer(0, count - 1);
    const other = (object + random.integer(1, count - 1)) % count;
    const own = members[object];
    const first = random.integer(0, own.length - 1);
    const second = (first + random.integer(1, own.length - 1)) % own.length;
    return { a: own[first], b: own[second], c: members[other][random.integer(0, members[other].length - 1)] };
  });
}

/**
 * Share of triples whose pair of the same object scores higher than the other pair; equal scores count half.
 *
 * @param same scores of a and b, a triple each
 * @param other scores of a and c
 */
export function orderAccuracy(same: ArrayLike<number>, other: ArrayLike<number>): number {
  let right = 0;
  for (let k = 0; k < same.length; k++) right += same[k] > other[k] ? 1 : same[k] === other[k] ? 0.5 : 0;
  return right / same.length;
}

/**
 * The label that every pixel gets: that of the labelled pixel with the highest score, the first of equal ones.
 *
 * @param scores for every label those of all pixels with its labelled pixel
 */
export function propagated(scores: readonly ArrayLike<number>[]): Uint8Array {
  const labels = new Uint8Array(scores[0].length);
  for (let pixel = 0; pixel < labels.length; pixel++) {
    for (let label = 1; label < scores.length; label++) {
      if (scores[label][pixel] > scores[labels[pixel]][pixel]) labels[pixel] = label;
    }
  }
  return labels;
}

/** Share of an object's pixels that have its label, averaged over the objects. */
export function labelAccuracy(labels: ArrayLike<number>, objects: ArrayLike<number>, count: number): number {
  const right = new Float64Array(count);
  const all = new Float64Array(count);
  for (let pixel = 0; pixel < objects.length; pixel++) {
    all[objects[pixel]]++;
    if (labels[pixel] === objects[pixel]) right[objects[pixel]]++;
  }
  return right.reduce((sum, value, object) => sum + value / all[object], 0) / count;
}
