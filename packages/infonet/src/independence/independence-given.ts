/**
 * The test of X and Y independent given Z. X and Y are each freed of Z by themselves; what is left of X is permuted among rows that are alike in
 * Z. What either still holds of Z (it is estimated from few rows) stays in these orders, so it is not taken for dependence of X and Y.
 * The ends of the vine would not do: both are freed of the same coordinates, whose errors they then share.
 */

import type { PairReading } from "../engine/model.js";
import { logAmong } from "../inference/permutation-tail.js";
import type { LongCall } from "../long-call.js";
import { correlation } from "../numerics/moments.js";
import type { Stream } from "../numerics/random.js";
import { CHANCE } from "../pairs/reading.js";
import { type PairEngine, sideBySide } from "../vine/pair-engine.js";
import { blocksAlong, blocksByPlace, firstPredictions } from "./blocks.js";
import { DrawnSamples, evidenceAmong, type Ranks, type Sample } from "./drawn-samples.js";
import { isBeyondReach } from "./reach.js";
import { type Residual, residual, type Told } from "./residual.js";
import { isFarBeyond, pValueAmong, type Shown, shownWithin, showsMore, verdict } from "./shown.js";

/** Names of the random numbers of orders among rows alike in place and in columns, and in blocks so many times as large; and of turns. */
const STREAMS = { place: 91, largerPlace: 92, columns: 94, largerColumns: 95, turned: 97 };
const LARGER = 4;
/** Columns of Z up to which each of them counts by itself; of more, predictions stand for them. */
const MOST_COLUMNS = 3;

/** What the test says. */
export interface IndependenceGiven {
  /** Undefined where the rows are too few to free both variables of Z: what was seen may be owed to that. */
  pValue?: number;
  /** What is left of X and of Y shares so much. */
  left: PairReading;
}

/**
 * p-value of independence given Z, from permutations and their tail; and what is left of X and of Y, each freed of Z by itself, shares.
 *
 * @param both what Z tells of X and of Y
 */
export async function independenceGiven(
  both: readonly [Told, Told],
  permutations: number,
  seed: number,
  engine: PairEngine,
  call: LongCall,
): Promise<IndependenceGiven> {
  const [x, y] = await sideBySide<[Residual, Residual]>(engine, [
    (shared) => residual(both[0], seed, shared, call),
    (shared) => residual(both[1], seed, shared, call),
  ]);
  const predictions = firstPredictions(x.predictions, y.predictions);
  const { scores } = both[0].condition;
  const few = scores.length <= MOST_COLUMNS;
  const samples = new DrawnSamples(x.ranks, y.ranks, few ? scores : predictions, { seed, engine, call });
  const left = await samples.read();
  const { pValue: tabulated = 1 } = left;
  if (permutations === 0) return { pValue: tabulated, left };

  const n = x.ranks.length;
  const byPlace = (times: number): Uint32Array[] => blocksByPlace([x, y], predictions, n, times);
  const first = await firstLook(samples, byPlace(1), tabulated, permutations);
  await call.advance(permutations - first.count);
  const { seen, shown, evidence } = first;
  if (first.pValue > CHANCE) return { pValue: first.pValue, left };

  const evidenceOf = async (name: number, draw: (random: Stream) => Ranks): Promise<number[]> => {
    call.expect(permutations);
    return (await samples.drawn(name, draw, 0, permutations)).map(evidence);
  };
  const among = async (blocks: readonly Uint32Array[], name: number): Promise<Shown> =>
    shownWithin(blocks, await evidenceOf(name, samples.within(blocks)), seen);
  let found = verdict(seen, shown, await among(byPlace(LARGER), STREAMS.largerPlace));
  const coordinates = few ? scores : [...predictions, ...both.flatMap(({ size }) => size?.values ?? [])];
  if (found.pValue <= CHANCE && coordinates.length > 0) {
    const inColumns = await among(blocksAlong(coordinates, n, 1), STREAMS.columns);
    if (showsMore(inColumns, shown)) {
      const larger = await among(blocksAlong(coordinates, n, LARGER), STREAMS.largerColumns);
      const other = verdict(seen, inColumns, larger);
      if (other.pValue > found.pValue) found = other;
      found.reached &&= isFarBeyond(seen, inColumns, shown);
    }
  }
  const { pValue, reached } = found;
  if (pValue > CHANCE) return { pValue, left };
  if (!reached || isBeyondReach(both, seed)) return { left };
  // Along one column all rows of a size are near each other.
  if (scores.length < 2 || !mayBeOfSizes(seen, x, y)) return { pValue, left };
  const bySides = Math.exp(logAmong(seen, await evidenceOf(STREAMS.turned, samples.turned)));
  return bySides > CHANCE ? { left } : { pValue: Math.max(pValue, bySides), left };
}

/** Permutations after which a p-value above so much is near enough: no rest of them would make it small (Besag & Clifford 1991). */
const LOOKS = [
  { after: 48, large: 0.3 },
  { after: 96, large: 0.2 },
];

/** What permutations say of a sample. */
interface Look {
  /** Evidence of a sample among permuted ones, in nats. */
  evidence: (sample: Sample) => number;
  /** Evidence of the rows as they are. */
  seen: number;
  shown: Shown;
  pValue: number;
  /** Permutations that were drawn. */
  count: number;
}

/**
 * The p-value among samples that are permuted within blocks.
 *
 * @param tabulated p-value of all rows as they are
 */
async function firstLook(
  samples: DrawnSamples,
  blocks: readonly Uint32Array[],
  tabulated: number,
  permutations: number,
): Promise<Look> {
  const observed = samples.observed(tabulated);
  const drawn: Sample[] = [];
  const look = async (count: number): Promise<Look> => {
    drawn.push(...(await samples.drawn(STREAMS.place, samples.within(blocks), drawn.length, count)));
    const evidence = evidenceAmong(drawn);
    const seen = evidence(observed);
    const shown = shownWithin(blocks, drawn.map(evidence), seen);
    return { evidence, seen, shown, pValue: pValueAmong(seen, shown), count };
  };
  for (const { after, large } of LOOKS.filter(({ after }) => after < permutations)) {
    const found = await look(after);
    // Strata that show more than in all orders so far may show far more: so few have no tail that would tell.
    const isBeyond = drawn.every(({ inStrata }) => inStrata < observed.inStrata);
    if (found.pValue > large && !isBeyond) return found;
  }
  return look(permutations);
}

/** So many times what sizes would show, and so much more on the scale of roots, is more than what is left of them may show. */
const LARGE = { times: 2, more: 2 };

/**
 * Whether evidence may be that of sizes which Z tells of both variables. They would show about n r²/2 nats, of which a part is left where
 * variables are freed of Z, and looks like dependence. It says nothing of sides: it is also there where each variable is turned in any rows.
 */
function mayBeOfSizes(seen: number, { size: ofX, ranks }: Residual, { size: ofY }: Residual): boolean {
  if (ofX === undefined || ofY === undefined) return false;
  const r = Math.sqrt(ofX.explained * ofY.explained) * correlation(ofX.values, ofY.values);
  const shown = (ranks.length * r * r) / 2;
  return r > 0 && Math.sqrt(seen) <= Math.sqrt(LARGE.times * shown) + LARGE.more;
}
