/** All pairs of a table: which pairs, and what comes out. */

import { InfoNetError } from "../errors.js";
import { qValues } from "../inference/false-discovery.js";
import type { DependenceMatrix, MatrixCell, PairResult, ScreenedPairs, Units } from "../types.js";

/** Pairs that are held at once, at most: their results take about a kilobyte each. */
const MOST_PAIRS = 5_000_000;

/** Which pairs of a table are asked for; all of them where nothing is said. */
export interface WantedPairs {
  target?: string | readonly string[] | undefined;
  pairs?: ReadonlyArray<readonly [string, string]> | undefined;
}

/**
 * Positions of the two columns of every pair asked for, each pair once: all of them; those with a target, which comes
 * first, target by target; or those that are named.
 *
 * @throws InfoNetError "unknown-column", "invalid-option" for more pairs than memory holds, a pair of a column with
 *   itself, or targets and pairs at once
 */
export function plannedPairs(names: readonly string[], { target, pairs }: WantedPairs): [number, number][] {
  if (pairs !== undefined) {
    if (target === undefined) return namedPairs(names, pairs);
    throw new InfoNetError("invalid-option", "target and pairs are both given; pass one of them.");
  }
  const targets = target === undefined ? undefined : positionsOf("target", names, [target].flat());
  const width = names.length;
  const count = targets === undefined ? (width * (width - 1)) / 2 : pairsWith(targets.length, width);
  if (count > MOST_PAIRS) {
    const remedy = targets === undefined ? "name a target, or pass" : "name fewer targets, or pass";
    throw new InfoNetError(
      "invalid-option",
      `${width} columns have ${count} pairs${targets === undefined ? "" : " with the targets"}; at most ${MOST_PAIRS} are held at once: ${remedy} fewer columns.`,
    );
  }
  const planned: [number, number][] = [];
  if (targets === undefined) {
    for (let i = 0; i < width; i++) for (let j = i + 1; j < width; j++) planned.push([i, j]);
    return planned;
  }
  const before = new Set<number>();
  for (const t of targets) {
    before.add(t);
    for (let i = 0; i < width; i++) if (!before.has(i)) planned.push([t, i]);
  }
  return planned;
}

/** Pairs of so many columns that have one of the targets, or two. */
function pairsWith(targets: number, columns: number): number {
  return targets * (columns - targets) + (targets * (targets - 1)) / 2;
}

function namedPairs(
  names: readonly string[],
  pairs: ReadonlyArray<readonly [string, string]>,
): [number, number][] {
  const positionOf = positions("pairs", names);
  const width = names.length;
  const known = new Set<number>();
  return pairs.flatMap(([x, y]): [number, number][] => {
    const [i, j] = [positionOf(x), positionOf(y)];
    if (i === j) {
      throw new InfoNetError(
        "invalid-option",
        `pairs has ${JSON.stringify(x)} with itself; name two columns.`,
      );
    }
    const key = Math.min(i, j) * width + Math.max(i, j);
    if (known.has(key)) return [];
    known.add(key);
    return [[i, j]];
  });
}

/** Where the columns with these names are, each once. */
function positionsOf(option: string, names: readonly string[], wanted: readonly string[]): number[] {
  return [...new Set(wanted.map(positions(option, names)))];
}

/** @throws what is returned: InfoNetError "unknown-column" */
function positions(option: string, names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, place) => [name, place]));
  return (name) => {
    const place = places.get(name);
    if (place !== undefined) return place;
    const known = names.slice(0, 10).map((column) => JSON.stringify(column));
    throw new InfoNetError(
      "unknown-column",
      `${option} is ${JSON.stringify(name)}; the columns are ${known.join(", ")}${names.length > 10 ? ", …" : ""}.`,
    );
  };
}

/** Puts the results of the pairs together, strongest first; pairs without a result are left out. */
export function assembleMatrix(
  head: { units: Units; seed: number; model: string; columns: string[]; screened?: ScreenedPairs },
  pairs: ReadonlyArray<readonly [number, number]>,
  results: ReadonlyArray<PairResult | undefined>,
): DependenceMatrix {
  const tested = results.flatMap((result) =>
    result?.error === undefined && result?.pValue !== undefined ? [result] : [],
  );
  const q = qValues(
    tested.map(({ pValue }) => pValue as number),
    head.screened?.pairs,
  );
  const qOf = new Map<PairResult, number>(tested.map((result, k) => [result, q[k]]));
  const cells: MatrixCell[] = [];
  const byPair = new Map<number, MatrixCell>();
  const width = head.columns.length;
  pairs.forEach(([i, j], index) => {
    const result = results[index];
    if (result === undefined) return;
    const names = { x: head.columns[i], y: head.columns[j] };
    const cell: MatrixCell =
      result.error === undefined
        ? { ...names, ...result, qValue: qOf.get(result) }
        : { ...names, error: result.error, code: result.code };
    cells.push(cell);
    byPair.set(Math.min(i, j) * width + Math.max(i, j), cell);
  });
  const strength = (cell: MatrixCell): number => (cell.error === undefined ? cell.mi : -1);
  return new AssembledMatrix({ ...head, pairs: cells.sort((a, b) => strength(b) - strength(a)) }, byPair);
}

/** Its own properties are data, so that it can be posted and printed; {@link DependenceMatrix.get} is the class's. */
class AssembledMatrix implements DependenceMatrix {
  readonly units: Units;
  readonly seed: number;
  readonly model: string;
  readonly columns: string[];
  readonly pairs: MatrixCell[];
  readonly screened?: ScreenedPairs;
  readonly #byPair: ReadonlyMap<number, MatrixCell>;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(
    { units, seed, model, columns, pairs, screened }: Omit<DependenceMatrix, "get">,
    byPair: ReadonlyMap<number, MatrixCell>,
  ) {
    this.units = units;
    this.seed = seed;
    this.model = model;
    this.columns = columns;
    this.pairs = pairs;
    if (screened !== undefined) this.screened = screened;
    this.#byPair = byPair;
    this.#positions = new Map(columns.map((name, index) => [name, index]));
  }

  get(x: string, y: string): MatrixCell | undefined {
    const [i, j] = [x, y].map((name) => this.#positions.get(name));
    if (i === undefined || j === undefined) return undefined;
    return this.#byPair.get(Math.min(i, j) * this.columns.length + Math.max(i, j));
  }
}
