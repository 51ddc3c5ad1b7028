/** Work that any thread can do, and who does it. */

import type { Network } from "../network/network.js";

/** A function of the network and of what can be posted between threads, as its result can. */
export interface Task<Input, Output> {
  /** By which other threads know it. */
  readonly name: string;
  run(input: Input, network: Network): Output | Promise<Output>;
}

/** The calling thread, or some others. */
export interface Workers {
  /** Tasks that they work on at once. */
  readonly parallel: number;
  /** @throws as the task does; InfoNetError "worker" if a thread is lost, "disposed" if the threads are closed */
  run<Input, Output>(task: Task<Input, Output>, input: Input): Promise<Output>;
}

/** Worker threads. */
export interface Threads extends Workers {
  /** Ends the threads; tasks under way are refused. */
  close(): Promise<void>;
}

/** The calling thread. */
export function callingThread(network: Network): Workers {
  return { parallel: 1, run: async (task, input) => task.run(input, network) };
}
