/** Ranks, ties, orientation and the network's input features: pure functions on typed arrays. */
export { type CodedColumn, codeColumn, completeRows, MISSING, selectRows } from "./column.js";
export { FEATURE_SIZES, type FeatureArrays, featureArrays, writeFeatures } from "./features.js";
export { copulaHistogram, deposit, GRID } from "./histogram.js";
export { LOCAL_FEATURES, localInformation, TOKEN_GRID, TOKENS } from "./local-information.js";
export { order } from "./order.js";
export {
  applyOrientation,
  canonicalOrientation,
  inverse,
  type Orientation,
  type Oriented,
  orient,
  orientPoint,
  orientRanks,
  rankPermutation,
  restoreTable,
} from "./permutation.js";
export { type RankScale, rankScale } from "./rank-scale.js";
export { type RankedColumn, rankColumn, rankPair } from "./ranks.js";
export { smoothDependence } from "./smooth-dependence.js";
export { writeSmoothFeatures } from "./smooth-features.js";
export { smoothHistogram } from "./smooth-histogram.js";
export {
  type SoftRankOptions,
  type SoftRanks,
  softRank,
  softRankOfSorted,
  softRankVjp,
} from "./soft-rank.js";
export type { RankGradient, SoftSample } from "./soft-sample.js";
export { LAGS, rankIncrementSpectrum, SPECTRUM_BINS, SPECTRUM_FEATURES } from "./spectrum.js";
export { chosenPlaces, thin } from "./thin.js";
export { waveEvidence } from "./wave-evidence.js";
