/** The prior of tables: a random law, and a sample of it. */

import { Random } from "../prior/random.js";
import { DEPENDENT, independent } from "./families.js";
import { exchanged, informationOf, lawOf, type TableLaw } from "./law.js";
import { sampleTable, type TableSample } from "./sample.js";

/** Most levels of a column. */
export const MOST_LEVELS = 300;
/** Sample sizes, log-uniform; some samples are larger. */
export const SIZES: readonly [least: number, most: number] = [8, 100_000];
const LARGER = 10_000_000;

/** A sample and what is true of it. */
export interface TableDraw {
  sample: TableSample;
  /** Mutual information of its law, nats. */
  mi: number;
}

/** Draw number `index` of the stream of a seed: a pure function of both. */
export function drawTable(seed: number, index: number): TableDraw {
  const rng = new Random(seed, index);
  const n = Math.round(rng.chance(0.03) ? rng.logBetween(SIZES[1], LARGER) : rng.logBetween(...SIZES));
  const law = drawLaw(rng, n);
  return { sample: sampleTable(rng, law, n), mi: informationOf(law) };
}

/** A random law for samples of a size: where rows are few, independence is more common. */
export function drawLaw(rng: Random, n: number): TableLaw {
  const [rows, columns] = drawLevels(rng);
  const cells = rows * columns;
  if (rng.chance(0.14 + (0.14 * cells) / (cells + n))) return independent(rng, rows, columns);
  const law = drawDependent(rng, rows, columns);
  const kind = rng.uniform();
  if (kind < 0.65) return law;
  // Diluted, or mixed with another kind of dependence.
  const other = (kind < 0.82 ? independent : drawDependent)(rng, rows, columns);
  const share = rng.uniform();
  return lawOf(rows, columns, (i, k) => {
    const cell = i * columns + k;
    return share * law.p[cell] + (1 - share) * other.p[cell];
  });
}

function drawLevels(rng: Random): [rows: number, columns: number] {
  const rows = rng.logInteger(2, MOST_LEVELS);
  return [rows, rng.chance(0.25) ? rows : rng.logInteger(2, MOST_LEVELS)];
}

/** A law of a family of dependence, in either orientation. */
function drawDependent(rng: Random, rows: number, columns: number): TableLaw {
  const total = DEPENDENT.reduce((sum, [weight]) => sum + weight, 0);
  let left = total * rng.uniform();
  const [, family] = DEPENDENT.find(([weight]) => {
    left -= weight;
    return left < 0;
  }) as (typeof DEPENDENT)[number];
  return rng.chance(0.5) ? family(rng, rows, columns) : exchanged(family(rng, columns, rows));
}
