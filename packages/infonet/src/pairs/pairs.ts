/** From columns to samples: complete rows, strict ranks, the permutation in canonical orientation. */

import {
  type CodedColumn,
  codeColumn,
  type Orientation,
  orientRanks,
  type RankedColumn,
  rankColumn,
  rankPair,
  selectRows,
  thin,
} from "../copula/index.js";
import { waveEvidence } from "../evidence/index.js";
import { constantError, requireEqualLengths, requireRows, requireValues } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { FEWEST_SAMPLES, missingWarning } from "../input/warnings.js";
import type { Warning } from "../types.js";

/** A pair ready for the network. */
export interface PairSample {
  /** Permutation in canonical orientation; a random subsample of a very long sample. */
  perm: Uint32Array;
  orientation: Orientation;
  /** Strict ranks of the complete rows. */
  xRanks: Uint32Array;
  yRanks: Uint32Array;
  /** The complete rows; undefined if all are. */
  rows: Uint32Array | undefined;
  n: number;
  /** Rows that the network sees: length of `perm`. */
  used: number;
  /** Evidence of waves in the ranks of these rows. */
  waves: number;
  /** What is to be said of the data; what is to be said of the result comes later. */
  warnings: Warning[];
}

/** A column coded and, where it has no gaps, ranked once for all its pairs. What it is called is the pairs' affair. */
export class PreparedColumn {
  readonly coded: CodedColumn;
  readonly #seed: number;
  #whole?: RankedColumn;

  /**
   * @param values finite numbers, NaN where missing
   * @param seed of the random order of ties
   */
  constructor(values: Float64Array, seed: number) {
    this.coded = codeColumn(values);
    this.#seed = seed;
  }

  /** Ranked over the given rows, or over all of them, which must have values. */
  ranked(rows: Uint32Array | undefined): RankedColumn {
    if (rows !== undefined) return rankColumn(selectRows(this.coded, rows), this.#seed);
    this.#whole ??= rankColumn(this.coded, this.#seed);
    return this.#whole;
  }
}

/** A column under the name that a pair calls it by. */
export interface NamedColumn {
  name: string;
  column: PreparedColumn;
}

/**
 * Prepares a pair.
 *
 * @param most rows that the network takes; of more, a random subsample is used
 * @throws InfoNetError "unequal-lengths", "too-few-samples", "constant"
 */
export function preparePair(
  x: NamedColumn,
  y: NamedColumn,
  { seed, most }: { seed: number; most: number },
): PairSample {
  const [codedX, codedY] = [x.column.coded, y.column.coded];
  const total = codedX.places.length;
  requireEqualLengths({ name: x.name, rows: total }, { name: y.name, rows: codedY.places.length });
  for (const { name, column } of [x, y]) requireValues(name, column.coded.missing, total);
  const whole = codedX.missing === 0 && codedY.missing === 0;
  const rows = whole ? undefined : completeRows([codedX.places, codedY.places]);
  const n = rows?.length ?? total;
  requireRows([x.name, y.name], { complete: n, total }, FEWEST_SAMPLES);
  const [a, b] = [x, y].map(({ name, column }) => {
    const ranked = column.ranked(rows);
    if (ranked.column.distinct > 1) return ranked;
    throw constantError(`${name} is`, n);
  });
  const [xRanks, yRanks] = rankPair(a, b, seed);
  const { perm, orientation } = orientRanks(xRanks, yRanks);
  const warnings = [...missingWarning(total, n), ...tiesWarning([x, a], [y, b], n, seed)];
  const seen = thin(perm, most);
  const waves = waveEvidence(seen);
  return { perm: seen, used: seen.length, waves, orientation, xRanks, yRanks, rows, n, warnings };
}

/** Rows a distinct value, on average, from which ties are heavy. */
const HEAVY = 10;

function tiesWarning(
  [x, a]: [NamedColumn, RankedColumn],
  [y, b]: [NamedColumn, RankedColumn],
  n: number,
  seed: number,
): Warning[] {
  const parts = [
    [x.name, a.column.distinct],
    [y.name, b.column.distinct],
  ] as const;
  const heavy = parts.filter(([, distinct]) => n >= HEAVY * distinct);
  if (heavy.length === 0) return [];
  const which = heavy.map(([name, distinct]) => `${name} has ${distinct} different values`).join(" and ");
  const message = `${which} in ${n} rows; tied values are put in random order (seed ${seed}), so the last digits change with the seed.`;
  return [{ code: "heavy-ties", message }];
}
