/** All pairs of a table: which pairs, and what comes out. */

import { describe, InfoNetError } from "../errors.js";
import { qValues } from "../inference/false-discovery.js";
import type { DependenceMatrix, MatrixCell, PairResult, ScreenedPairs, Units } from "../types.js";

/** Pairs that are held at once, at most: their results take about a kilobyte each. */
const MOST_PAIRS = 5_000_000;

/** Which pairs of a table are asked for; all of them where nothing is said. */
export interface WantedPairs {
  target?: string | readonly string[] | undefined;
  pairs?: ReadonlyArray<readonly [string, string]> | undefined;
  /** Groups of columns whose pairs with each other are left out. */
  related?: readonly (readonly string[])[] | undefined;
}

/**
 * Positions of the two columns of every pair asked for, each pair once: all of them; those with a target, which comes
 * first, target by target; or those that are named.
 *
 * @throws InfoNetError "unknown-column", "invalid-option" for more pairs than memory holds, a pair of a column with
 *   itself, or targets and pairs at once
 */
export function plannedPairs(
  names: readonly string[],
  { target, pairs, related = [] }: WantedPairs,
): [number, number][] {
  const areRelated = relationOf(names, related);
  return listedPairs(names, { target, pairs }).filter(([i, j]) => !areRelated(i, j));
}

function listedPairs(names: readonly string[], { target, pairs }: WantedPairs): [number, number][] {
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

/**
 * Where the column with a name is.
 *
 * @throws what is returned: InfoNetError "unknown-column"
 */
export function positions(option: string, names: readonly string[]): (name: string) => number {
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

/** What a matrix says beside its pairs. */
type Head = Omit<DependenceMatrix, "pairs" | "get">;

/** Puts the results of the pairs together, strongest first; pairs without a result are left out. */
export function assembleMatrix(
  head: Head,
  pairs: ReadonlyArray<readonly [number, number]>,
  results: ReadonlyArray<PairResult | undefined>,
): DependenceMatrix {
  const cells: MatrixCell[] = [];
  pairs.forEach((pair, index) => {
    const result = results[index];
    if (result !== undefined) cells.push(cellOf(head.columns, pair, result));
  });
  return matrixOfCells(head, cells);
}

/** The cell of a pair of columns, by their positions. */
export function cellOf(
  columns: readonly string[],
  [i, j]: readonly [number, number],
  result: PairResult,
): MatrixCell {
  const names = { x: columns[i], y: columns[j] };
  return result.error === undefined
    ? { ...names, ...result, qValue: undefined }
    : { ...names, error: result.error, code: result.code };
}

/**
 * One matrix of several whose pairs were estimated apart, such as by several machines: the same as if they had been estimated together,
 * with q-values among all of them.
 *
 * @param parts of one table, which `columns` lists in each of them; a pair that several have is taken from the first
 * @throws InfoNetError "invalid-option" if there are none, or they are of different tables, units, seeds, models or thresholds
 */
export function mergeMatrices(parts: readonly Omit<DependenceMatrix, "get">[]): DependenceMatrix {
  const [first] = parts;
  if (first === undefined) {
    throw new InfoNetError("invalid-option", "parts is an empty list; pass at least one matrix.");
  }
  const said = ({ units, seed, model, columns, given, screened }: Head): Record<string, unknown> => ({
    units,
    seed,
    model,
    columns,
    given,
    screen: screened?.threshold,
  });
  for (const part of parts) {
    const [wanted, own] = [said(first), said(part)];
    const name = Object.keys(wanted).find((key) => JSON.stringify(wanted[key]) !== JSON.stringify(own[key]));
    if (name === undefined) continue;
    throw new InfoNetError(
      "invalid-option",
      `parts differ in their ${name} (${describe(wanted[name])} and ${describe(own[name])}); merge matrices of one table, estimated in one way.`,
    );
  }
  const keyOf = pairKeys(first.columns);
  const cells = new Map<number, MatrixCell>();
  for (const { pairs } of parts) {
    for (const cell of pairs) {
      const key = keyOf(cell.x, cell.y);
      if (!cells.has(key)) cells.set(key, cell);
    }
  }
  const screened = first.screened && {
    ...first.screened,
    pairs: parts.reduce((sum, part) => sum + (part.screened?.pairs ?? 0), 0),
    below: Math.max(...parts.map((part) => part.screened?.below ?? 0)),
  };
  const { units, seed, model, columns, given } = first;
  const head = { units, seed, model, columns, ...(given && { given }), ...(screened && { screened }) };
  return matrixOfCells(head, [...cells.values()]);
}

/** A number for every pair of columns, the same for both orders. */
function pairKeys(columns: readonly string[]): (x: string, y: string) => number {
  const places = new Map(columns.map((name, place) => [name, place]));
  return (x, y) => {
    const [i, j] = [places.get(x) ?? -1, places.get(y) ?? -1];
    return Math.min(i, j) * columns.length + Math.max(i, j);
  };
}

function matrixOfCells(head: Head, cells: readonly MatrixCell[]): DependenceMatrix {
  const tested = cells.flatMap((cell) =>
    cell.error === undefined && cell.pValue !== undefined ? [cell.pValue] : [],
  );
  const q = qValues(tested, head.screened?.pairs);
  let at = 0;
  const strength = (cell: MatrixCell): number => (cell.error === undefined ? cell.mi : -1);
  const places = new Map(head.columns.map((name, place) => [name, place]));
  const placeOf = (name: string): number => places.get(name) as number;
  const sorted = cells
    .map(
      (cell): MatrixCell =>
        cell.error !== undefined
          ? cell
          : { ...cell, qValue: cell.pValue === undefined ? undefined : q[at++] },
    )
    // Equal ones in the order of the columns, however the pairs came together.
    .sort((a, b) => strength(b) - strength(a) || placeOf(a.x) - placeOf(b.x) || placeOf(a.y) - placeOf(b.y));
  const keyOf = pairKeys(head.columns);
  return new AssembledMatrix(
    { ...head, pairs: sorted },
    new Map(sorted.map((cell) => [keyOf(cell.x, cell.y), cell])),
  );
}

/** Its own properties are data, so that it can be posted and printed; {@link DependenceMatrix.get} is the class's. */
class AssembledMatrix implements DependenceMatrix {
  readonly units: Units;
  readonly seed: number;
  readonly model: string;
  readonly columns: string[];
  readonly given?: string[];
  readonly pairs: MatrixCell[];
  readonly screened?: ScreenedPairs;
  readonly #byPair: ReadonlyMap<number, MatrixCell>;
  readonly #keyOf: (x: string, y: string) => number;

  constructor(
    { units, seed, model, columns, given, pairs, screened }: Omit<DependenceMatrix, "get">,
    byPair: ReadonlyMap<number, MatrixCell>,
  ) {
    this.units = units;
    this.seed = seed;
    this.model = model;
    this.columns = columns;
    if (given !== undefined) this.given = given;
    this.pairs = pairs;
    if (screened !== undefined) this.screened = screened;
    this.#byPair = byPair;
    this.#keyOf = pairKeys(columns);
  }

  get(x: string, y: string): MatrixCell | undefined {
    return this.#byPair.get(this.#keyOf(x, y));
  }
}
