import type {
  Column,
  Columns,
  LagMatrix,
  LagMatrixOptions,
  LagsInformation,
  LagsOptions,
  MatrixWindows,
  MutualInformation,
  SourcesInformation,
  SourcesOptions,
  TransferInformation,
  TransferOptions,
  WindowsOptions,
} from "infonet";

type Pair = Pick<MutualInformation, "mi" | "interval" | "n">;

const numbersOf = (column: Column): ArrayLike<unknown> =>
  "length" in column ? column : (column as { values: ArrayLike<unknown> }).values;
const from = (column: Column, first: number, last: number): Float64Array =>
  Float64Array.from({ length: last - first }, (_, k) => Number(numbersOf(column)[first + k]));

/** Two series at several lags, each a pair of its own. */
export function fakeLags(
  x: Column,
  y: Column,
  { maxLag = 10 }: LagsOptions,
  estimate: (x: Column, y: Column) => Pair,
): LagsInformation {
  const n = numbersOf(x).length;
  const lags = Array.from({ length: 2 * maxLag + 1 }, (_, k) => {
    const lag = k - maxLag;
    const [fromX, fromY] = [Math.max(0, -lag), Math.max(0, lag)];
    const rows = n - Math.abs(lag);
    const {
      mi,
      interval,
      n: complete,
    } = estimate(from(x, fromX, fromX + rows), from(y, fromY, fromY + rows));
    return { lag, mi, interval, pValue: 0.001, familyPValue: 0.01, n: complete };
  });
  const best = lags.reduce((most, other) => (other.mi > most.mi ? other : most));
  return { lags, best, pValue: 0.01, effectiveSize: n / 2, n, warnings: [] };
}

/** All pairs in windows; the last window differs most. */
export function fakeWindows(
  columns: Columns,
  { window, step = window }: WindowsOptions,
  estimate: (x: Column, y: Column) => MutualInformation,
): MatrixWindows {
  const list = columns as ReadonlyArray<{ name: string; values: Column }>;
  const n = numbersOf(list[0].values).length;
  const windows: { from: number; to: number }[] = [];
  for (let first = 0; first + window <= n; first += step) windows.push({ from: first, to: first + window });
  const pairs = list.flatMap(({ name: x, values: a }, i) =>
    list.slice(i + 1).map(({ name: y, values: b }) => ({
      ...{ x, y },
      whole: estimate(a, b),
      windows: windows.map(({ from: first, to }) => estimate(from(a, first, to), from(b, first, to))),
      change: { pValue: 0.01, window: windows.length - 1 },
    })),
  );
  return { windows, pairs };
}

/** Transfer entropy as the information of both columns one row apart. */
export function fakeTransfer(
  x: Column,
  y: Column,
  { lag = 1, history = 1 }: TransferOptions,
  estimate: (x: Column, y: Column) => Pair,
): TransferInformation {
  const n = numbersOf(x).length;
  const direction = (source: Column, target: Column) => {
    const { mi, interval, n: complete } = estimate(from(source, 0, n - lag), from(target, lag, n));
    return { mi, interval, pValue: 0.001, history, n: complete, warnings: [] };
  };
  const [xToY, yToX] = [direction(x, y), direction(y, x)];
  return { lag, xToY, yToX, net: { mi: xToY.mi - yToX.mi, interval: [-1, 1] } };
}

/** Every other column as a source, one row before. */
export function fakeSources(
  columns: Columns,
  target: string,
  { history = 1 }: SourcesOptions,
  estimate: (x: Column, y: Column) => Pair,
): SourcesInformation {
  const list = columns as ReadonlyArray<{ name: string; values: Column }>;
  const own = list.find(({ name }) => name === target)!.values;
  const n = numbersOf(own).length;
  const sources = list.flatMap(({ name: source, values }) => {
    if (source === target) return [];
    const pair = estimate(from(values, 0, n - 1), from(own, 1, n));
    const p = { pValue: 0.001, familyPValue: 0.01 };
    const { mi, interval, n: complete } = pair;
    return [{ source, lag: 1, mi, interval, ...p, lags: [{ lag: 1, ...p }], n: complete, warnings: [] }];
  });
  return { target, history, sources, failed: [] };
}

/** Every pair at its best lag. */
export function fakeLagMatrix(
  columns: Columns,
  { maxLag = 10, units = "nats", seed = 0 }: LagMatrixOptions,
  estimate: (x: Column, y: Column) => Pair,
): LagMatrix {
  const list = columns as ReadonlyArray<{ name: string; values: Column }>;
  const pairs = list.flatMap(({ name: x, values: a }, i) =>
    list.slice(i + 1).map(({ name: y, values: b }) => {
      const { best, pValue, effectiveSize } = fakeLags(a, b, { maxLag }, estimate);
      const { lag, mi, interval, pValue: lagPValue, n } = best!;
      return { x, y, lag, mi, interval, pValue, lagPValue, qValue: pValue, effectiveSize, n, warnings: [] };
    }),
  );
  return { maxLag, units, seed, pairs: pairs.sort((a, b) => b.mi - a.mi) };
}
