/** Data that a generator is to imitate. */
import type { Random } from "../random.js";

/** A distribution of several modes. */
export interface Data {
  /** Values of a sample. */
  width: number;
  /** Number of modes, all alike likely. */
  modes: number;
  /** Whether all values lie between 0 and 1. */
  bounded: boolean;
  /** Fresh samples, row-major. */
  draw(count: number, random: Random): Float32Array;
  /** The mode that a sample most likely belongs to, 0 … modes − 1, and how far from the data it lies. */
  classify(sample: Float32Array): { mode: number; distance: number };
}
