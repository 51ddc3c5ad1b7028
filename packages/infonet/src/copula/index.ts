/** Ranks, ties, orientation, subsamples, soft ranks: pure functions on typed arrays. */

export { blockLabels, blocksOf } from "./blocks.js";
export { type CodedColumn, codeColumn, mirroredColumn, sameOrder, selectRows } from "./column.js";
export {
  LEVEL_WAVES,
  type OrderedLevels,
  orderedLevels,
  orderLevels,
  stretchAt,
  waveSums,
} from "./levels.js";
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
} from "./permutation.js";
export { type RankScale, rankScale } from "./rank-scale.js";
export { type RankedColumn, rankColumn, rankPair } from "./ranks.js";
export {
  type SoftRankOptions,
  type SoftRanks,
  softRank,
  softRankOfSorted,
  softRankVjp,
} from "./soft-rank.js";
export type { FloatArray, Pullback, RankGradient, SoftSample } from "./soft-sample.js";
export { thin } from "./thin.js";
export {
  evenTies,
  midRanks,
  orientColumns,
  orientLevels,
  type RankedRows,
  rowsInOrder,
  tieStarts,
} from "./ties.js";
