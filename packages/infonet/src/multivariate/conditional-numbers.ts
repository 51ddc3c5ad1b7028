/** Conditional mutual information I(X; Y | Z): the last pair of a D-vine from X through Z to Y. */

import type { Engine } from "../engine/engine.js";
import type { PairReading } from "../engine/model.js";
import { independenceGiven } from "../independence/independence-given.js";
import { conditionOf, type Told, toldOf } from "../independence/residual.js";
import { type TableOf, wholeNumber } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { ceilingWarning, sizeWarnings } from "../input/warnings.js";
import { CHANGES_FAST, openWarning } from "../levels/part.js";
import type { LongCall } from "../long-call.js";
import { allRows } from "../numerics/rows.js";
import { CHANCE } from "../pairs/reading.js";
import { type Coordinate, remainder } from "../prediction/basis.js";
import { saySame } from "../prediction/prediction.js";
import type { Units, Warning } from "../types.js";
import { pairEngine } from "../vine/pair-engine.js";
import type { Side, Sides } from "../vine/sides.js";
import { edgeCount, fitVine } from "../vine/vine.js";
import { SERIES_ROWS } from "./in-time.js";
import type { ConditionalInformation, ConditionalOptions } from "./types.js";

/** Pairs of the vine whose p-value is above this count as independent. */
const LEVEL = 0.05;

/** The options of `conditional`. */
export const CONDITIONAL = {
  ...MANY,
  ...SERIES_ROWS,
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
  const [x, y] = toldOf([sideX, sideY], conditionOf(sideZ), seed);
  const between = coordinatesBetween(x, y, sideZ);
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
  const last = edges[edges.length - 1];
  const test =
    between.length === 0 || last.pValue === undefined
      ? undefined
      : await independenceGiven([x, y], permutations, seed, pairs, call);
  const pValue = test === undefined ? last.pValue : test.pValue;
  const { mi, low, high } = heeding(last, pValue, test?.left);
  const unfree = test !== undefined && pValue === undefined;
  const scale = unitScale(units);
  return {
    mi: scale * mi,
    interval: [unfree ? 0 : scale * low, scale * high],
    pValue,
    order: between.map(({ label }) => label),
    n: read.complete,
    warnings: [
      ...read.warnings,
      ...sizeWarnings(read.complete, read.n, model.rows),
      ...(unfree ? [littleNoise(read.n)] : []),
      ...ceilingWarning(mi, read.n, model.ceiling, units),
      ...openWarning(high, CHANGES_FAST),
    ],
  };
}

/** What is said where rows are too few to free X and Y of Z, and what follows from it. */
export function littleNoise(n: number, so = "there is no p-value"): Warning {
  const message = `what X and Y are beyond Z is less than ${n} rows can free of Z: both still follow Z, or scatter as Z tells, in the same places, which looks like dependence, so ${so}. Collect more rows, or give functions of Z that X and Y follow as columns of Z.`;
  return { code: "little-noise", message };
}

/**
 * The estimate, where chance may have made it: an interval from 0, and no more than is left of X and Y where each is freed of Z by itself. The
 * ends of the vine are freed of the same coordinates, whose errors they share.
 */
function heeding(
  { mi, low, high }: PairReading,
  pValue: number | undefined,
  left: PairReading | undefined,
): Omit<PairReading, "pValue"> {
  if (pValue === undefined || pValue <= CHANCE) return { mi, low, high };
  return { mi: Math.min(mi, left?.mi ?? mi), low: 0, high };
}

/**
 * Coordinates of Z along the path. Z may be replaced by any invertible function of itself: what it predicts of X
 * stands next to X and what it predicts of Y next to Y, so that one pair each takes up most of what Z does to them.
 */
function coordinatesBetween(x: Told, y: Told, z: Side): Coordinate[] {
  if (z.scores.length <= 1) {
    return z.scores.map((values, k) => ({ label: `z${z.index[k]}`, values }));
  }
  const [toX, toY] = [x, y].map(({ scoresByScores }) => scoresByScores?.values);
  const same = toX !== undefined && toY !== undefined && saySame(toX, toY);
  const first = toX === undefined ? [] : [{ label: "to x", values: toX }];
  const last = toY === undefined || same ? [] : [{ label: "to y", values: toY }];
  const variates = [...first, ...last].map(({ values }) => values);
  const rest = remainder({ letter: "z", index: z.index, scores: z.scores }, variates, "to x, to y");
  return [...first, ...rest, ...last];
}
