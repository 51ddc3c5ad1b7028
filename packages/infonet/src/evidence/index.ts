/** Statistics of dependence in ranks, for tests of independence. */
export { smoothDependence } from "./smooth-dependence.js";
export { waveEvidence } from "./wave-evidence.js";
