/** All pairs of a table: which pairs, and what comes out. */

import { InfoNetError } from "../errors.js";
import { qValues } from "../inference/false-discovery.js";
import type { DependenceMatrix, MatrixCell, PairResult, Units } from "../types.js";

/** Pairs that are held at once, at most: their results take about a kilobyte each. */
const MOST_PAIRS = 5_000_000;

/**
 * Positions of the two columns of every pair asked for: all of them, or those with the target, which comes first.
 *
 * @param related groups of columns whose pairs with each other are left out
 * @throws InfoNetError "unknown-column", "invalid-option" for more pairs than memory holds
 */
export function plannedPairs(
  names: readonly string[],
  target: string | undefined,
  related: readonly (readonly string[])[] = [],
): [number, number][] {
  const pairs: [number, number][] = [];
  const areRelated = relationOf(names, related);
  if (target !== undefined) {
    const t = names.indexOf(target);
    if (t < 0) {
      const known = names.slice(0, 10).map((name) => JSON.stringify(name));
      throw new InfoNetError(
        "unknown-column",
        `target is ${JSON.stringify(target)}; the columns are ${known.join(", ")}${names.length > 10 ? ", …" : ""}.`,
      );
    }
    for (let i = 0; i < names.length; i++) if (i !== t && !areRelated(t, i)) pairs.push([t, i]);
    return pairs;
  }
  const count = (names.length * (names.length - 1)) / 2;
  if (count > MOST_PAIRS) {
    throw new InfoNetError(
      "invalid-option",
      `${names.length} columns have ${count} pairs; at most ${MOST_PAIRS} are held at once: name a target, or pass fewer columns.`,
    );
  }
  for (let i = 0; i < names.length; i++) {
    for (let j = i + 1; j < names.length; j++) if (!areRelated(i, j)) pairs.push([i, j]);
  }
  return pairs;
}

/**
 * Tells whether two columns are in one group.
 *
 * @throws InfoNetError "unknown-column"
 */
function relationOf(
  names: readonly string[],
  related: readonly (readonly string[])[],
): (i: number, j: number) => boolean {
  if (related.length === 0) return () => false;
  const positions = new Map(names.map((name, index) => [name, index]));
  const groups: Set<number>[] = names.map(() => new Set());
  for (const [number, group] of related.entries()) {
    for (const name of group) {
      const position = positions.get(name);
      if (position === undefined) {
        throw new InfoNetError(
          "unknown-column",
          `related names ${JSON.stringify(name)}, which is no column; name columns that are passed.`,
        );
      }
      groups[position].add(number);
    }
  }
  return (i, j) => groups[i].size > 0 && [...groups[i]].some((number) => groups[j].has(number));
}

/** Puts the results of the pairs together, strongest first; pairs without a result are left out. */
export function assembleMatrix(
  head: { units: Units; seed: number; model: string; columns: string[] },
  pairs: ReadonlyArray<readonly [number, number]>,
  results: ReadonlyArray<PairResult | undefined>,
): DependenceMatrix {
  const tested = results.flatMap((result) =>
    result?.error === undefined && result?.pValue !== undefined ? [result] : [],
  );
  const q = qValues(tested.map(({ pValue }) => pValue as number));
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
  readonly #byPair: ReadonlyMap<number, MatrixCell>;
  readonly #positions: ReadonlyMap<string, number>;

  constructor(
    { units, seed, model, columns, pairs }: Omit<DependenceMatrix, "get">,
    byPair: ReadonlyMap<number, MatrixCell>,
  ) {
    this.units = units;
    this.seed = seed;
    this.model = model;
    this.columns = columns;
    this.pairs = pairs;
    this.#byPair = byPair;
    this.#positions = new Map(columns.map((name, index) => [name, index]));
  }

  get(x: string, y: string): MatrixCell | undefined {
    const [i, j] = [x, y].map((name) => this.#positions.get(name));
    if (i === undefined || j === undefined) return undefined;
    return this.#byPair.get(Math.min(i, j) * this.columns.length + Math.max(i, j));
  }
}
