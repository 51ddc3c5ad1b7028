import type {
  Column,
  Columns,
  ConditionalInformation,
  ConditionalOptions,
  DependenceMatrix,
  Estimate,
  EstimateOptions,
  JointInformation,
  JointOptions,
  LagMatrixOptions,
  LagsOptions,
  Matrix,
  MatrixCell,
  MatrixOptions,
  PairOptions,
  RowOptions,
  SideKind,
  SourcesOptions,
  TransferOptions,
  Variable,
  WindowsOptions,
} from "infonet";
import type { Engine } from "../engine.js";
import { fakeAnswers } from "./fake-answers.js";
import { fakeLagMatrix, fakeLags, fakeSources, fakeTransfer, fakeWindows } from "./fake-series.js";
import { normalCopula, normalLogDensity, normalQuantile } from "./normal-copula.js";

/**
 * A stand-in for the trained model, for tests only: every pair is taken for a Gaussian copula. Columns that are passed as
 * categories are levels, all others numbers.
 */
export interface FakeOptions {
  /** Given to every estimate. */
  pValue?: number;
  /** Called before every pair of a matrix, with its position. */
  beforePair?: (index: number) => void | Promise<void>;
  /** Told what rows are said to stand for, by every matrix and every single estimate. */
  onRows?: (rows: RowOptions) => void;
  /** Called before every single estimate. */
  beforeEstimate?: () => void;
  /** Called before a joint estimate. */
  beforeJoint?: () => void;
  /** Matrices are not computed: they have this many pairs, of columns that no table has. */
  pairs?: number;
  /** Called when a matrix is ready. */
  afterMatrix?: () => void;
  /** Its threads never end. */
  hangsAtEnd?: boolean;
  /** Aborted matrices carry the pairs finished so far, as those of the library do. */
  partial?: boolean;
}

const SIZE = 64;
const MODEL = "fake 0123456789ab";

/** What a call is told of its rows. */
function rowsOf({ rows, cluster, counts }: RowOptions): RowOptions {
  return { ...(rows && { rows }), cluster, counts };
}

