/**
 * The head that corrects what the network says of levels beside a number, trained on random laws of levels with exactly known
 * information: it knows the network's quantiles, and what the sample shows without the network.
 */

import { LEVEL_WAVES } from "../copula/index.js";
import type { LevelSummary } from "../features/index.js";
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

/** Quantiles of √MI beside the median. */
const ROOTS = 8;
/** Informations; waves and their sum; roots; the median's own and widths; sizes; shares of the levels. */
const INPUTS = 7 + LEVEL_WAVES + 1 + ROOTS + 5 + 3 + 3;

const KIND: HeadKind = { name: "levels", script: "network-head -- levels", inputs: INPUTS };

/** How the head is read and written. */
export const LEVELS = headDocument(KIND);

/**
 * Checks what is to be written as `levels.json`.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkLevels(value: unknown): NetworkHeadDocument {
  return checkHead(KIND, value);
}

/** Roots this far apart or less are no measure of anything. */
const LEAST_REACH = 1e-3;

/** What the head is asked: its unit is half the width of the network's interval, and what chance adds to so many levels. */
export function levelQuestion(answer: RootQuantiles, summary: LevelSummary): HeadQuestion {
  const { n, levels, single, entropy, informations, waves } = summary;
  const { roots, nats } = endsOf(answer);
  const [low, middle, high] = roots;
  const base = nats[1];
  const width = nats[2] - nats[0];
  const scale = 0.5 * width + 0.5 * Math.sqrt(Math.sqrt(levels) / n);
  const units = inUnits(scale);
  const reach = high - low + LEAST_REACH;
  const others = Array.from(answer.quantiles).filter((_, k) => k !== answer.median);
  return {
    ...{ n, base, scale },
    summary: [
      ...informations.map((information) => units(information - base)),
      ...Array.from(waves, units),
      units(waves.reduce((sum, wave) => sum + wave, 0) - base),
      ...others.map((root) => (root - middle) / reach),
      ...[middle, base, Math.log(reach), Math.log(width + 1e-4), Math.log(scale)],
      ...[Math.log(n), Math.log(levels), Math.log(n / levels)],
      ...[entropy, Math.log(levels) - entropy, single / levels],
    ],
  };
}

/** Tells quantiles of the information of levels beside a number. */
export class LevelHead extends NetworkHead {
  /** @throws InfoNetError "model" as {@link NetworkHead} */
  constructor(document: NetworkHeadDocument, weights: string) {
    super(KIND, document, weights);
  }

  /** Low end of the 90 % interval, median and high end, nats; they may lie below 0. */
  read(answer: RootQuantiles, summary: LevelSummary): [low: number, median: number, high: number] {
    return this.ends(levelQuestion(answer, summary));
  }
}
