/** The first of two stages: the cheap evidence of all pairs, so that the network sees only those that show something. */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import { SCREEN } from "../engine/network-tasks.js";
import { InfoNetError } from "../errors.js";
import { SCREEN_FUNCTIONS, type ScreenThreshold, screenFunctions, surelySeen } from "../evidence/index.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import type { LongCall } from "../long-call.js";
import { appended } from "../numerics/rows.js";
import type { ScreenedPairs } from "../types.js";
import type { PreparedColumn } from "./prepared.js";

/** What the first stage found. */
export interface Screening {
  /** Numbers of the pairs that go on to the second stage, ascending. */
  kept: number[];
  /** What is to be said of the others, in nats. */
  screened: ScreenedPairs;
}

/** Columns that meet in one product, at most, a side. */
const COLUMNS_AT_ONCE = 128;
/** Numbers of a side, at most: what is posted to a thread. */
const NUMBERS_AT_ONCE = 1 << 23;
/** Numbers of columns' functions that are kept for the next products. */
const NUMBERS_KEPT = 1 << 26;

/**
 * Screens pairs.
 *
 * @param columns undefined where a column cannot be read
 * @param pairs positions of the columns of every pair
 * @param threshold p-value up to which a pair goes on
 * @param call counts the pairs that do not
 * @throws InfoNetError "model" if the model has no null table
 */
export async function screenPairs(
  engine: Engine,
  columns: ReadonlyArray<PreparedColumn | undefined>,
  pairs: ReadonlyArray<readonly [number, number]>,
  threshold: number,
  call: LongCall,
): Promise<Screening> {
  const least = thresholdsOf(engine, threshold);
  const rows = Math.max(1, ...columns.map((column) => column?.coded.places.length ?? 0));
  const mayBeScreened = (position: number): boolean => {
    const column = columns[position];
    return column?.kind === "number" && column.coded.distinct > 1 && column.coded.places.length === rows;
  };
  const kept: number[] = [];
  const screenable: number[] = [];
  for (const [index, pair] of pairs.entries()) (pair.every(mayBeScreened) ? screenable : kept).push(index);
  const functions = new FunctionsOfColumns(columns, rows);
  const screened: ScreenedPairs = { pairs: 0, threshold, below: 0 };
  let fewest = Number.POSITIVE_INFINITY;
  await runBatches(tilesOf(pairs, screenable, rows).values(), await engine.workers(screenable.length), {
    task: SCREEN,
    largestBatch: 1,
    points: () => 1,
    input: ([{ a, b }]) => ({ a: functions.of(a.keys()), b: functions.of(b.keys()), rows }),
    async onBatch([{ a, b, indices }], found) {
      const before = screened.pairs;
      for (const index of indices) {
        const [first, second] = ordered(pairs[index]);
        const at = (a.get(first) as number) * b.size + (b.get(second) as number);
        const n = Math.round(found.n[at]);
        const needed = least(n);
        if (n < FEWEST_SAMPLES || found.evidence[at] >= needed.evidence || found.shape[at] >= needed.shape) {
          kept.push(index);
        } else {
          fewest = Math.min(fewest, n);
          screened.pairs++;
        }
      }
      await call.advance(screened.pairs - before);
    },
  });
  if (screened.pairs > 0) screened.below = surelySeen(least(fewest).evidence, fewest);
  return { kept: kept.sort((a, b) => a - b), screened };
}

/** What a pair needs to go on, by its rows. */
function thresholdsOf({ model }: Engine, threshold: number): (n: number) => ScreenThreshold {
  const known = new Map<number, ScreenThreshold>();
  return (n) => {
    const needed = known.get(n) ?? model.screenThreshold(threshold, n);
    if (needed === undefined) {
      throw new InfoNetError(
        "model",
        `screen is ${threshold}, and this model has no null table to know p-values by; leave screen out.`,
      );
    }
    known.set(n, needed);
    return needed;
  };
}

/** Pairs whose columns meet in one product. */
interface Tile {
  /** Positions of columns, each with its place in the product. */
  a: Map<number, number>;
  b: Map<number, number>;
  /** Numbers of the pairs: the first column of each is in `a`, the other in `b`. */
  indices: number[];
}

function tilesOf(
  pairs: ReadonlyArray<readonly [number, number]>,
  indices: readonly number[],
  rows: number,
): Map<number, Tile> {
  const size = Math.max(
    1,
    Math.min(COLUMNS_AT_ONCE, Math.floor(NUMBERS_AT_ONCE / (SCREEN_FUNCTIONS * rows))),
  );
  const tiles = new Map<number, Tile>();
  const place = (columns: Map<number, number>, position: number): void => {
    if (!columns.has(position)) columns.set(position, columns.size);
  };
  for (const index of indices) {
    const [first, second] = ordered(pairs[index]);
    const key = Math.floor(first / size) * MOST_BLOCKS + Math.floor(second / size);
    const tile: Tile = tiles.get(key) ?? { a: new Map(), b: new Map(), indices: [] };
    tiles.set(key, tile);
    place(tile.a, first);
    place(tile.b, second);
    tile.indices.push(index);
  }
  return tiles;
}

const ordered = ([i, j]: readonly [number, number]): [number, number] => (i < j ? [i, j] : [j, i]);

/** More blocks of columns than there are. */
const MOST_BLOCKS = 2 ** 24;

/** The functions of columns, made when they are first asked for; the last ones are kept. */
class FunctionsOfColumns {
  readonly #kept = new Map<number, Float32Array>();

  constructor(
    private readonly columns: ReadonlyArray<PreparedColumn | undefined>,
    private readonly rows: number,
  ) {}

  of(positions: Iterable<number>): Float32Array {
    return appended([...positions].map((position) => this.#ofOne(position)));
  }

  #ofOne(position: number): Float32Array {
    const known = this.#kept.get(position);
    if (known !== undefined) return known;
    const { coded } = this.columns[position] as PreparedColumn;
    const functions = screenFunctions(coded);
    this.#kept.set(position, functions);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size * SCREEN_FUNCTIONS * this.rows > NUMBERS_KEPT) this.#kept.delete(oldest);
    return functions;
  }
}
