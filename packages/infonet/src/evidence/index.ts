/** Statistics of dependence in ranks, for tests of independence. */
export { groupPValue } from "./group-evidence.js";
export { rankEvidence } from "./rank-evidence.js";
export { smoothDependence } from "./smooth-dependence.js";
export { waveScores } from "./wave-scores.js";
