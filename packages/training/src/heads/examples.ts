/** Draws with known information as a head sees them. */

/** Examples of a head, column by column. */
export interface HeadExamples {
  count: number;
  /** Numbers of an input. */
  width: number;
  /** Summaries, [count, width]. */
  inputs: Float64Array;
  /** True information in the head's unit, from the estimate on that is corrected. */
  targets: Float64Array;
  /** What the median is trained on, in the same unit. */
  centrals: Float64Array;
  /** That estimate, and the unit, nats. */
  base: Float64Array;
  scale: Float64Array;
  /** What the information cannot exceed, nats; infinite where there is no such bound. */
  most: Float64Array;
  /** True information, nats. */
  mi: Float64Array;
  n: Float64Array;
}

/** One example. */
export interface HeadExample {
  n: number;
  base: number;
  scale: number;
  summary: ArrayLike<number>;
  most: number;
  mi: number;
  /** What the median is trained on, nats: the truth, or moved towards what the sample itself has of it. */
  central: number;
}

/** Which draws. */
export interface HeadDraws {
  seed: number;
  /** Number of the first draw. */
  first: number;
  count: number;
  /** Whether they are for the calibration, and not for the training. */
  fresh?: boolean;
}

/** Ends the work, and is told how far it is. */
export interface HeadManners {
  signal?: AbortSignal | undefined;
  onProgress?: (done: number) => void;
}

/** Streams of draws that never meet: draws are numbered from here on. */
export const FIRST = { training: 0, calibration: 2 ** 40, evaluation: 2 ** 41 } as const;

/** Room for so many examples, filled one by one. */
export class ExampleColumns {
  #width = 0;
  #inputs = new Float64Array();
  readonly #columns: Omit<HeadExamples, "count" | "width" | "inputs">;
  #filled = 0;

  constructor(readonly count: number) {
    const column = () => new Float64Array(count);
    this.#columns = {
      targets: column(),
      centrals: column(),
      base: column(),
      scale: column(),
      most: column(),
      mi: column(),
      n: column(),
    };
  }

  /** Examples so far. */
  get filled(): number {
    return this.#filled;
  }

  /** Adds an example; one more than there is room for is left out. */
  add({ summary, central, ...numbers }: HeadExample): void {
    if (this.#filled === this.count) return;
    if (this.#filled === 0) {
      this.#width = summary.length;
      this.#inputs = new Float64Array(this.count * summary.length);
    }
    const k = this.#filled++;
    this.#inputs.set(Array.from(summary), k * this.#width);
    for (const name of ["base", "scale", "most", "mi", "n"] as const) this.#columns[name][k] = numbers[name];
    const inUnits = (mi: number): number => (mi - numbers.base) / numbers.scale;
    this.#columns.targets[k] = inUnits(numbers.mi);
    this.#columns.centrals[k] = inUnits(central);
  }

  /** All examples. */
  get examples(): HeadExamples {
    return { count: this.count, width: this.#width, inputs: this.#inputs, ...this.#columns };
  }
}
