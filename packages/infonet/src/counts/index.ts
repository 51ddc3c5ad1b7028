export { type CountEstimate, estimateCounts } from "./count-estimate.js";
export { type CountTable, countTable, weightedTable } from "./count-table.js";
export { COUNTS, CountsHead, checkCounts } from "./counts-head.js";
export { chaoWangJost, millerMadow, plugInEntropy } from "./entropy.js";
export { independencePValue, logPValue } from "./independence.js";
export {
  combined,
  estimateStrata,
  rowsOfLevels,
  type StrataEstimate,
  type Stratum,
  strataOf,
} from "./strata.js";
export { logStratified } from "./stratified.js";
