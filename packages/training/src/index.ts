export * from "./architecture/index.js";
export { exportModel } from "./export.js";
export { collectGpuRun } from "./gpu/collect.js";
export { type PrepareOptions, prepareGpuRun } from "./gpu/prepare.js";
export type { GpuResult, GpuRun } from "./gpu/run.js";
export { writeGraphs } from "./graph-files.js";
export { startJax, type Tensor } from "./jax.js";
export {
  type Checkpoint,
  isCopulaTransformer,
  loadCheckpoint,
  type RunRecord,
  saveCheckpoint,
} from "./loop/checkpoint.js";
export { type TrainOptions, train } from "./loop/train.js";
export { type ExportedModel, readExported } from "./loop/warm-start.js";
export * from "./loss.js";
export * from "./network/copula-transformer.js";
export * from "./network/parameters.js";
export * from "./network/perceiver.js";
export * from "./optimizer.js";
export * from "./step.js";
