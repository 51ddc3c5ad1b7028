/** Which family of functions the coordinates of two variables are looked for in. */

import type { Task } from "../engine/task.js";
import { shuffled, stream } from "../numerics/random.js";
import { allRows, pick } from "../numerics/rows.js";
import { heldOutScore } from "./canonical.js";
import { affordable, expand, type FeatureKind } from "./features.js";

/** Functions of two variables, of the same rows. */
export interface Both {
  /** Normal scores of the columns of each. */
  x: readonly Float64Array[];
  y: readonly Float64Array[];
  seed: number;
}

/** Functions in which coordinates are looked for. */
export interface Family {
  kind: FeatureKind;
  /** Whether they are linear: those that the others must beat. */
  linear: boolean;
}

const LINEAR: Family = { kind: { degree: 1, ridge: 1e-6 }, linear: true };
/** Families of nonlinear functions, by what they cost and how smooth they are. */
const KINDS: readonly FeatureKind[] = [
  { degree: 1, turns: 16, ridge: 1e-3 },
  { degree: 2, ridge: 1e-3 },
  { degree: 3, bumps: 1, ridge: 1e-3 },
];
/** Pairs of coordinates at most. */
const MOST = 4;
/** Rows on which families are compared. */
const ROWS_TO_COMPARE = 2400;
const FEWEST_ROWS = 100;
/** What nonlinear functions must be worth beyond the linear ones. */
const WORTH_MORE = { times: 1.02, more: 0.005 };

/** What a family is worth, and how many pairs of its functions. */
export interface Worth extends Family {
  score: number;
  count: number;
}

/** Families to be compared, those that take longest first; none where columns or rows are too few for any but the linear one. */
export function familiesFor({ x, y }: Both): Family[] {
  if (x.length + y.length < 3 || x[0].length < FEWEST_ROWS) return [];
  const width = Math.max(x.length, y.length);
  return [...KINDS.map((kind) => ({ kind: affordable(kind, width), linear: false })).reverse(), LINEAR];
}

/** What a family is worth: correlations at rows on which its functions were not found. */
export const FAMILY: Task<Both & Family, Worth> = {
  name: "family",
  run({ x, y, seed, kind, linear }) {
    const n = x[0].length;
    const rows = shuffled(n, stream(seed, 21)).subarray(0, Math.min(n, ROWS_TO_COMPARE));
    const random = stream(seed, 22);
    const [fx, fy] = [x, y].map((side) =>
      expand(
        side.map((values) => pick(values, rows)),
        kind,
        random,
      ),
    );
    const all = allRows(rows.length);
    const split = Math.floor(0.75 * rows.length);
    const [training, test] = [all.subarray(0, split), all.subarray(split)];
    const settings = { ridge: kind.ridge, most: Math.min(x.length, y.length, MOST), independent: !linear };
    return { kind, linear, ...heldOutScore(fx, fy, training, test, settings, random) };
  },
};

/** The family that is worth most, the simplest of those that are worth as much; undefined where none beats the linear functions. */
export function bestFamily(worths: readonly Worth[]): Worth | undefined {
  let best: Worth | undefined;
  let most = 0;
  for (const worth of worths.toReversed()) {
    const score = worth.linear ? WORTH_MORE.times * worth.score + WORTH_MORE.more : worth.score;
    if (score <= most) continue;
    most = score;
    best = worth.linear ? undefined : worth;
  }
  return best;
}
