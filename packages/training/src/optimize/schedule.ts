/** Learning rate and the other scalars that change from step to step. */
import type { AdamWConfig } from "./adamw.js";

export interface ScheduleConfig {
  /** Highest learning rate. */
  peakRate: number;
  /** Steps of linear rise at the start. */
  warmup: number;
  /** Largest share of the old moving average that is kept in a step. */
  averageDecay: number;
}

export const DEFAULT_SCHEDULE: ScheduleConfig = { peakRate: 2.8e-3, warmup: 500, averageDecay: 0.999 };

/**
 * The scalars of one step.
 *
 * @param step number of steps done before this one
 * @param progress share of the run that is over, 0 … 1: the rate falls with it as a cosine to zero
 */
export function scheduleAt(
  { peakRate, warmup, averageDecay }: ScheduleConfig,
  { beta1, beta2 }: AdamWConfig,
  step: number,
  progress: number,
): { rate: number; correction1: number; correction2: number; averageDecay: number } {
  const cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, Math.max(0, progress))));
  return {
    rate: peakRate * Math.min(1, (step + 1) / warmup) * cosine,
    correction1: 1 / (1 - beta1 ** (step + 1)),
    correction2: 1 / (1 - beta2 ** (step + 1)),
    // A young average forgets its random start quickly.
    averageDecay: Math.min(averageDecay, (step + 1) / (step + 10)),
  };
}
