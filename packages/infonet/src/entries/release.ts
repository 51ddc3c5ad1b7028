/**
 * `infonet/internal/release`: what the tools that train and release a model need of the library that reads it, so that both
 * have one description of its files and one way from a statistic to a p-value. Internal: no part of the public API, and
 * any version may change it.
 *
 * @packageDocumentation
 */

export { type CountEstimate, estimateCounts } from "../counts/count-estimate.js";
export { type CountTable, countTable } from "../counts/count-table.js";
export { COUNTS, CountsHead, checkCounts } from "../counts/counts-head.js";
export { independencePValue } from "../counts/independence.js";
export { scaleOf, summaryOf, type TableFacts, tableFacts } from "../counts/summary.js";
export { Calibration, type CalibrationTable, checkCalibration } from "../inference/calibration.js";
export { Head, type HeadDocument, standardized } from "../inference/head.js";
export { checkLevels, LEVELS, LevelHead, levelQuestion } from "../inference/level-head.js";
export type { NetworkHeadDocument } from "../inference/network-head.js";
export {
  checkNull,
  combinedEvidence,
  informationStatistic,
  type NullTable,
  type Statistic,
  smoothEvidence,
  tablesOf,
} from "../inference/null-distribution.js";
export { checkRows, MOST_LEARNT_ROWS, ROWS, RowsHead, rowsQuestion } from "../inference/rows-head.js";
export { TailTable } from "../inference/tail-table.js";
export {
  checkManifest,
  type GraphFile,
  type Manifest,
  MOST_BYTES,
  type ModelFile,
  readChecked,
  readManifest,
} from "../network/manifest.js";
export { blocksToAsk, levelSample, numberSample, type PairSample } from "../pairs/samples.js";
