/** The term −λ·I(c; x) and its derivative by the samples. */
import type { InfoNet } from "infonet";
import type { Random } from "../random.js";

/** Generated samples, row-major, and the code that each was made from. */
export interface Samples {
  x: Float32Array;
  width: number;
  codes: Uint8Array;
}

/**
 * A direction to look at samples along: from one data point to another. It is random, with the covariance of the data: what sets
 * the data's clusters apart is seen more often than what is noise everywhere.
 *
 * @param data row-major
 */
export function randomDirection(data: Float32Array, width: number, random: Random): Float64Array {
  const rows = data.length / width;
  const from = random.integer(0, rows - 1);
  const to = (from + random.integer(1, rows - 1)) % rows;
  return Float64Array.from({ length: width }, (_, k) => data[to * width + k] - data[from * width + k]);
}

/** Every sample's coordinate along a direction. */
export function along({ x, width }: Pick<Samples, "x" | "width">, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: x.length / width }, (_, row) => {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += direction[k] * x[row * width + k];
    return sum;
  });
}

/** Codes under other names: which code comes after which means nothing. */
export function renamed(codes: Uint8Array, count: number, random: Random): Float64Array {
  const names = random.permutation(count);
  return Float64Array.from(codes, (code) => names[code]);
}

/**
 * Information between the code and the samples' coordinate along a direction, by InfoNet, and its derivative by every value of
 * the samples. Where the coordinate is the same for all it is 0.
 */
export async function informationSlope(
  net: InfoNet,
  samples: Samples,
  direction: Float64Array,
  { count, random }: { count: number; random: Random },
): Promise<{ mi: number; slope: Float32Array }> {
  const { x, width, codes } = samples;
  const seed = random.integer(0, 2 ** 31);
  const seen = along(samples, direction);
  const slope = new Float32Array(x.length);
  if (seen.every((value) => value === seen[0])) return { mi: 0, slope };
  const { mi, dx } = await net.gradient(seen, renamed(codes, count, random), { through: "critic", seed });
  for (let at = 0; at < x.length; at++) slope[at] = dx[Math.floor(at / width)] * direction[at % width];
  return { mi, slope };
}
