/** The tasks that worker threads know. */

import { COPULA_DIFFERENCES } from "../answers/copula-difference.js";
import { FREED } from "../answers/freed.js";
import { DENSITIES, QUANTILES, SCREEN } from "../engine/network-tasks.js";
import type { Task } from "../engine/task.js";
import { GRADIENTS } from "../gradient/differentiation.js";
import { JOINT_GRADIENT } from "../gradient/joint.js";
import { COVARIANCES } from "../independence/joint-evidence.js";
import { PERMUTED } from "../independence/permuted-statistics.js";
import { BASIS } from "../prediction/basis.js";
import { FAMILY } from "../prediction/families.js";
import { CONDITION } from "../vine/condition.js";
import { EDGE } from "../vine/edge.js";

const ALL: readonly Task<never, unknown>[] = [
  QUANTILES,
  DENSITIES,
  SCREEN,
  GRADIENTS,
  JOINT_GRADIENT,
  BASIS,
  FAMILY,
  EDGE,
  CONDITION,
  COVARIANCES,
  PERMUTED,
  FREED,
  COPULA_DIFFERENCES,
];

/** By their names. */
export const TASKS = new Map(ALL.map((task) => [task.name, task as Task<unknown, unknown>]));
