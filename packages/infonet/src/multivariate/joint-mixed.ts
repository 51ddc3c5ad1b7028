/**
 * Mutual information of two variables with columns of levels. With A and B the levels of X and of Y and W and V their numbers,
 *
 * I(A, W; B, V) = I(A; B) + I(A; V | B) + I(W; B | A) + I(W; V | A, B)
 *
 * exactly: a table, levels beside numbers within levels twice, and numbers within levels.
 */

import { codeColumn } from "../copula/index.js";
import { combined, rowsOfLevels } from "../counts/index.js";
import type { Engine } from "../engine/engine.js";
import { logCombined } from "../inference/combination.js";
import { unitScale } from "../input/units.js";
import type { Codes } from "../input/variables.js";
import { sizeWarnings } from "../input/warnings.js";
import { levelsBesideNumbers } from "../levels/class-scores.js";
import { freedOfLevels } from "../levels/freed.js";
import { levelsTogether } from "../levels/joint-levels.js";
import { logHomogeneity, numbersWithinLevels } from "../levels/numbers-within.js";
import { added, CHANGES_FAST, openWarning, type Part, weighted } from "../levels/part.js";
import { firstOfEach, readSamples, sampleOf, type Work } from "../levels/read-samples.js";
import type { LongCall } from "../long-call.js";
import { pick } from "../numerics/rows.js";
import { CHANCE } from "../pairs/reading.js";
import { sidesOfRows } from "../vine/sides.js";
import { type JointSettings, jointOfNumbers } from "./joint-numbers.js";
import { type MixedRows, type MixedSide, mixedSides } from "./mixed.js";
import type { Contribution, JointInformation } from "./types.js";

const NAMES = [{ name: "X" }, { name: "Y" }];

/** A part with the columns that it is about. */
interface NamedPart extends Part {
  x: string;
  y: string;
}

/** I(X; Y) where some column is levels. */
export async function jointOfMixed(
  engine: Engine,
  call: LongCall,
  read: MixedRows,
  settings: JointSettings,
): Promise<Omit<JointInformation, "interaction" | "kinds">> {
  const warnings = [...read.warnings];
  const [x, y] = mixedSides(NAMES, read, warnings);
  const parts = await partsOf({ engine, call, seed: settings.seed, warnings }, x, y, settings);
  const sum = added(parts);
  const logs = parts.flatMap(({ logP }) => (logP === undefined ? [] : [logP]));
  const pValue = logs.length < parts.length ? undefined : Math.exp(logCombined(logs));
  const numbers = x.numbers.length + y.numbers.length > 0;
  const scale = unitScale(settings.units);
  const named = (letter: string, side: MixedSide): string[] =>
    [...side.levelIndex, ...side.numberIndex].map((k) => `${letter}${k}`);
  const [least, most] = numbers ? engine.model.rows : [1, Number.POSITIVE_INFINITY];
  return {
    mi: scale * sum.mi,
    interval: [scale * (pValue !== undefined && pValue > CHANCE ? 0 : sum.low), scale * sum.high],
    pValue,
    lowerBound: scale * sum.low,
    basis: numbers ? "chain" : "table",
    order: { x: named("x", x), y: named("y", y) },
    contributions: parts.map((part) => contribution(part, scale)).sort((a, b) => b.mi - a.mi),
    candidates: [],
    n: read.complete,
    warnings: [
      ...firstOfEach(warnings),
      ...sizeWarnings(read.complete, read.n, [least, most]),
      ...openWarning(sum.high, CHANGES_FAST),
    ],
  };
}

function contribution({ x, y, mi, low, high, logP }: NamedPart, scale: number): Contribution {
  const pValue = logP === undefined ? undefined : Math.exp(logP);
  return { x, y, mi: scale * mi, interval: [scale * low, scale * high], pValue, independent: mi === 0 };
}

