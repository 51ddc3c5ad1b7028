/** Max-sliced mutual information: the pair of one-dimensional projections that share most (Tsur, Goldfeld & Greenewald 2023). */

import type { Engine } from "../engine/engine.js";
import type { PairReading } from "../engine/model.js";
import { requireVariation } from "../input/data-errors.js";
import { readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, STANDARDIZE } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import type { Variable } from "../input/variables.js";
import { sizeWarnings } from "../input/warnings.js";
import { project } from "../numerics/linear.js";
import { foldsOf, type Stream, stream } from "../numerics/random.js";
import { estimatePairs, type PairEngine, pairEngine } from "../vine/pair-engine.js";
import { direction, pairPermutation, projectable, standardizedColumns } from "./projections.js";
import type { MaxSlicedInformation, MaxSlicedOptions } from "./types.js";
import { readRows } from "./variables.js";

/** Pairs of directions a round of refinement; not the size of a batch, so that this changes nothing. */
const TRIES = 16;
/** Length of the first step of refinement beside a unit vector, and how it shrinks where nothing better is found. */
const STEP = 0.6;
const SHRINK = 0.7;

const OPTIONS = {
  ...MANY,
  starts: wholeNumber(1, 128),
  rounds: wholeNumber(0, 24),
  standardize: STANDARDIZE,
} satisfies TableOf<MaxSlicedOptions>;

interface Directions {
  x: Float64Array;
  y: Float64Array;
}

/**
 * Random search and local refinement on one half of the rows; the value is that of the other half, which the search
 * has not seen.
 *
 * @throws InfoNetError for what cannot be read, AbortedError (without a partial result) if the signal ends it
 */
export async function maxSlicedInformation(
  engine: Engine,
  x: Variable,
  y: Variable,
  options: MaxSlicedOptions = {},
): Promise<MaxSlicedInformation> {
  const settings = readOptions(options, OPTIONS);
  const { seed, units, starts, rounds, standardize } = settings;
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
  ];
  const read = readRows(given, engine.model.rows[1]);
  const [cx, cy] = read.columns.map(standardize ? standardizedColumns : projectable);
  requireVariation("X", cx);
  requireVariation("Y", cy);
  const fold = foldsOf(read.n, seed, 2);
  const half = (columns: readonly Float64Array[], wanted: number) =>
    columns.map((column) => column.filter((_, row) => fold[row] === wanted));
  const [sx, sy, ex, ey] = [half(cx, 0), half(cy, 0), half(cx, 1), half(cy, 1)];
  const call = engine.call(settings, "pairs of directions");
  call.expect(starts + rounds * TRIES);
  const random = stream(seed, 61);
  return call.run(async () => {
    const pairs = await pairEngine(engine, starts + rounds * TRIES);
    const informationOf = async (candidates: readonly Directions[]): Promise<number[]> => {
      const readings = await evaluate(pairs, sx, sy, candidates, seed);
      await call.advance(candidates.length);
      return readings.map(({ mi }) => mi);
    };
    const widths = { x: sx.length, y: sy.length };
    const { at, mi: found } = await search(informationOf, widths, { starts, rounds, random });
    const [held] = await evaluate(pairs, ex, ey, [at], seed);
    const scale = unitScale(units);
    return {
      mi: scale * held.mi,
      interval: [scale * held.low, scale * held.high],
      found: scale * found,
      directions: at,
      n: read.complete,
      warnings: [...read.warnings, ...sizeWarnings(read.complete, read.n, engine.model.rows)],
    };
  });
}

/** The best pair of directions: of random ones, then of those near the best so far, the nearer the less is found. */
async function search(
  informationOf: (candidates: readonly Directions[]) => Promise<number[]>,
  widths: { x: number; y: number },
  { starts, rounds, random }: { starts: number; rounds: number; random: Stream },
): Promise<{ at: Directions; mi: number }> {
  let best: { at: Directions; mi: number } | undefined;
  const consider = async (candidates: readonly Directions[]): Promise<boolean> => {
    let better = false;
    (await informationOf(candidates)).forEach((mi, k) => {
      if (best !== undefined && mi <= best.mi) return;
      best = { at: candidates[k], mi };
      better = true;
    });
    return better;
  };
  for (let from = 0; from < starts; from += TRIES) {
    const draws = Array.from({ length: Math.min(TRIES, starts - from) }, () => ({
      x: direction(widths.x, random),
      y: direction(widths.y, random),
    }));
    await consider(draws);
  }
  let step = STEP;
  for (let round = 0; round < rounds; round++) {
    const { at } = best!;
    const near = Array.from({ length: TRIES }, () => ({
      x: moved(at.x, step, random),
      y: moved(at.y, step, random),
    }));
    if (!(await consider(near))) step *= SHRINK;
  }
  return best!;
}

function evaluate(
  engine: PairEngine,
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  candidates: readonly Directions[],
  seed: number,
): Promise<PairReading[]> {
  const perms = candidates.map((at) => pairPermutation(project(x, at.x), project(y, at.y), seed));
  return estimatePairs(engine, perms);
}

/** A unit vector near another one. */
function moved(from: Float64Array, step: number, random: Stream): Float64Array {
  const along = direction(from.length, random);
  const sum = from.map((value, k) => value + step * along[k]);
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : from;
}
