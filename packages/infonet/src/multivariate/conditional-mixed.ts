/**
 * Conditional mutual information of two columns given others, where some are levels. Numbers with atoms are levels and numbers in turn, both
 * exactly: rows with the same atoms of what is given are looked at by themselves, and of a number V with the atoms B beside levels A it is
 * I(A; V | Z) = I(A; B | Z) + I(A; V | Z, B).
 */

import type { Engine } from "../engine/engine.js";
import { logCombined } from "../inference/combination.js";
import { unitScale } from "../input/units.js";
import { type Codes, renumbered } from "../input/variables.js";
import { sizeWarnings } from "../input/warnings.js";
import { numberWithAtoms, rowsOfAtoms } from "../levels/atoms.js";
import { levelsBesideNumber } from "../levels/beside-number.js";
import { levelsGiven } from "../levels/conditional-levels.js";
import type { Condition } from "../levels/given-condition.js";
import { numbersWithinLevels } from "../levels/numbers-within.js";
import { added, CHANGES_FAST, openWarning, type Part, weighted } from "../levels/part.js";
import { firstOfEach, type Work } from "../levels/read-samples.js";
import type { LongCall } from "../long-call.js";
import { logGammaTail } from "../numerics/gamma.js";
import { pick } from "../numerics/rows.js";
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

async function partOf(work: Work, sides: readonly MixedSide[], settings: ConditionalSettings): Promise<Part> {
  const parts = rowsOfAtoms(sides[2].numbers);
  if (parts === undefined) return partOfRows(work, sides, settings);
  const n = sides[0].joint.codes.length;
  const found: Part[] = [];
  for (const rows of parts) found.push(await partOfRows(work, sides.map(sideIn(rows)), settings));
  return addedRows(
    found,
    parts.map(({ length }) => length / n),
  );
}

/** A side in some rows; numbers that are the same in all of them are left out. */
function sideIn(rows: Uint32Array): (side: MixedSide) => MixedSide {
  const levelsIn = ({ codes }: Codes): Codes => renumbered(pick(codes, rows));
  return (side) => ({
    ...side,
    joint: levelsIn(side.joint),
    levels: side.levels.map(levelsIn),
    numbers: side.numbers.map((values) => pick(values, rows)).filter(isVaried),
  });
}

const isVaried = (values: Float64Array): boolean => values.some((value) => value !== values[0]);

/** Information of which each part has a share of the rows, and the p-value of all of them, which are independent (Fisher). */
function addedRows(parts: readonly Part[], shares: readonly number[]): Part {
  const readings = parts.map((part) => ({ ...part, pValue: undefined }));
  const logs = parts.flatMap(({ logP }) => (logP === undefined ? [] : [logP]));
  const sum = logs.reduce((total, log) => total + log, 0);
  const logP = logs.length < parts.length ? undefined : logGammaTail(logs.length, -sum);
  return { ...weighted(readings, shares), logP };
}

async function partOfRows(
  work: Work,
  [x, y, z]: readonly MixedSide[],
  settings: ConditionalSettings,
): Promise<Part> {
  const levels = z.joint;
  if ([x, y].some(({ joint, numbers }) => joint.distinct < 2 && numbers.length === 0)) return NOTHING;
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
  if (w === undefined) return besideNumber(work, x.joint, v as Float64Array, condition, settings);
  if (v === undefined) return besideNumber(work, y.joint, w, condition, settings);
  return numbersGiven(work, [w, v], condition, settings);
}

/** What is the same in all rows shares nothing. */
const NOTHING: Part = { mi: 0, low: 0, high: 0, logP: 0 };

/** I(A; V | Z) of levels and a number that may have atoms. */
async function besideNumber(
  work: Work,
  levels: Codes,
  values: Float64Array,
  condition: Condition,
  settings: ConditionalSettings,
): Promise<Part> {
  const atoms = numberWithAtoms(values);
  if (atoms === undefined) return levelsBesideNumberGiven(work, levels, values, condition);
  const { free } = atoms;
  const which = await levelsGivenNumbers(work, [levels, atoms.levels], condition, settings);
  const own = renumbered(pick(levels.codes, free));
  const { mi, low, high, logP } =
    own.distinct < 2
      ? NOTHING
      : await levelsBesideNumberGiven(work, own, pick(values, free), {
          levels: renumbered(pick(condition.levels.codes, free)),
          numbers: condition.numbers.map((numbers) => pick(numbers, free)),
        });
  const share = free.length / values.length;
  const logs = [which.logP, logP].filter((log) => log !== undefined);
  return {
    ...added([which, { mi: share * mi, low: share * low, high: share * high }]),
    logP: logs.length < 2 ? undefined : logCombined(logs),
  };
}
