/**
 * Which dependences differ between groups of rows. Information is estimated in each group; whether the groups differ is a matter of their
 * copulas: covariances of slow waves of the ranks within each group, and how far they lie apart, beside what they do when the rows of
 * all groups are dealt to groups at random. Ranks within a group know nothing of its own scale and place, so that these may differ.
 */

import { codeColumn, tieStarts } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import { qValues } from "../inference/false-discovery.js";
import { logPermuted } from "../inference/permutation-tail.js";
import { isList, readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { readArgument, readOptions, type TableOf } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { dotProducts, standardized } from "../numerics/moments.js";
import { chosenPlaces, type Stream, shuffled, streamOf } from "../numerics/random.js";
import { allRows, pick } from "../numerics/rows.js";
import { matrixOf } from "../pairs/estimate.js";
import { positions } from "../pairs/matrix.js";
import type { Cell, Column, DependenceMatrix } from "../types.js";
import { within } from "./evidence.js";
import type { Differences, DifferencesOptions, PairDifference } from "./types.js";

const DIFFERENCES = { ...MANY } satisfies TableOf<DifferencesOptions>;

/** Rows that a group has at least. */
const FEWEST = 30;
/** Groups at most: a number of many values is none. */
const MOST_GROUPS = 12;
/** Slow waves of a number, levels of a category whose products are looked at, and those that are taken off them. */
const MOST_FUNCTIONS = 4;
const WAVES = 8;
/** Rows that are permuted at most. */
const MOST_ROWS = 4000;
/** No seed of the user's moves a p-value. */
const STREAM = 0x2b7e;

/** Rows of one group. */
interface Group {
  level: string;
  rows: Uint32Array;
}

/**
 * Which dependences differ between the groups that a column makes.
 *
 * @param by name of the column of groups, which takes part in no pair
 * @throws InfoNetError "unknown-column", "invalid-option" where it makes no two groups of {@link FEWEST} rows or too many; AbortedError
 *   without a partial result
 */
export async function differencesOf(
  engine: Engine,
  columns: unknown,
  by: string,
  options: DifferencesOptions = {},
): Promise<Differences> {
  const { seed, units, signal, onProgress } = readOptions(options, DIFFERENCES);
  readArgument("by", by, {
    fallback: undefined,
    accepts: (value) => typeof value === "string",
    remedy: "the name of the column of groups",
  });
  const list = readColumns(columns);
  const groups = groupsOf(list, by);
  const others = list
    .filter(({ name }) => name !== by)
    .map(({ name, values }) => ({ name, given: values, cells: readCells({ name, values }) }));
  const call = engine.call({ signal, onProgress });
  return call.run(async () => {
    const pairs = (others.length * (others.length - 1)) / 2;
    call.expect(pairs * (groups.length + 1));
    const matrices: DependenceMatrix[] = [];
    for (const { rows } of groups) {
      const part = others.map(({ name, given, cells }) => ({
        name,
        values: { values: cellsAt(given, rows), kind: cells.kind },
      }));
      matrices.push(await within({ call, signal }, () => matrixOf(engine, part, { seed, units, signal })));
      await call.advance(pairs);
    }
    const compared: PairDifference[] = [];
    const failed: Differences["failed"] = [];
    for (const [i, a] of others.entries()) {
      for (const b of others.slice(i + 1)) {
        const cells = matrices.map((matrix) => matrix.get(a.name, b.name));
        const wrong = cells.find((cell) => cell === undefined || cell.error !== undefined);
        if (wrong?.error !== undefined) {
          failed.push({ x: a.name, y: b.name, error: wrong.error, code: wrong.code });
          await call.advance(1);
          continue;
        }
        const mi = cells.map((cell) => (cell?.error === undefined ? (cell?.mi ?? 0) : 0));
        const pValue = differ(a.cells, b.cells, groups);
        compared.push({
          x: a.name,
          y: b.name,
          mi,
          difference: Math.max(...mi) - Math.min(...mi),
          pValue,
          qValue: 1,
        });
        await call.advance(1);
      }
    }
    const q = qValues(compared.map(({ pValue }) => pValue));
    for (const [k, pair] of compared.entries()) pair.qValue = q[k];
    compared.sort((a, b) => a.pValue - b.pValue || b.difference - a.difference);
    return {
      units,
      seed,
      model: matrices[0].model,
      by,
      groups: groups.map(({ level, rows }) => ({ level, n: rows.length })),
      pairs: compared,
      failed,
    };
  });
}

function groupsOf(list: readonly { name: string; values: Column }[], by: string): Group[] {
  const column =
    list[
      positions(
        "by",
        list.map(({ name }) => name),
      )(by)
    ];
  const { values } = readCells(column);
  const rows = new Map<number, number[]>();
  for (const [row, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const own = rows.get(value);
    if (own === undefined) rows.set(value, [row]);
    else own.push(row);
  }
  const large = [...rows].filter(([, own]) => own.length >= FEWEST).sort(([a], [b]) => a - b);
  if (large.length < 2 || large.length > MOST_GROUPS) {
    throw new InfoNetError(
      "invalid-option",
      `${JSON.stringify(by)} makes ${large.length} group${large.length === 1 ? "" : "s"} of ${FEWEST} rows or more; name a column that makes 2 to ${MOST_GROUPS}.`,
    );
  }
  return large.map(([, own]) => ({ level: levelName(column.values, own[0]), rows: Uint32Array.from(own) }));
}

/** How the user calls a value. */
function levelName(column: Column, row: number): string {
  return String(listOf(column)[row]);
}

function cellsAt(column: Column, rows: Uint32Array): ArrayLike<Cell> {
  const values = listOf(column);
  return Array.from(rows, (row) => values[row]);
}

function listOf(column: Column): ArrayLike<Cell> {
  return isList(column) ? (column as ArrayLike<Cell>) : (column as { values: ArrayLike<Cell> }).values;
}

/** What a column is read as. */
type Cells = ReturnType<typeof readCells>;

/** p-value of the copulas of two columns being the same in all groups. */
function differ(a: Cells, b: Cells, groups: readonly Group[]): number {
  const kept = groups.map(({ rows }) =>
    rows.filter((row) => !Number.isNaN(a.values[row]) && !Number.isNaN(b.values[row])),
  );
  const total = kept.reduce((sum, { length }) => sum + length, 0);
  const share = Math.min(1, MOST_ROWS / total);
  const some = kept.map((rows) => pick(rows, chosenPlaces(rows.length, Math.floor(share * rows.length))));
  const [f, g] = [a, b].map((cells) => joinedGroups(some.map((rows) => functionsOf(cells, rows))));
  if (f.values.length === 0 || g.values.length === 0) return 1;
  const all = influences(f, g);
  const sizes = some.map(({ length }) => length);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const random: Stream = streamOf(STREAM, n);
  const seen = apart(all, allRows(n), sizes);
  const draw = (): number => apart(all, shuffled(n, random), sizes);
  return Math.exp(logPermuted(seen, draw, Math.log(Number.MIN_VALUE), 999));
}

/** Functions of a column in some rows, each with mean 0 and deviation 1: slow cosines of ranks, or indicators of levels. */
interface Functions {
  values: Float64Array[];
  /** Shares of the ranks that are lower; none where the functions are indicators. */
  shares: Float64Array | undefined;
}

function functionsOf({ kind, values }: Cells, rows: Uint32Array): Functions {
  const own = pick(values, rows);
  const { places, distinct } = codeColumn(own);
  if (kind === "category" || distinct === 2) {
    const levels = [...new Set(values)].filter((level) => !Number.isNaN(level)).sort((p, q) => p - q);
    const indicators = levels.slice(0, WAVES).map((level) => own.map((value) => (value === level ? 1 : 0)));
    return { values: indicators.map((indicator) => standardized(indicator)), shares: undefined };
  }
  const starts = tieStarts({ places, distinct, missing: 0 });
  const shares = Float64Array.from(places, (place) => (starts[place] + starts[place + 1]) / (2 * own.length));
  const waves = Array.from({ length: WAVES }, (_, k) => standardized(shares.map((u) => wave(k + 1, u))));
  return { values: waves, shares };
}

const wave = (k: number, u: number): number => Math.SQRT2 * Math.cos(Math.PI * k * u);
const slope = (k: number, u: number): number => -Math.SQRT2 * Math.PI * k * Math.sin(Math.PI * k * u);

/**
 * Products of the slowest functions of two columns, less what follows from ranks and shares being those of the groups themselves: the
 * influence of a row on the covariance. The covariance of ranks varies less than that of values with the same law (Hoeffding's
 * projection; Rüschendorf 1976), of indicators in units of their deviations likewise; with the products alone, groups at random would lie
 * farther apart than groups do.
 */
function influences(f: Functions, g: Functions): Float64Array[] {
  const n = f.values[0].length;
  // Means of products, function l of one column and k of the other at l · WAVES + k.
  const means = new Float64Array(WAVES * WAVES);
  for (const [k, other] of g.values.entries()) {
    const sums = new Float64Array(f.values.length);
    dotProducts(f.values, other, sums);
    for (const [l, sum] of sums.entries()) means[l * WAVES + k] = sum / n;
  }
  const at = (l: number, k: number): number => means[l * WAVES + k];
  const mirrored = (l: number, k: number): number => means[k * WAVES + l];
  return f.values.slice(0, MOST_FUNCTIONS).flatMap((one, j) =>
    g.values.slice(0, MOST_FUNCTIONS).map((other, k) => {
      const [own, others] = [byMargin(f, j, k, at), byMargin(g, k, j, mirrored)];
      return one.map((value, row) => value * other[row] - own[row] - others[row]);
    }),
  );
}

/**
 * What of the influence is a function of one column: ∫ φ′ⱼ(s) E[ψₖ | U = s] ds up to its rank, with the conditional mean as a sum of waves; of
 * an indicator, half of its square times the covariance.
 */
function byMargin(
  { values, shares }: Functions,
  j: number,
  k: number,
  mean: (l: number, k: number) => number,
): Float64Array {
  if (shares === undefined) return values[j].map((value) => (mean(j, k) / 2) * (value * value - 1));
  const integral = new Float64Array(CELLS + 1);
  for (let cell = 0; cell < CELLS; cell++) {
    const s = (cell + 0.5) / CELLS;
    let told = 0;
    for (let l = 0; l < WAVES; l++) told += mean(l, k) * wave(l + 1, s);
    integral[cell + 1] = integral[cell] + (slope(j + 1, s) * told) / CELLS;
  }
  return shares.map((u) => {
    const cell = Math.min(CELLS - 1, Math.floor(u * CELLS));
    return integral[cell] + (u * CELLS - cell) * (integral[cell + 1] - integral[cell]);
  });
}

const CELLS = 256;

/** The functions of all groups, one after the other. */
function joinedGroups(parts: readonly Functions[]): Functions {
  const count = Math.min(...parts.map(({ values }) => values.length));
  const joined = (lists: readonly Float64Array[]): Float64Array => {
    const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const list of lists) {
      all.set(list, at);
      at += list.length;
    }
    return all;
  };
  const shares = parts.flatMap((part) => (part.shares === undefined ? [] : [part.shares]));
  return {
    values: Array.from({ length: count }, (_, k) => joined(parts.map(({ values }) => values[k]))),
    shares: shares.length === parts.length ? joined(shares) : undefined,
  };
}

/**
 * How far the means of products lie apart between groups, in nats: half of what would be χ² of each, the slower waves counting more.
 *
 * @param order the rows of all groups, group by group
 */
function apart(products: readonly Float64Array[], order: Uint32Array, sizes: readonly number[]): number {
  let evidence = 0;
  const width = Math.round(Math.sqrt(products.length));
  for (const [k, values] of products.entries()) {
    let [at, whole, squares] = [0, 0, 0];
    const sums = sizes.map((size) => {
      let sum = 0;
      for (const end = at + size; at < end; at++) {
        const value = values[order[at]];
        sum += value;
        squares += value * value;
      }
      whole += sum;
      return sum;
    });
    const n = order.length;
    const variance = squares / n - (whole / n) ** 2;
    if (!(variance > 0)) continue;
    const between = sums.reduce(
      (total, sum, group) => total + sizes[group] * (sum / sizes[group] - whole / n) ** 2,
      0,
    );
    const speed = (1 + Math.floor(k / width)) * (1 + (k % width));
    evidence += between / variance / speed;
  }
  return evidence / 2;
}
