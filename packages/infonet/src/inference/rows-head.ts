/**
 * The head that reads samples of more rows than the network takes at once, trained on random laws with exactly known information: it
 * knows the network's quantiles for every block of the rows, and what nearest neighbours and tables among all of them say. The network's
 * error is much the same in all blocks; theirs falls with the number of rows.
 */

import { NEIGHBOURS, ROWS_A_CELL, type RowsSummary } from "../features/index.js";
import { mean, squaresAbout } from "../numerics/moments.js";
import type { HeadQuestion } from "./head.js";
import {
  checkHead,
  endsOf,
  type HeadKind,
  headDocument,
  inUnits,
  NetworkHead,
  type NetworkHeadDocument,
  type RootQuantiles,
} from "./network-head.js";

/** Estimates by neighbours and by tables, and how they differ; cells with rows; the network's estimate, its root and widths; sizes. */
const INPUTS = 2 * NEIGHBOURS.length - 1 + 2 * ROWS_A_CELL.length - 1 + 1 + 5 + 2;

const KIND: HeadKind = { name: "rows", script: "network-head -- rows", inputs: INPUTS };

/** How the head is read and written. */
export const ROWS = headDocument(KIND);

/**
 * Checks what is to be written as `rows.json`.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkRows(value: unknown): NetworkHeadDocument {
  return checkHead(KIND, value);
}

/** Most rows of a sample to learn from: what has more is read as if it had so many, and the interval calibrated by itself. */
export const MOST_LEARNT_ROWS = 300_000;

/** What the head is asked: its unit is half the width of the network's interval for so many blocks, and what chance leaves. */
export function rowsQuestion(
  blocks: readonly RootQuantiles[],
  { n, neighbours, grids, filled }: RowsSummary,
): HeadQuestion {
  const ends = blocks.map((block) => endsOf(block).nats);
  const estimates = ends.map(([, middle]) => middle);
  const base = mean(estimates);
  const width = mean(ends.map(([low, , high]) => high - low));
  const chance = Math.sqrt(squaresAbout(estimates, base) / (blocks.length - 1) / blocks.length);
  const learnt = Math.min(n, MOST_LEARNT_ROWS);
  const scale = 0.2 * width + 0.5 / Math.sqrt(learnt);
  const units = inUnits(scale);
  const apart = (values: readonly number[]): number[] => [
    ...values.map((value) => units(value - base)),
    ...values.slice(1).map((value, k) => units(values[k] - value)),
  ];
  return {
    ...{ n, base, scale },
    summary: [
      ...[...apart(neighbours), ...apart(grids), Math.log(filled)],
      ...[base, Math.sqrt(base), units(chance), Math.log(width + 1e-4), Math.log(scale)],
      ...[Math.log(learnt), Math.log((blocks.length * learnt) / n)],
    ],
  };
}

/** Tells quantiles of the information of many rows. */
export class RowsHead extends NetworkHead {
  /** @throws InfoNetError "model" as {@link NetworkHead} */
  constructor(document: NetworkHeadDocument, weights: string) {
    super(KIND, document, weights);
  }

  /** Low end of the 90 % interval, median and high end, nats; they may lie below 0. */
  read(blocks: readonly RootQuantiles[], summary: RowsSummary): [low: number, median: number, high: number] {
    return this.ends(rowsQuestion(blocks, summary));
  }
}
