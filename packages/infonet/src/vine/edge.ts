/** What threads do for one edge of a vine. */

import type { Task } from "../engine/task.js";
import { rankScores } from "../numerics/normal-scores.js";
import type { Between } from "./between.js";
import { type Changes, changes } from "./change.js";
import { type Conditioned, type ConditionedPair, conditioned, type Position } from "./condition.js";

/** How it is looked whether a copula changes. */
export interface Change {
  between: Between;
  /** Of the folds. */
  seed: number;
  /** Whether to look closely only where a quick look finds something. */
  screened: boolean;
}

interface ToDo {
  a: Position;
  b: Position;
  /** What the copula may change with; undefined where it is taken not to change. */
  change?: Change;
  /** The copula of all rows, and what is asked for; undefined where nothing is. */
  copula?: Omit<ConditionedPair, "a" | "b">;
}

interface Done extends Changes {
  /** The variables given each other; undefined where the copula may change, or nothing was asked for. */
  conditioned?: Conditioned;
}

/** One task where two would do: posting takes longer than most of the work. */
export const EDGE: Task<ToDo, Done> = {
  name: "edge",
  run({ a, b, change, copula }) {
    const found: Changes =
      change === undefined
        ? { ways: [], lost: 0 }
        : changes({ u: rankScores(a.ranks), v: rankScores(b.ranks), ...change });
    if (found.ways.length > 0 || copula === undefined) return found;
    return { ...found, conditioned: conditioned({ a, b, ...copula }) };
  },
};
