/** Conditional mutual information of two columns given others, where some are levels. */

import type { Engine } from "../engine/engine.js";
import { unitScale } from "../input/units.js";
import { sizeWarnings } from "../input/warnings.js";
import { levelsGiven } from "../levels/conditional-levels.js";
import { CHANGES_FAST, openWarning, type Part } from "../levels/part.js";
import { firstOfEach, type Work } from "../levels/read-samples.js";
import { levelsBesideNumber, numbersWithinLevels } from "../levels/within-levels.js";
import type { LongCall } from "../long-call.js";
import { CHANCE } from "../pairs/reading.js";
import type { ConditionalSettings } from "./conditional-numbers.js";
import { levelsBesideNumberGiven, levelsGivenNumbers } from "./levels-given-numbers.js";
import { type MixedRows, type MixedSide, mixedSides } from "./mixed.js";
import { numbersGiven } from "./numbers-given.js";
import type { ConditionalInformation } from "./types.js";

const NAMES = [{ name: "X" }, { name: "Y" }, { name: "Z", optional: true }];

/** I(X; Y | Z) where some column is levels. */
export async function conditionalOfMixed(
  engine: Engine,
  call: LongCall,
  read: MixedRows,
  settings: ConditionalSettings,
): Promise<Omit<ConditionalInformation, "kinds">> {
  const warnings = [...read.warnings];
  const [x, y, z] = mixedSides(NAMES, read, warnings);
  const part = await partOf({ engine, call, seed: settings.seed, warnings }, [x, y, z], settings);
  const pValue = part.logP === undefined ? undefined : Math.exp(part.logP);
  const numbers = [x, y, z].some((side) => side.numbers.length > 0);
  const [least, most] = numbers ? engine.model.rows : [1, Number.POSITIVE_INFINITY];
  const scale = unitScale(settings.units);
  return {
    mi: scale * part.mi,
    interval: [scale * (pValue !== undefined && pValue > CHANCE ? 0 : part.low), scale * part.high],
    pValue,
    order: [...z.levelIndex, ...z.numberIndex].map((k) => `z${k}`),
    n: read.complete,
    warnings: [
      ...firstOfEach(warnings),
      ...sizeWarnings(read.complete, read.n, [least, most]),
      ...openWarning(part.high, CHANGES_FAST),
    ],
  };
}

async function partOf(
  work: Work,
  [x, y, z]: readonly [MixedSide, MixedSide, MixedSide] | MixedSide[],
  settings: ConditionalSettings,
): Promise<Part> {
  const levels = z.joint;
  const [w, v] = [x, y].map(({ numbers }) => numbers[0] as Float64Array | undefined);
  if (z.numbers.length === 0) {
    if (w === undefined && v === undefined) {
      return levelsGiven([x.joint, y.joint, levels], work.engine.model.counts, work.warnings);
    }
    if (w === undefined) return levelsBesideNumber(work, x.joint, v as Float64Array, levels);
    if (v === undefined) return levelsBesideNumber(work, y.joint, w, levels);
    return numbersWithinLevels(work, w, v, levels);
  }
  const condition = { levels, numbers: z.numbers };
  if (w === undefined && v === undefined)
    return levelsGivenNumbers(work, [x.joint, y.joint], condition, settings);
  if (w === undefined) return levelsBesideNumberGiven(work, x.joint, v as Float64Array, condition);
  if (v === undefined) return levelsBesideNumberGiven(work, y.joint, w, condition);
  return numbersGiven(work, [w, v], condition, settings);
}
