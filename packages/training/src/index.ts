export * from "./architecture/index.js";
export { collectGpuRun } from "./gpu/collect.js";
export { type PrepareOptions, prepareGpuRun } from "./gpu/prepare.js";
export type { GpuResult, GpuRun } from "./gpu/run.js";
export { type Checkpoint, loadCheckpoint, type RunRecord, saveCheckpoint } from "./loop/checkpoint.js";
export { type TrainOptions, train } from "./loop/train.js";
export * from "./loss/losses.js";
export { type ExportedModel, readExported } from "./model/weights.js";
export * from "./network/copula-density.js";
export * from "./network/parameters.js";
export * from "./network/perceiver.js";
export * from "./network/trunk.js";
export * from "./optimize/adamw.js";
export { calibrationTable } from "./release/calibration-draws.js";
export { exportModel, TRAINED_SIZES } from "./release/export-model.js";
export { writeGraphs } from "./release/graph-files.js";
export { nullTable } from "./release/null-table.js";
export { openQuantileModel } from "./release/quantile-model.js";
export {
  RELEASE_STEPS,
  type Release,
  type ReleaseOptions,
  type ReleaseStep,
  releaseModel,
} from "./release/release-model.js";
export { addTable } from "./release/tables.js";
export { startJax, type Tensor } from "./runtime/jax.js";
export * from "./step/step.js";
export { BATCH_INPUTS, type BatchInput, batchShapes, FEATURE_INPUTS } from "./stream/inputs.js";