async function partsOf(
  work: Work,
  x: MixedSide,
  y: MixedSide,
  settings: JointSettings,
): Promise<NamedPart[]> {
  const label = (letter: string, index: readonly number[]): string =>
    index.map((k) => `${letter}${k}`).join(", ");
  const [a, b] = [label("x", x.levelIndex), label("y", y.levelIndex)];
  const [w, v] = [label("x", x.numberIndex), label("y", y.numberIndex)];
  const given = (name: string, ...others: string[]): string => {
    const known = others.filter((other) => other !== "");
    return known.length === 0 ? name : `${name} | ${known.join(", ")}`;
  };
  const parts: NamedPart[] = [];
  const { counts } = work.engine.model;
  if (a !== "" && b !== "") parts.push({ x: a, y: b, ...levelsTogether(x, y, counts, work.warnings) });
  if (a !== "" && v !== "") {
    const part = await levelsBesideNumbers(work, x.joint, y.numbers, y.joint);
    parts.push({ x: a, y: given(v, b), ...part });
  }
  if (b !== "" && w !== "") {
    const part = await levelsBesideNumbers(work, y.joint, x.numbers, x.joint);
    parts.push({ x: given(w, a), y: b, ...part });
  }
  if (w !== "" && v !== "") {
    const part = await numbersGiven(work, x, y, settings);
    parts.push({ x: given(w, a), y: given(v, a, b), ...part });
  }
  return parts;
}

/** Levels that the vines of their rows are looked at for, at most, and rows that each of them has. */
const MOST_VINES = 6;
const ROWS_A_VINE = 250;

/** I(W; V | A, B): of the numbers of both sides within the levels of both. */
async function numbersGiven(work: Work, x: MixedSide, y: MixedSide, settings: JointSettings): Promise<Part> {
  const levels = combined([x.joint, y.joint]);
  const { engine, call } = work;
  if (x.numbers.length === 1 && y.numbers.length === 1) {
    return numbersWithinLevels(work, x.numbers[0], y.numbers[0], levels);
  }
  const vine = (ofX: Float64Array[], ofY: Float64Array[]) => {
    const n = ofX[0].length;
    const rows = { columns: [ofX, ofY], n, complete: n, warnings: [] };
    return jointOfNumbers(engine, call, sidesOfRows(NAMES, rows, settings.seed), {
      ...settings,
      units: "nats",
    });
  };
  const [freedX, freedY] = [x, y].map(({ numbers }) =>
    numbers.map((values) => freedOfLevels(values, levels)),
  );
  const logP = await logOfPairs(work, freedX, freedY, levels);
  const pooled = await vine(freedX, freedY);
  const whole: Part = { mi: pooled.mi, low: pooled.interval[0], high: pooled.interval[1], logP };
  const rows = rowsOfLevels(levels);
  if (rows.length < 2 || rows.length > MOST_VINES || rows.some(({ length }) => length < ROWS_A_VINE))
    return whole;
  const shares = rows.map(({ length }) => length / levels.codes.length);
  const vines: Awaited<ReturnType<typeof vine>>[] = [];
  for (const own of rows) {
    const at = (list: readonly Float64Array[]) => list.map((values) => pick(values, own));
    vines.push(await vine(at(x.numbers), at(y.numbers)));
  }
  // What they are worth on rows that they were not fitted to.
  const worth = vines.reduce((sum, { lowerBound }, k) => sum + shares[k] * lowerBound, 0);
  if (worth <= pooled.lowerBound) return whole;
  const readings = vines.map(({ mi, interval: [low, high] }) => ({ mi, low, high, pValue: undefined }));
  return { ...weighted(readings, shares), logP };
}

/** ln of the p-value of all pairs of columns together. */
async function logOfPairs(
  work: Work,
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  levels: Codes,
): Promise<number | undefined> {
  const pairs = x.flatMap((a) => y.map((b) => [a, b] as const));
  const samples = pairs.map(([a, b]) => sampleOf(work, codeColumn(a), codeColumn(b), false));
  const readings = await readSamples(work, samples);
  const logs = readings.flatMap(({ pValue }) => (pValue === undefined ? [] : [Math.log(pValue)]));
  if (logs.length < readings.length) return undefined;
  return logCombined([...logs, ...pairs.map(([a, b]) => logHomogeneity(a, b, levels))]);
}
