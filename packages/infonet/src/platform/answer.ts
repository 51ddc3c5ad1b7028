/** What a worker thread does with a task, wherever it runs. */

import type { Network } from "../network/network.js";
import { packError } from "./errors.js";
import { posted, type WorkerAnswer, type WorkerTask } from "./messages.js";
import { TASKS } from "./tasks.js";

/**
 * The answer to a task, an error included.
 *
 * @param network of the thread, or why it has none
 */
export async function answerTask(
  network: Promise<Network>,
  { name, input }: WorkerTask,
): Promise<WorkerAnswer> {
  let opened = false;
  try {
    const ready = await network;
    opened = true;
    return { output: posted(await TASKS.get(name)!.run(input, ready)) };
  } catch (error) {
    return { failure: packError(error), closed: !opened };
  }
}
