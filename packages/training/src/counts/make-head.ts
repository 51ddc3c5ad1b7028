/** The head of tables of counts, from nothing to the document that the library reads. */

import { checkCounts, type HeadDocument } from "infonet/internal/release";
import { type HeadOptions, makeHead } from "../heads/make-head.js";
import { countExamples } from "./examples.js";

/**
 * Draws, trains and calibrates. Reproducible by its seed. jax-js must have been started.
 *
 * @throws the signal's reason if it is aborted
 */
export async function makeCountsHead(options: HeadOptions): Promise<HeadDocument> {
  return checkCounts(await makeHead(countExamples, options));
}
