/**
 * Classical estimators of mutual information: no pretrained network, one call each, data first and options last.
 * Variables are columns, or several columns as `{ data, width }`; results are in nats. All but `mine`, which
 * trains a network for every pair and answers with a promise, are plain functions.
 *
 * | estimator   | variables                    | good for                                    | mind                                        |
 * | ----------- | ---------------------------- | ------------------------------------------- | ------------------------------------------- |
 * | `ksg`       | continuous, several columns  | the default choice: hardly biased, any shape | ties; much information in few rows          |
 * | `ross`      | category and continuous      | classes against a measurement               | categories of few rows                      |
 * | `kde`       | continuous, several columns  | weak, smooth dependence                     | O(n²) if exact; smooths sharp structure     |
 * | `histogram` | continuous, few columns      | a quick look, very many rows                | biased by the number of bins                |
 * | `discrete`  | two categories               | tables of counts, exact if rows are many    | biased by the number of cells               |
 * | `gaussian`  | continuous, several columns  | small samples, many columns, linear relation | blind to dependence without correlation     |
 * | `mine`      | continuous, several columns  | smooth dependence in some dimensions        | seconds a pair; needs rows and iterations   |
 *
 * @packageDocumentation
 * @module infonet/classical
 */

export type { Categories, ClassicalOptions, Matrix, Variable } from "../input/variables.js";
export { type DiscreteOptions, discrete } from "./discrete.js";
export { type GaussianOptions, gaussian } from "./gaussian.js";
export { type Bins, type HistogramOptions, histogram } from "./histogram.js";
export { type KdeOptions, kde } from "./kde.js";
export { type KsgOptions, ksg } from "./ksg.js";
export { type MineObjective, type MineOptions, mine } from "./mine.js";
export type { NeighbourOptions } from "./neighbours.js";
export type { Correction } from "./plug-in.js";
export { ross } from "./ross.js";
