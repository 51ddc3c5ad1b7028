import type {
  Column,
  Columns,
  ConditionalInformation,
  ConditionalOptions,
  DependenceMatrix,
  DependenceNetwork,
  Differences,
  DifferencesOptions,
  Estimate,
  JointInformation,
  JointOptions,
  LagMatrix,
  LagMatrixOptions,
  LagsInformation,
  LagsOptions,
  MatrixOptions,
  MatrixWindows,
  NetworkOptions,
  PairOptions,
  RowOptions,
  Selection,
  SelectOptions,
  SourcesInformation,
  SourcesOptions,
  SummaryOptions,
  TableSummary,
  TransferInformation,
  TransferOptions,
  Variable,
  WindowsOptions,
} from "infonet";
import { CliError } from "./errors.js";

/** What the commands use of a loaded model. `InfoNet` is the one that ships; tests bring a small fake. */
export interface Engine {
  readonly info: { name: string; sha256: string };
  matrix(columns: Columns, options?: MatrixOptions): Promise<DependenceMatrix>;
  estimate(x: Column, y: Column, options?: PairOptions): Promise<Estimate>;
  joint(x: Variable, y: Variable, options?: JointOptions): Promise<JointInformation>;
  conditional(
    x: Column,
    y: Column,
    z: Variable,
    options?: ConditionalOptions,
  ): Promise<ConditionalInformation>;
  select(columns: Columns, target: string, options?: SelectOptions): Promise<Selection>;
  summary(columns: Columns, target: string, options?: SummaryOptions): Promise<TableSummary>;
  differences(columns: Columns, by: string, options?: DifferencesOptions): Promise<Differences>;
  network(columns: Columns, options?: NetworkOptions): Promise<DependenceNetwork>;
  lags(x: Column, y: Column, options?: LagsOptions): Promise<LagsInformation>;
  lagMatrix(columns: Columns, options?: LagMatrixOptions): Promise<LagMatrix>;
  transfer(x: Column, y: Column, options?: TransferOptions): Promise<TransferInformation>;
  sources(columns: Columns, target: string, options?: SourcesOptions): Promise<SourcesInformation>;
  windows(columns: Columns, options: WindowsOptions): Promise<MatrixWindows>;
  dispose(): void | Promise<void>;
}

/** Loads a model for a number of worker threads. */
export type LoadEngine = (options: { threads: number }) => Promise<Engine>;

/** The real thing. Imported on demand: it brings ONNX Runtime, which `--help` must not wait for. */
export const loadInfoNet: LoadEngine = async (options) => {
  const { InfoNet } = await import("infonet");
  return InfoNet.load(options);
};

/** A column as the library takes it: codes that stand for names are categories, whose order means nothing. */
export function engineColumn({
  values,
  levels,
}: {
  values: Float64Array;
  levels?: readonly string[] | undefined;
}): Column {
  return levels === undefined ? values : { values, kind: "category" };
}

/** A column of a table, without what is of use to people alone. */
type Coded = Parameters<typeof engineColumn>[0];

/** A column of a table with what messages call it by. */
type NamedColumn = Coded & { name: string };

/** A column as the library takes it, with the name that messages call it by. */
export function namedColumn({ name, values, levels }: NamedColumn): Column {
  return { name, values, kind: levels === undefined ? undefined : "category" };
}

/**
 * What the rows of a table stand for, as the library takes it.
 *
 * @throws CliError for counts that are none, by the name of their column and the row in the file
 */
export function engineRows({
  cluster,
  counts,
  inTime,
}: {
  cluster?: Coded | undefined;
  counts?: NamedColumn | undefined;
  inTime?: object | undefined;
}): RowOptions {
  const rows = inTime && ({ rows: "series" } as const);
  const wrong = counts?.values.findIndex((value) => !(value >= 0 && Number.isInteger(value))) ?? -1;
  if (counts !== undefined && wrong >= 0) {
    const value = counts.values[wrong];
    const has = Number.isNaN(value) ? "no number" : String(value);
    throw new CliError(
      `column ${JSON.stringify(counts.name)} of --counts has ${has} in row ${wrong + 1}; it says how many rows each row stands for, whole numbers from 0.`,
    );
  }
  return { ...rows, cluster: cluster && engineColumn(cluster), counts: counts?.values };
}

/** The model as the matrix names it: its name and the beginning of its hash. */
export function modelName({ info }: Pick<Engine, "info">): string {
  return `${info.name} ${info.sha256.slice(0, 12)}`;
}
