/** What the ranks of two numbers say of dependence beside the network. */

import type { RankEvidence } from "../inference/null-distribution.js";
import { increments } from "./increments.js";
import { waveEvidence } from "./wave-evidence.js";

/**
 * The evidence of all rows of a sample. O(n).
 *
 * @param perm permutation of the ranks, in any orientation
 */
export function rankEvidence(perm: Uint32Array): RankEvidence {
  return { n: perm.length, waves: waveEvidence(perm), ...increments(perm) };
}
