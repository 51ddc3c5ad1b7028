/** The mean of several runs' weights. */
import { STATE } from "../step/step.js";
import type { Checkpoint } from "./checkpoint.js";

const AVERAGE = STATE.indexOf("average");

/**
 * One network from runs that started from each other: their weights lie in one valley of the loss, and its middle is
 * lower than the points on its slopes where the runs came to rest.
 *
 * @param runs in the order of training; the record of the last is kept, without its validation, which is of other weights
 * @throws TypeError if there are none, or if two of them trained networks of different sizes
 */
export function meanOfRuns(runs: readonly Checkpoint[]): Checkpoint {
  const last = runs.at(-1);
  if (last === undefined) throw new TypeError("there is no mean of no runs; give at least one");
  if (runs.length === 1) return last;
  const network = ({ record }: Checkpoint): string => JSON.stringify([record.architecture, record.network]);
  const other = runs.find((run) => network(run) !== network(last));
  if (other !== undefined) {
    throw new TypeError(
      `the runs trained different networks, ${network(other)} and ${network(last)}; give runs that started from each other`,
    );
  }
  const average = new Float32Array(last.state[AVERAGE].length);
  for (let k = 0; k < average.length; k++) {
    average[k] = runs.reduce((sum, run) => sum + run.state[AVERAGE][k], 0) / runs.length;
  }
  return {
    record: { ...last.record, validation: {}, averaged: runs.length },
    state: last.state.map((vector, k) => (k === AVERAGE ? average : vector)),
  };
}
