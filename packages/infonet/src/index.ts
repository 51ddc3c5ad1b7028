/**
 * Mutual information in one forward pass.
 *
 * @packageDocumentation
 */
export { AbortedError, type ErrorCode, InfoNetError } from "./errors.js";
export { InfoNet } from "./infonet.js";
export type {
  Column,
  Columns,
  CriticTable,
  DependenceMatrix,
  Estimate,
  EstimateOptions,
  LoadOptions,
  ManyOptions,
  MatrixCell,
  MatrixOptions,
  ModelInfo,
  MutualInformation,
  PairResult,
  Progress,
  Units,
  Warning,
  WarningCode,
} from "./types.js";
