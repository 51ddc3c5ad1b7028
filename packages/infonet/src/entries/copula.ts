/**
 * `infonet/copula`: ranks, ties, orientation, soft ranks, the network's input features and the evidence of waves: pure
 * functions on typed arrays.
 *
 * @packageDocumentation
 * @module infonet/copula
 */
export * from "../copula/index.js";
export * from "../evidence/index.js";
export * from "../features/index.js";
export type { RankEvidence } from "../inference/null-distribution.js";
export { completeRows, MISSING } from "../input/missing.js";
export { order } from "../numerics/order.js";
export { chosenPlaces } from "../numerics/random.js";
