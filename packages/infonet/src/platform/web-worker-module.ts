/**
 * The worker of a page as `infonet/worker`: a module, for scripts that import it and are then named as `worker`. Beyond pairs, tasks are
 * loaded when they are first asked for.
 */

import { DENSITIES, QUANTILES, SCREEN } from "../engine/network-tasks.js";
import type { Task } from "../engine/task.js";
import { serveTasks } from "./web-serve.js";

const OF_PAIRS = new Map(
  [QUANTILES, DENSITIES, SCREEN].map((task) => [task.name, task as Task<unknown, unknown>]),
);

serveTasks(async (name) => OF_PAIRS.get(name) ?? (await import("./tasks.js")).TASKS.get(name));
