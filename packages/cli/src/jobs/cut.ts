/** How the pairs of a table are cut into shards: tile by tile, so that a shard needs few of the columns. */

/** Columns along the side of a tile. */
const SIDE = 256;

/** Positions of the two columns of a pair. */
export type PairAt = readonly [number, number];

/** Pairs of a shard, all of one table. */
export interface ShardPart {
  /** Which replicate of the table, from 1; 0 for the table itself. */
  replicate: number;
  pairs: PairAt[];
}

/** Some columns along either side, and how many pairs they have. */
interface Tile {
  rows: readonly number[];
  columns: readonly number[];
  pairs: number;
}

/** All pairs that are asked for, each once in the table and in every replicate of it, in shards of as many pairs as can be. */
export class Cut {
  /** Those of one table. */
  readonly pairs: number;
  /** Those of the table and its replicates. */
  readonly total: number;
  readonly #tiles: readonly Tile[];
  /** The place of each target in their list. */
  readonly #targets: ReadonlyMap<number, number> | undefined;

  /**
   * @param columns how many there are
   * @param shards how many there shall be
   * @param targets positions of columns, at least one of which is in every pair; by default all pairs are asked for
   * @param replicates of the table
   */
  constructor(
    columns: number,
    readonly shards: number,
    targets?: readonly number[],
    replicates = 0,
  ) {
    const all = Array.from({ length: columns }, (_, position) => position);
    this.#targets = targets && new Map(targets.map((position, place) => [position, place]));
    const tiles: Tile[] = [];
    const others = blocksOf(all);
    for (const [at, rows] of (targets ? blocksOf(targets) : others).entries()) {
      for (const block of targets ? others : others.slice(at)) {
        tiles.push({ rows, columns: block, pairs: this.#count(rows, block) });
      }
    }
    this.#tiles = tiles;
    this.pairs = tiles.reduce((sum, tile) => sum + tile.pairs, 0);
    this.total = this.pairs * (1 + replicates);
  }

  /** How many pairs a shard has, 0 … shards − 1. */
  size(shard: number): number {
    return this.#start(shard + 1) - this.#start(shard);
  }

  /** The pairs of a shard, replicate by replicate; a target stands first. */
  *partsOf(shard: number): Generator<ShardPart> {
    const { pairs } = this;
    if (this.size(shard) === 0) return;
    const [from, to] = [this.#start(shard), this.#start(shard + 1)];
    for (let replicate = Math.floor(from / pairs); replicate * pairs < to; replicate++) {
      const before = replicate * pairs;
      yield {
        replicate,
        pairs: [...this.#pairsBetween(Math.max(0, from - before), Math.min(pairs, to - before))],
      };
    }
  }

  *#pairsBetween(from: number, to: number): Generator<PairAt> {
    let first = 0;
    for (const tile of this.#tiles) {
      if (first >= to) return;
      if (first + tile.pairs > from) {
        let at = first;
        for (const pair of this.#pairsOfTile(tile)) {
          if (at >= to) return;
          if (at++ >= from) yield pair;
        }
      }
      first += tile.pairs;
    }
  }

  #start(shard: number): number {
    return Math.floor((this.total * shard) / this.shards);
  }

  *#pairsOfTile({ rows, columns }: Tile): Generator<PairAt> {
    for (const row of rows) for (const column of columns) if (this.#isPair(row, column)) yield [row, column];
  }

  /** Whether a column belongs to a row of the tiles: every pair has one place among them. */
  #isPair(row: number, column: number): boolean {
    if (this.#targets === undefined) return row < column;
    const place = this.#targets.get(row) as number;
    return place < (this.#targets.get(column) ?? Number.POSITIVE_INFINITY);
  }

  #count(rows: readonly number[], columns: readonly number[]): number {
    let pairs = 0;
    for (const row of rows) for (const column of columns) if (this.#isPair(row, column)) pairs++;
    return pairs;
  }
}

function blocksOf(positions: readonly number[]): number[][] {
  const blocks: number[][] = [];
  for (let from = 0; from < positions.length; from += SIDE) blocks.push(positions.slice(from, from + SIDE));
  return blocks;
}
