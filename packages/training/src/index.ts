export { startJax, type Tensor } from "./jax.js";
export { type Checkpoint, loadCheckpoint, type RunRecord, saveCheckpoint } from "./loop/checkpoint.js";
export { type TrainOptions, train } from "./loop/train.js";
export * from "./loss.js";
export * from "./network/copula-transformer.js";
export * from "./network/parameters.js";
export * from "./optimizer.js";
export * from "./step.js";