/** Makes the stand-in. `disposed` counts how often it was disposed of. */
export function fakeEngine(options: FakeOptions = {}): Engine & { disposed: number } {
  const engine = {
    info: { name: "fake", sha256: "0123456789abcdef" },
    disposed: 0,
    async estimate(x: Column, y: Column, given: PairOptions = {}) {
      options.beforeEstimate?.();
      options.onRows?.(rowsOf(given));
      return gaussianEstimate(x, y, given, options.pValue);
    },
    async lags(x: Column, y: Column, given: LagsOptions = {}) {
      options.onRows?.({ cluster: given.cluster });
      return fakeLags(x, y, given, (a, b) => gaussianEstimate(a, b, {}, undefined));
    },
    async windows(columns: Columns, given: WindowsOptions) {
      return fakeWindows(columns, given, (a, b) => gaussianEstimate(a, b, {}, options.pValue));
    },
    async lagMatrix(columns: Columns, given: LagMatrixOptions = {}) {
      return fakeLagMatrix(columns, given, (a, b) => gaussianEstimate(a, b, {}, undefined));
    },
    async sources(columns: Columns, target: string, given: SourcesOptions = {}) {
      return fakeSources(columns, target, given, (a, b) => gaussianEstimate(a, b, {}, undefined));
    },
    async transfer(x: Column, y: Column, given: TransferOptions = {}) {
      options.onRows?.({ cluster: given.cluster });
      return fakeTransfer(x, y, given, (a, b) => gaussianEstimate(a, b, {}, undefined));
    },
    async matrix(columns: Columns, given: MatrixOptions = {}): Promise<DependenceMatrix> {
      options.onRows?.(rowsOf(given));
      const list = columns as ReadonlyArray<{ name: string; values: Column }>;
      const pairs: [number, number][] = [];
      const { target, related = [] } = given;
      const known = [given.given ?? []].flat();
      const names = list.map(({ name }) => name);
      const all = names.filter((name) => !known.includes(name));
      const before = new Set<string>();
      // A target comes first, target by target.
      for (const x of target === undefined ? all : [target].flat()) {
        before.add(x);
        for (const y of all) {
          const isRelated = related.some((group) => group.includes(x) && group.includes(y));
          if (!before.has(y) && !isRelated) pairs.push([names.indexOf(x), names.indexOf(y)]);
        }
      }
      if (given.pairs !== undefined) {
        const places = new Map(list.map(({ name }, place) => [name, place]));
        pairs.splice(
          0,
          pairs.length,
          ...given.pairs.map(([x, y]): [number, number] => [places.get(x)!, places.get(y)!]),
        );
      }
      if (options.pairs) return madeUpMatrix(options.pairs);
      const cells: MatrixCell[] = [];
      const result = (): DependenceMatrix => ({
        units: given.units ?? "nats",
        seed: given.seed ?? 0,
        model: MODEL,
        columns: list.map(({ name }) => name),
        pairs: [...cells].sort((a, b) => strength(b) - strength(a)),
        get: (x, y) => cells.find((c) => (c.x === x && c.y === y) || (c.x === y && c.y === x)),
      });
      for (const [index, [i, j]] of pairs.entries()) {
        await options.beforePair?.(index);
        if (given.signal?.aborted) {
          const reason = given.signal.reason as Error;
          throw options.partial ? aborted(result(), reason) : reason;
        }
        const { mi, interval, pValue, n, kinds, entropies, normalized, warnings } = gaussianEstimate(
          list[i].values,
          list[j].values,
          given,
          options.pValue,
        );
        const levels = { kinds, entropies, normalized };
        const names = { x: list[i].name, y: list[j].name };
        cells.push(
          n < 8
            ? {
                ...names,
                error: `${names.x} and ${names.y} share ${n} complete rows; at least 8 are needed.`,
                code: "too-few-samples",
              }
            : // All p-values are alike, and so are the q-values.
              { ...names, ...levels, mi, interval, pValue, qValue: pValue, n, warnings },
        );
        given.onProgress?.({ done: index + 1, total: pairs.length });
      }
      options.afterMatrix?.();
      return result();
    },
    async joint(
      x: Variable,
      y: Variable,
      { signal, onProgress, basis = "auto", ...given }: JointOptions = {},
    ): Promise<JointInformation> {
      options.beforeJoint?.();
      if (signal?.aborted) throw signal.reason;
      const [a, b] = [firstColumn(x), firstColumn(y)];
      const { mi, interval, n, warnings } = gaussianEstimate(a, b, given, options.pValue);
      onProgress?.({ done: 1, total: 1 });
      const pair = { x: "x0", y: "y0", mi, interval, pValue: options.pValue, independent: false };
      return {
        ...{ mi, interval, n, warnings, lowerBound: 0.9 * mi, candidates: [], pValue: options.pValue },
        basis: basis === "auto" ? "given" : basis,
        order: { x: ["x0"], y: ["y0"] },
        interaction: undefined,
        contributions: [pair, { ...pair, x: "f1", y: "y1 | g", mi: 0, independent: true }],
        kinds: { x: kindsOf(x), y: kindsOf(y) },
      };
    },
    async conditional(
      x: Column,
      y: Column,
      z: Variable,
      { signal, ...given }: ConditionalOptions = {},
    ): Promise<ConditionalInformation> {
      if (signal?.aborted) throw signal.reason;
      const { mi, interval, n, warnings } = gaussianEstimate(x, y, given, options.pValue);
      const kinds = { x: kindsOf(x)[0], y: kindsOf(y)[0], z: kindsOf(z) };
      const order = kinds.z.map((_, k) => `z${k}`);
      return { mi, interval, n, warnings, order, kinds, pValue: options.pValue };
    },
    ...fakeAnswers(MODEL),
    async dispose() {
      engine.disposed++;
      if (options.hangsAtEnd) await new Promise(() => {});
    },
  };
  return engine;
}

/** Matrices that were made up, by their number of pairs. */
const madeUp = new Map<number, DependenceMatrix>();

function madeUpMatrix(pairs: number): DependenceMatrix {
  const before = madeUp.get(pairs);
  if (before !== undefined) return before;
  const cells = Array.from({ length: pairs }, (_, index): MatrixCell => {
    const mi = 1 / (index + 1);
    const names = { x: `c${index % 1000}`, y: `d${Math.floor(index / 1000)}` };
    return {
      ...names,
      mi,
      interval: [mi / 2, 2 * mi],
      ...NUMBERS,
      pValue: undefined,
      qValue: undefined,
      n: 100,
      warnings: [],
    };
  });
  const matrix: DependenceMatrix = {
    units: "nats",
    seed: 0,
    model: MODEL,
    columns: [],
    pairs: cells,
    get: () => undefined,
  };
  madeUp.set(pairs, matrix);
  return matrix;
}

/** The first column of a variable. */
function firstColumn(variable: Variable): Column {
  if ("data" in variable) {
    const { data, width } = variable;
    return Float64Array.from({ length: data.length / width }, (_, row) => data[row * width]);
  }
  return columnsOf(variable)[0];
}

