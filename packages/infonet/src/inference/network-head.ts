/** Heads that correct what the network says: what they have in common. */

import type * as z from "zod/mini";
import { checkDocument, type Document, hash, parts } from "../network/document.js";
import { Head, type HeadQuestion, headSchema } from "./head.js";
import { requireWeights } from "./table.js";

const networkHeadSchema = parts({
  /** SHA-256 of the weights it was made with. */
  weights: hash(),
  head: headSchema,
});

/** Such a head as it lies in its file. */
export type NetworkHeadDocument = z.infer<typeof networkHeadSchema>;

/** A kind of them. */
export interface HeadKind {
  /** Name of the file without its ending. */
  name: string;
  /** The npm script that makes it. */
  script: string;
  /** Number of its inputs. */
  inputs: number;
}

/** How a head of a kind is read and written. */
export function headDocument({ name, script }: HeadKind): Document<typeof networkHeadSchema> {
  return {
    file: `${name}.json`,
    schema: networkHeadSchema,
    remedy: `Make it again with \`npm run ${script}\`.`,
  };
}

/**
 * Checks what is to be written as the file of a kind.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkHead(kind: HeadKind, value: unknown): NetworkHeadDocument {
  return checkDocument(headDocument(kind), value);
}

/** The network's quantiles of √MI, ascending, and which one is the median. */
export interface RootQuantiles {
  quantiles: ArrayLike<number>;
  median: number;
}

/** Low end, median and high end of the network's interval as they are, of √MI and in nats. */
export function endsOf({ quantiles, median }: RootQuantiles) {
  const roots = [quantiles[0], quantiles[median], quantiles[quantiles.length - 1]];
  return { roots, nats: roots.map((root) => Math.max(0, root) ** 2) };
}

/** Answers beyond so many units do not occur. */
const FARTHEST = 10;

/** Differences in a unit, as inputs of a head. */
export function inUnits(scale: number): (value: number) => number {
  return (value) => Math.min(FARTHEST, Math.max(-FARTHEST, value / scale));
}

/** Reads what the network says of some kind of sample. */
export class NetworkHead extends Head {
  /**
   * @param weights SHA-256 of the weights in use
   * @throws InfoNetError "model" if the head belongs to other weights, or was trained on other inputs
   */
  constructor(kind: HeadKind, { weights: made, head }: NetworkHeadDocument, weights: string) {
    super(head);
    requireWeights(kind.name, kind.script, made, weights);
    this.requireInputs(kind.inputs, headDocument(kind));
  }

  /** Low end of the 90 % interval, median and high end, nats; they may lie below 0. */
  protected ends(question: HeadQuestion): [low: number, median: number, high: number] {
    const quantiles = this.answer(question);
    return [quantiles[0], quantiles[this.median], quantiles[quantiles.length - 1]];
  }
}
