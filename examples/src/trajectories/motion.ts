/** Random motion. */
import type { Random } from "../random.js";

/**
 * A smooth random course with mean 0 and deviation 1: white noise through two exponential filters, from its stationary
 * distribution on.
 *
 * @param slowness time constant of each filter, in frames
 */
export function wander(random: Random, frames: number, slowness: number): Float64Array {
  const keep = Math.exp(-1 / slowness);
  // Deviation of noise of deviation √(1 − keep²) after both filters.
  const scale = (1 + keep) / Math.sqrt(1 + keep * keep);
  const course = new Float64Array(frames);
  let [once, twice] = [0, 0];
  for (let t = -Math.ceil(12 * slowness); t < frames; t++) {
    once = keep * once + random.normal(0, Math.sqrt(1 - keep * keep));
    twice = keep * twice + (1 - keep) * once;
    if (t >= 0) course[t] = scale * twice;
  }
  return course;
}

/**
 * A phase that goes round at a speed that wavers, radians, from a random start.
 *
 * @param period frames of a turn at the mean speed
 * @param wavering deviation of the speed as a share of its mean
 */
export function turning(random: Random, frames: number, period: number, wavering: number): Float64Array {
  const speed = wander(random, frames, period / 2);
  let phase = random.uniform(0, 2 * Math.PI);
  return speed.map((value) => {
    phase += ((2 * Math.PI) / period) * (1 + wavering * value);
    return phase;
  });
}
