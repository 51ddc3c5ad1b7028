/** What samples that are permuted within blocks of alike rows show, and what that leaves of what was seen. */

import { logAmong } from "../inference/permutation-tail.js";
import { meanWithError } from "../numerics/moments.js";

/** Evidence of samples that are permuted within blocks, in nats. */
export interface Shown {
  all: readonly number[];
  mean: number;
  standardError: number;
  /** Of the mean, what dependence that is there leaves in it at most: about one row a block stays where it is. */
  kept: number;
}

/** So many times the square of the share of rows that stay, dependence is kept at most: evidence is convex in its root. */
const KEPT = 2;

/**
 * @param all evidence of the samples
 * @param seen evidence of the rows as they are
 */
export function shownWithin(blocks: readonly Uint32Array[], all: readonly number[], seen: number): Shown {
  const rows = blocks.reduce((sum, { length }) => sum + length, 0);
  return { all, ...meanWithError(all), kept: KEPT * seen * (blocks.length / rows) ** 2 };
}

/** The p-value of so much evidence among these samples. */
export const pValueAmong = (seen: number, { all }: Shown): number => Math.exp(logAmong(seen, all));

/** Evidence, in nats, and its standard errors, by which blocks must show more than others to be heeded. */
const LEAST = { nats: 0.6, errors: 3 };

/** Whether one kind of blocks keeps more evidence than another. */
export function showsMore(one: Shown, other: Shown): boolean {
  const error = Math.hypot(one.standardError, other.standardError);
  return excess(one, other) > Math.max(LEAST.nats, LEAST.errors * error);
}

/** What one kind of blocks keeps that another does not, nats. */
const excess = (one: Shown, other: Shown): number => one.mean - one.kept - (other.mean - other.kept);

/** Where two columns set the noise in steps, the root of what was seen is seldom more than so many times that of what their blocks keep. */
const FAR = 2.5;

/** Whether what was seen is far beyond what one kind of blocks keeps that another does not. */
export function isFarBeyond(seen: number, one: Shown, other: Shown): boolean {
  return seen - (other.mean - other.kept) > FAR ** 2 * excess(one, other);
}

/**
 * What both variables still hold of Z shows in permuted samples the more, the smaller the blocks: evidence goes with its square. What is lost
 * within the small blocks is about so many times as much as from large ones to these where it varies in steps along two columns, less where
 * it varies smoothly, and seldom more than so many times.
 */
const LOST = { likely: 1.5, most: 3 };

/** The p-value among samples that are permuted within small blocks, less what is lost there; and whether that leaves anything to be seen. */
export function verdict(seen: number, small: Shown, large: Shown): { pValue: number; reached: boolean } {
  if (!showsMore(small, large)) return { pValue: pValueAmong(seen, small), reached: true };
  const [shown, kept, left] = [seen, small.mean, large.mean].map((nats) => Math.sqrt(Math.max(0, nats)));
  const lost = kept - left;
  const rest = Math.max(0, shown - LOST.likely * lost);
  return { pValue: pValueAmong(rest ** 2, small), reached: shown > kept + LOST.most * lost };
}
