/** One p-value of several. */

const LEAST_LOG = -1e5;
/** What is nearer to 1 would outweigh p-values that are small. */
const LARGEST = 0.99;
/** ln of a p-value below which cot(πp) is 1/(πp). */
const TINY = -30;

/**
 * ln of the combination of p-values by Cauchy's distribution (Liu & Xie 2020), which holds for small ones however they depend on
 * each other.
 *
 * @param pLogs ln of the p-values
 * @param shares their weights, by default all the same
 */
export function logCombined(
  pLogs: readonly number[],
  shares: readonly number[] = pLogs.map(() => 1),
): number {
  const logs = pLogs.map((log) => Math.max(log, LEAST_LOG));
  const smallest = Math.min(...logs);
  let [total, sum] = [0, 0];
  for (const [k, log] of logs.entries()) {
    total += shares[k];
    sum +=
      smallest < TINY
        ? shares[k] * Math.exp(smallest - log)
        : shares[k] / Math.tan(Math.PI * Math.min(Math.exp(log), LARGEST));
  }
  if (smallest < TINY) return Math.min(0, smallest - Math.log(sum / total));
  return Math.log(Math.atan2(1, sum / total) / Math.PI);
}

/** The combination itself: see {@link logCombined}. */
export function combinedPValue(pLogs: readonly number[], shares: readonly number[]): number {
  return Math.exp(logCombined(pLogs, shares));
}
