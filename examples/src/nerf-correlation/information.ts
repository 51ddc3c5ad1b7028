/** Mutual information between what a field answers at two places. */
import type { InfoNet } from "infonet";

/**
 * Information of every pair of columns, by InfoNet, in nats.
 *
 * @param pairs numbers of two columns each
 * @throws Error if a pair has none; AbortedError once the signal is aborted
 */
export async function informationOf(
  net: InfoNet,
  columns: readonly Float32Array[],
  pairs: ReadonlyArray<readonly [number, number]>,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (share: number) => void },
): Promise<Float64Array> {
  const results = await net.estimateMany(
    pairs.map(([a, b]) => [columns[a], columns[b]] as const),
    { signal, onProgress: ({ done, total }) => onProgress?.(done / total) },
  );
  return Float64Array.from(results, (result, k) => {
    if (result.error !== undefined) throw new Error(`places ${pairs[k].join(" and ")}: ${result.error}`);
    return result.mi;
  });
}

/**
 * Information of two values that are linear in many independent normal perturbations, −½ ln(1 − cos²), in nats: the closed form
 * for small ones.
 *
 * @param cosine of the angle between the two derivatives
 */
export function linearInformation(cosine: number): number {
  return -0.5 * Math.log1p(-Math.min(cosine * cosine, 1 - 1e-12));
}
