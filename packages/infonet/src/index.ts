/**
 * Mutual information in one forward pass.
 *
 * @packageDocumentation
 * @module infonet
 */

export type {
  ColumnDifference,
  ColumnSummary,
  DependenceNetwork,
  Differences,
  DifferencesOptions,
  NetworkEdge,
  NetworkOptions,
  PairDecomposition,
  PairDifference,
  RemovedLink,
  RowGroup,
  SelectedColumn,
  Selection,
  SelectOptions,
  SummaryOptions,
  TableSummary,
} from "./answers/types.js";
export type { Calls } from "./api.js";
export { AbortedError, type ErrorCode, InfoNetError } from "./errors.js";
export type {
  ConditionalGradientOptions,
  Gradient,
  GradientOptions,
  GradientResult,
  JointGradient,
  JointGradientOptions,
  ManyGradientOptions,
  SlicedGradient,
  SlicedGradientOptions,
} from "./gradient/types.js";
export { InfoNet } from "./infonet.js";
export { columnsFrom, type MethodTable, type Row } from "./input/columns-from.js";
export type { Variable } from "./input/several.js";
export type { Matrix, Variable as NumberVariable } from "./input/variables.js";
export type {
  BasisName,
  ConditionalInformation,
  ConditionalOptions,
  Contribution,
  IndependenceOptions,
  IndependenceTest,
  Interaction,
  JointInformation,
  JointOptions,
  MaxSlicedInformation,
  MaxSlicedOptions,
  SlicedInformation,
  SlicedOptions,
} from "./multivariate/types.js";
export { mergeMatrices } from "./pairs/matrix.js";
export type { PairEstimate } from "./pairs/result.js";
export type {
  LagInformation,
  LagMatrix,
  LagMatrixOptions,
  LagPair,
  LagsInformation,
  LagsOptions,
  MatrixWindows,
  PairWindows,
  SourceInformation,
  SourcesInformation,
  SourcesOptions,
  TransferEntropy,
  TransferInformation,
  TransferOptions,
  WindowInformation,
  WindowsOptions,
} from "./series/types.js";
export type {
  Cell,
  Column,
  ColumnKind,
  Columns,
  Copula,
  CriticTable,
  DependenceMatrix,
  Estimate,
  EstimateOptions,
  Failure,
  LoadOptions,
  ManyOptions,
  ManyPairsOptions,
  MatrixCell,
  MatrixOptions,
  ModelInfo,
  MutualInformation,
  NoFailure,
  NumberColumn,
  PairOptions,
  PairResult,
  Progress,
  RowOptions,
  ScreenedPairs,
  SideKind,
  Units,
  Warning,
  WarningCode,
} from "./types.js";
