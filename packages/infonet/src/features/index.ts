/** What the network sees of a sample: histogram, local information, spectrum, and their smooth mirror. */
export { FEATURE_SIZES, type FeatureArrays, featureArrays, writeFeatures } from "./features.js";
export { ROWS_A_CELL } from "./grid-information.js";
export { copulaHistogram, deposit, GRID } from "./histogram.js";
export { type LevelSummary, levelSummary } from "./level-summary.js";
export { LOCAL_FEATURES, localInformation, TOKEN_GRID, TOKENS } from "./local-information.js";
export { NEIGHBOURS } from "./neighbour-information.js";
export { NORMAL_NUMBERS, normalCopula } from "./normal-copula.js";
export { type RowsSummary, rowsSummary } from "./rows-summary.js";
export { type SmoothFeature, writeSmoothFeatures } from "./smooth/features.js";
export { smoothHistogram } from "./smooth/histogram.js";
export { LAGS, rankIncrementSpectrum, SPECTRUM_BINS, SPECTRUM_FEATURES } from "./spectrum.js";
