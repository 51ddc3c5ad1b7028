/** The tasks that worker threads know. */

import { DENSITIES, QUANTILES, SCREEN } from "../engine/network-tasks.js";
import type { Task } from "../engine/task.js";
import { GRADIENTS } from "../gradient/differentiation.js";
import { BASIS } from "../multivariate/basis.js";
import { CHANGE } from "../multivariate/change.js";
import { CONDITION } from "../multivariate/condition.js";
import { PERMUTED } from "../multivariate/independence.js";
import { COVARIANCES } from "../multivariate/joint-evidence.js";

const ALL: readonly Task<never, unknown>[] = [
  QUANTILES,
  DENSITIES,
  SCREEN,
  GRADIENTS,
  BASIS,
  CHANGE,
  CONDITION,
  COVARIANCES,
  PERMUTED,
];

/** By their names. */
export const TASKS = new Map(ALL.map((task) => [task.name, task as Task<unknown, unknown>]));
