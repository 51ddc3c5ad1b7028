/** Statistics of dependence in ranks, for tests of independence. */
export { combinedPValue, groupPValue, waveScores } from "./group-evidence.js";
export { smoothDependence } from "./smooth-dependence.js";
export { waveEvidence } from "./wave-evidence.js";