function columnsOf(variable: Exclude<Variable, Matrix>): readonly Column[] {
  return Array.isArray(variable) ? variable : [variable as Column];
}

/** What every column of a variable is taken for. */
function kindsOf(variable: Variable): SideKind[] {
  if ("data" in variable) return new Array<SideKind>(variable.width).fill("number");
  return columnsOf(variable).map((column) => (takenApart(column).levels ? "levels" : "number"));
}

/** What is said of two columns of numbers. */
const NUMBERS: Pick<Estimate, "kinds" | "entropies" | "normalized"> = {
  kinds: ["number", "number"],
  entropies: [undefined, undefined],
  normalized: undefined,
};

/** Shaped as the library's AbortedError, without loading the library. */
function aborted(partial: DependenceMatrix, cause: Error): Error {
  return Object.assign(new Error("aborted", { cause }), { name: "AbortError", partial });
}

function strength(cell: MatrixCell): number {
  return cell.error === undefined ? cell.mi : -1;
}

/** The numbers of a column, and whether it was passed as categories. */
function takenApart(column: Column): { values: ArrayLike<number>; levels: boolean } {
  // Arrays have a method of that name.
  const { values, kind } = "length" in column ? { values: column, kind: undefined } : column;
  return { values: values as ArrayLike<number>, levels: kind === "category" };
}

/** Plug-in entropy, nats. */
function entropyOf(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / values.length) * Math.log(count / values.length),
    0,
  );
}

function gaussianEstimate(
  first: Column,
  second: Column,
  { units = "nats" }: EstimateOptions,
  pValue: number | undefined,
): Estimate {
  const sides = [takenApart(first), takenApart(second)];
  const [x, y] = sides.map(({ values }) => values);
  const rows: number[] = [];
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]) && !Number.isNaN(y[i])) rows.push(i);
  const n = rows.length;
  const a = normalScores(rows.map((i) => x[i]));
  const b = normalScores(rows.map((i) => y[i]));
  let [sab, saa, sbb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    sab += a[i] * b[i];
    saa += a[i] * a[i];
    sbb += b[i] * b[i];
  }
  const r = Math.max(-0.999, Math.min(0.999, sab / Math.sqrt(saa * sbb) || 0));
  const scale = units === "bits" ? 1 / Math.LN2 : 1;
  const mi = -0.5 * Math.log1p(-r * r) * scale;
  const spread = (1.645 * Math.abs(r) * scale) / Math.sqrt(Math.max(n, 1));
  const grid = orderedScores(SIZE);
  const values = new Float32Array(SIZE * SIZE);
  const density = (u: number, v: number) => scale * normalLogDensity(r, u, v);
  for (let j = 0; j < SIZE; j++) {
    for (let i = 0; i < SIZE; i++) values[j * SIZE + i] = density(grid[i], grid[j]);
  }
  const entropies = sides.map(({ values, levels }) =>
    levels ? scale * entropyOf(rows.map((row) => values[row])) : undefined,
  );
  const most = Math.min(...entropies.map((entropy) => entropy ?? Number.POSITIVE_INFINITY));
  return {
    mi,
    interval: [Math.max(0, mi - spread), mi + spread],
    kinds: sides.map(({ levels }) => (levels ? "levels" : "number")) as Estimate["kinds"],
    entropies: entropies as Estimate["entropies"],
    normalized: most === Number.POSITIVE_INFINITY ? undefined : Math.min(1, mi / most),
    pValue,
    n,
    warnings: n < 100 ? [{ code: "few-samples", message: `n is ${n}; below 100 the interval is wide.` }] : [],
    lowerBound: mi * 0.95,
    critic: { size: SIZE, values },
    copula: normalCopula(r),
    pointwise: () => Float64Array.from(rows, (_, k) => density(a[k], b[k])),
  };
}

/** Normal scores of the ranks, ties in order of appearance. */
function normalScores(values: readonly number[]): Float64Array {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j] || i - j);
  const ordered = orderedScores(values.length);
  const scores = new Float64Array(values.length);
  for (const [rank, i] of order.entries()) scores[i] = ordered[rank];
  return scores;
}

const known = new Map<number, Float64Array>();

/** Normal scores of 1 … n, computed once a length: bisection is slow. */
function orderedScores(n: number): Float64Array {
  const scores =
    known.get(n) ?? Float64Array.from({ length: n }, (_, rank) => normalQuantile((rank + 0.5) / n));
  known.set(n, scores);
  return scores;
}
