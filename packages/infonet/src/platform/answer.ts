/** What a worker thread does with a task, wherever it runs. */

import type { Task } from "../engine/task.js";
import type { Network } from "../network/network.js";
import { packError } from "./errors.js";
import { posted, type WorkerAnswer, type WorkerTask } from "./messages.js";

/** Finds a task that threads know by its name. */
export type FindTask = (
  name: string,
) => Task<unknown, unknown> | undefined | Promise<Task<unknown, unknown> | undefined>;

/**
 * The answer to a task, an error included.
 *
 * @param network of the thread, or why it has none
 */
export async function answerTask(
  network: Promise<Network>,
  { name, input }: WorkerTask,
  find: FindTask,
): Promise<WorkerAnswer> {
  let opened = false;
  try {
    const ready = await network;
    opened = true;
    const task = await find(name);
    return { output: posted(await task!.run(input, ready)) };
  } catch (error) {
    return { failure: packError(error), closed: !opened };
  }
}
