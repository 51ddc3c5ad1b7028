/** Statistics of dependence in ranks, for tests of independence, and of what these tests take for granted of the rows. */
export { columnFunctions } from "./column-functions.js";
export { groupPValue } from "./group-evidence.js";
export { rankEvidence } from "./rank-evidence.js";
export { type DistinctRows, distinctRows, distinctRowsBeside } from "./repeated-rows.js";
export {
  SCREEN_FUNCTIONS,
  type Screened,
  type ScreenThreshold,
  screenEvidence,
  screenFunctions,
  screenThreshold,
  surelySeen,
} from "./screen.js";
export { isSerial, type SerialLikeness, serialLikeness } from "./serial-dependence.js";
export { smoothDependence } from "./smooth-dependence.js";
export {
  scaledWaveEvidence,
  type WaveColumn,
  waveColumn,
  waveEvidence,
  waveEvidenceBeside,
} from "./wave-evidence.js";
export { waveScores } from "./wave-scores.js";
export { type RowsBeside, WAVES, wavesOfRanks } from "./waves.js";
