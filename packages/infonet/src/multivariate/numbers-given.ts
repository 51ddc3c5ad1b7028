/** Two numbers given levels and numbers. */

import { standardizedWithin } from "../levels/freed.js";
import { type Condition, partsOfCondition } from "../levels/given-condition.js";
import type { Part } from "../levels/part.js";
import { weighted } from "../levels/part.js";
import type { Work } from "../levels/read-samples.js";
import { logGammaTail } from "../numerics/gamma.js";
import { pick } from "../numerics/rows.js";
import { sidesOfRows } from "../vine/sides.js";
import { type ConditionalSettings, conditionalOfNumbers } from "./conditional-numbers.js";

const NAMES = [{ name: "X" }, { name: "Y" }, { name: "Z", optional: true }];

/** I(W; V | C, U) of numbers: level by level where all have rows enough, else with columns for the levels. */
export async function numbersGiven(
  work: Work,
  [w, v]: readonly [Float64Array, Float64Array],
  condition: Condition,
  settings: ConditionalSettings,
): Promise<Part> {
  const { engine, call } = work;
  const n = w.length;
  const parts = partsOfCondition(condition);
  const found: (Part & { share: number })[] = [];
  for (const { rows, numbers } of parts) {
    const whole = parts.length === 1 && condition.levels.distinct > 1;
    const [a, b] = [w, v].map((values) =>
      whole ? standardizedWithin(values, condition.levels) : pick(values, rows),
    );
    const columns = [[a], [b], numbers];
    if (new Set(a).size < 2 || new Set(b).size < 2) {
      found.push({ mi: 0, low: 0, high: 0, logP: 0, share: rows.length / n });
      continue;
    }
    const given = { columns, n: rows.length, complete: rows.length, warnings: [] };
    const read = sidesOfRows(NAMES, given, work.seed);
    const own = await conditionalOfNumbers(engine, call, read, { ...settings, units: "nats" });
    work.warnings.push(...own.warnings.filter(({ code }) => code === "little-noise"));
    const logP = own.pValue === undefined ? undefined : Math.log(own.pValue);
    found.push({ mi: own.mi, low: own.interval[0], high: own.interval[1], logP, share: rows.length / n });
  }
  const readings = found.map((part) => ({ ...part, pValue: undefined }));
  const part = weighted(
    readings,
    found.map(({ share }) => share),
  );
  const logs = found.flatMap(({ logP }) => (logP === undefined ? [] : [logP]));
  // p-values of levels are independent (Fisher).
  const logP =
    logs.length < found.length
      ? undefined
      : logGammaTail(logs.length, -logs.reduce((sum, log) => sum + log, 0));
  return { ...part, logP };
}
