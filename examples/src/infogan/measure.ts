/** What a generator's samples have to do with their codes. */
import type { InfoNet } from "infonet";
import { discrete, ross } from "infonet/classical";
import type { Random } from "../random.js";
import type { Data } from "./data.js";
import { along, randomDirection, renamed, type Samples } from "./information.js";
import { contingency, matchingError } from "./matching.js";

/** Mean information between the code and the samples' coordinate along random directions, by InfoNet, in nats. */
export async function slicedInformation(
  net: InfoNet,
  samples: Samples,
  count: number,
  { data, directions, random }: { data: Float32Array; directions: number; random: Random },
): Promise<number> {
  const pairs = Array.from({ length: directions }, () => {
    const direction = randomDirection(data, samples.width, random);
    return [along(samples, direction), renamed(samples.codes, count, random)] as const;
  });
  let sum = 0;
  for (const result of await net.estimateMany(pairs)) {
    if (result.error !== undefined) throw new Error(`a slice of the samples: ${result.error}`);
    sum += result.mi;
  }
  return sum / directions;
}

/** What is known of a generator, or of data with their modes for codes. */
export interface Agreement {
  /** Information between code and sample, nats: Ross' estimate of I(c; x) in the plane, I(c; mode) elsewhere, which is at most I(c; x). */
  information: number;
  /** Share of the samples that are not of their code's mode. */
  error: number;
  /** Mean distance from the data. */
  distance: number;
  /** How often each code's samples belong to each mode. */
  table: number[][];
}

/** Compares codes and modes, with no help of the estimator that trained the generator. */
export function agreement({ classify, modes, width }: Data, { x, codes }: Samples): Agreement {
  const found = Array.from(codes, (_, row) => classify(x.subarray(row * width, (row + 1) * width)));
  const foundModes = found.map(({ mode }) => mode);
  const table = contingency(codes, foundModes, modes);
  return {
    information: width === 2 ? ross(codes, { data: x, width }) : discrete(codes, foundModes),
    error: matchingError(table),
    distance: found.reduce((sum, { distance }) => sum + distance, 0) / found.length,
    table,
  };
}

/** Several samples as one. */
export function joined(parts: readonly Samples[]): Samples {
  const x = new Float32Array(parts.reduce((sum, part) => sum + part.x.length, 0));
  const codes = new Uint8Array(parts.reduce((sum, part) => sum + part.codes.length, 0));
  let at = 0;
  for (const part of parts) {
    x.set(part.x, at * part.width);
    codes.set(part.codes, at);
    at += part.codes.length;
  }
  return { x, codes, width: parts[0].width };
}
