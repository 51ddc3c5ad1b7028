export { type CountEstimate, estimateCounts } from "./count-estimate.js";
export { type CountTable, countTable, weightedTable } from "./count-table.js";
export { COUNTS, type CountsDocument, CountsHead, checkCounts } from "./counts-head.js";
export { chaoWangJost, millerMadow, plugInEntropy } from "./entropy.js";
export { independencePValue, logPValue } from "./independence.js";
