/** Conditional mutual information I(X; Y | Z): the last pair of a D-vine from X through Z to Y. */

import { orient, rankPermutation } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { type TableOf, wholeNumber } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { sizeWarnings } from "../input/warnings.js";
import type { LongCall } from "../long-call.js";
import { correlation } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { type Stream, shuffled, stream } from "../numerics/random.js";
import { allRows, pick } from "../numerics/rows.js";
import type { Units } from "../types.js";
import { type Coordinate, remainder } from "./basis.js";
import { estimatePairs, type PairEngine, pairEngine, sideBySide } from "./pair-engine.js";
import { prediction } from "./prediction.js";
import { type Residual, residual } from "./residual.js";
import type { ConditionalInformation, ConditionalOptions } from "./types.js";
import type { Side, Sides } from "./variables.js";
import { edgeCount, fitVine } from "./vine.js";

/** Pairs of the vine whose p-value is above this count as independent. */
const LEVEL = 0.05;
/**
 * Rows that count as alike in Z, at most. Among 16 rows what is left of Z in both ends still differs where a relation
 * is steep; of two or three, orders are few, and all near the one observed.
 */
const BLOCK = 6;
/** Above this correlation two predictions say the same. */
const SAME = 0.99;

/** The options of `conditional`. */
export const CONDITIONAL = {
  ...MANY,
  permutations: wholeNumber(0, 199),
} satisfies TableOf<ConditionalOptions>;

/** What the conditional information of numbers is estimated by. */
export interface ConditionalSettings {
  permutations: number;
  seed: number;
  units: Units;
}

/**
 * What two numbers X and Y share beyond numbers Z. The path runs from X over what Z tells of X, the rest of Z and what Z
 * tells of Y to Y; the last of its pairs is X and Y given all of Z.
 *
 * @param read X, Y and Z, of which Z may have no column
 */
export async function conditionalOfNumbers(
  engine: Engine,
  call: LongCall,
  read: Sides,
  { permutations, seed, units }: ConditionalSettings,
): Promise<Omit<ConditionalInformation, "kinds">> {
  const { model } = engine;
  const [sideX, sideY, sideZ] = read.sides;
  const between = coordinatesBetween(sideX.scores[0], sideY.scores[0], sideZ, seed);
  const path = [sideX.scores[0], ...between.map(({ values }) => values), sideY.scores[0]];
  const expected = edgeCount(path.length) + (between.length === 0 ? 0 : permutations);
  call.expect(expected);
  const pairs = await pairEngine(engine, expected);
  const all = allRows(read.n);
  const changing = {
    seed,
    closely: (from: number, to: number) => to - from === path.length - 1,
    condition: sideZ.scores,
  };
  const settings = { engine: pairs, call, level: LEVEL, ranks: true, counts: () => false, changing };
  const { edges } = await fitVine(path, all, new Uint32Array(0), settings);
  const { mi, low, high, pValue: tabulated } = edges[edges.length - 1];
  const pValue =
    between.length === 0 || tabulated === undefined
      ? tabulated
      : await independenceGiven(read.sides, permutations, seed, pairs, call);
  const scale = unitScale(units);
  return {
    mi: scale * mi,
    interval: [scale * low, scale * high],
    pValue,
    order: between.map(({ label }) => label),
    n: read.complete,
    warnings: [...read.warnings, ...sizeWarnings(read.complete, read.n, model.rows)],
  };
}

/**
 * p-value of what is left of X and of Y, each freed of Z by itself, against random orders of the one among rows that
 * are alike in Z. What either still holds of Z (it is estimated from few rows) stays in these, so it is not taken for
 * dependence of X and Y. The ends of the vine would not do: both are freed of the same coordinates, whose errors they
 * then share.
 */
async function independenceGiven(
  [sideX, sideY, sideZ]: readonly Side[],
  permutations: number,
  seed: number,
  engine: PairEngine,
  call: LongCall,
): Promise<number> {
  const [x, y] = await sideBySide<[Residual, Residual]>(engine, [
    (shared) => residual(sideX, sideZ, seed, shared, call),
    (shared) => residual(sideY, sideZ, seed, shared, call),
  ]);
  const withY = (ranks: Uint32Array): Uint32Array => orient(rankPermutation(ranks, y.ranks)).perm;
  const [{ pValue: tabulated = 1 }] = await estimatePairs(engine, [withY(x.ranks)], { ranks: true });
  if (permutations === 0) return tabulated;
  const blocks = neighbourhoods(firstPredictions(x.predictions, y.predictions), x.ranks.length);
  const permuted = function* (): Generator<Uint32Array> {
    for (let k = 0; k < permutations; k++) yield withY(permutedWithin(blocks, x.ranks, stream(seed, 91, k)));
  };
  const onBatch = (pairs: number): Promise<void> => call.advance(pairs);
  const readings = await estimatePairs(engine, permuted(), { ranks: true, onBatch });
  const asExtreme = readings.filter(({ pValue = 1 }) => pValue <= tabulated).length;
  return (1 + asExtreme) / (1 + permutations);
}

/** The first predictions by Z of X and of Y: one of them where both say the same. */
function firstPredictions([ofX]: readonly Float64Array[], [ofY]: readonly Float64Array[]): Float64Array[] {
  if (ofX === undefined || ofY === undefined) return [ofX ?? ofY].filter((values) => values !== undefined);
  return Math.abs(correlation(ofX, ofY)) > SAME ? [ofX] : [ofX, ofY];
}

/** Rows in blocks of neighbours: halves along one coordinate after the other. Without any, all rows are alike. */
function neighbourhoods(coordinates: readonly Float64Array[], n: number): Uint32Array[] {
  if (coordinates.length === 0) return [allRows(n)];
  const split = (rows: Uint32Array, depth: number): Uint32Array[] => {
    if (rows.length <= BLOCK) return [rows];
    const values = coordinates[depth % coordinates.length];
    const sorted = order(pick(values, rows)).map((k) => rows[k]);
    const half = sorted.length >> 1;
    return [...split(sorted.subarray(0, half), depth + 1), ...split(sorted.subarray(half), depth + 1)];
  };
  return split(allRows(n), 0);
}

function permutedWithin(blocks: readonly Uint32Array[], ranks: Uint32Array, random: Stream): Uint32Array {
  const result = new Uint32Array(ranks.length);
  for (const rows of blocks) {
    shuffled(rows.length, random).forEach((from, to) => {
      result[rows[to]] = ranks[rows[from]];
    });
  }
  return result;
}

/**
 * Coordinates of Z along the path. Z may be replaced by any invertible function of itself: what it predicts of X
 * stands next to X and what it predicts of Y next to Y, so that one pair each takes up most of what Z does to them.
 */
function coordinatesBetween(x: Float64Array, y: Float64Array, z: Side, seed: number): Coordinate[] {
  if (z.scores.length <= 1) {
    return z.scores.map((values, k) => ({ label: `z${z.index[k]}`, values }));
  }
  const toX = prediction(x, z.scores, seed)?.values;
  const toY = prediction(y, z.scores, seed)?.values;
  const same = toX !== undefined && toY !== undefined && Math.abs(correlation(toX, toY)) > SAME;
  const first = toX === undefined ? [] : [{ label: "to x", values: toX }];
  const last = toY === undefined || same ? [] : [{ label: "to y", values: toY }];
  const variates = [...first, ...last].map(({ values }) => values);
  const rest = remainder({ letter: "z", index: z.index, scores: z.scores }, variates, "to x, to y");
  return [...first, ...rest, ...last];
}
