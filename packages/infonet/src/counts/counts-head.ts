/**
 * The head that corrects the estimate of a table, trained on random tables of every shape with exactly known information.
 */

import { Head, type HeadDocument, headSchema } from "../inference/head.js";
import { checkDocument, type Document } from "../network/document.js";
import { SUMMARY_SIZE, scaleOf, summaryOf, type TableFacts } from "./summary.js";

/** How the head is read and written. */
export const COUNTS: Document<typeof headSchema> = {
  file: "counts.json",
  schema: headSchema,
  remedy: "Make it again with `npm run counts-head`.",
};

/**
 * Checks what is to be written as `counts.json`.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkCounts(value: unknown): HeadDocument {
  return checkDocument(COUNTS, value);
}

/** Tells quantiles of the information of a table. */
export class CountsHead extends Head {
  /** @throws InfoNetError "model" if it was trained on other inputs */
  constructor(document: HeadDocument) {
    super(document);
    this.requireInputs(SUMMARY_SIZE, COUNTS);
  }

  /** Quantiles of the information of a table, nats, ascending; they may lie below 0 and above the entropies. */
  quantiles(facts: TableFacts): Float64Array {
    const { n, chaoWangJost: base } = facts;
    return this.answer({ n, base, scale: scaleOf(facts), summary: summaryOf(facts) });
  }
}
