/**
 * A head: a small network that tells quantiles of an information from a summary of the data, where other estimates are to be
 * corrected. It is trained on random laws whose information is known exactly.
 */

import * as z from "zod/mini";
import { InfoNetError } from "../errors.js";
import { ascending, list, parts, wholeNumber } from "../network/document.js";
import { position, knots as tableKnots } from "./table.js";

// Bounds keep a wrong file from overflowing the doubles.
const NUMBER = "a number from -1e6 to 1e6";
const number = z.number(NUMBER).check(z.gte(-1e6, NUMBER), z.lte(1e6, NUMBER));
const POSITIVE = "a number above 0, at most 1e6";
const positive = z.number(POSITIVE).check(z.gt(0, POSITIVE), z.lte(1e6, POSITIVE));
const LEVEL = "a number between 0 and 1";
const level = z.number(LEVEL).check(z.gt(0, LEVEL), z.lt(1, LEVEL));
const matrix = list(list(number, "weights"), "rows of weights");

const layer = parts({ weights: matrix, bias: list(number, "biases") });

/** The schema of a head. */
export const headSchema = parts({
  seed: wholeNumber(0),
  /** Random draws that it was trained on, and fresh ones that its interval was calibrated on. */
  draws: wholeNumber(1),
  calibrationDraws: wholeNumber(1),
  /** Levels of the quantiles, ascending. */
  levels: list(level, "levels of quantiles", 3, 100),
  /** Means and standard deviations by which the inputs are standardised. */
  mean: list(number, "means"),
  deviation: list(positive, "deviations"),
  /** From inputs to answers; all but the last are followed by x · sigmoid(x). */
  layers: list(layer, "layers", 1, 10),
  /** What the inputs add to the answers directly, an answer a row. */
  direct: matrix,
  /** Factor of the distances from the median, by sample size. */
  calibration: parts({
    n: tableKnots(wholeNumber(1), "sample sizes"),
    factor: list(positive, "factors"),
  }),
}).check((context) => {
  const { levels, mean, deviation, layers, direct, calibration } = context.value;
  const wrong = (path: PropertyKey[], message: string): void => {
    context.issues.push({ code: "custom", input: context.value, path, message });
  };
  const needed = (path: PropertyKey[], values: readonly unknown[], length: number, why: string): void => {
    if (values.length !== length) wrong(path, `a list of ${length}, ${why}`);
  };
  const order = ascending(levels);
  if (order !== undefined) wrong(["levels", order.index], order.message);
  else if (!levels.includes(0.5)) wrong(["levels"], "levels of which one is 0.5, the estimate itself");
  needed(["deviation"], deviation, mean.length, "as many as there are means");
  let width = mean.length;
  layers.forEach(({ weights, bias }, k) => {
    const height = k === layers.length - 1 ? levels.length : bias.length;
    const why = k === layers.length - 1 ? "a level each" : "a bias each";
    needed(["layers", k, "bias"], bias, height, why);
    needed(["layers", k, "weights"], weights, height, why);
    weights.forEach((row, i) => {
      needed(["layers", k, "weights", i], row, width, "an input each");
    });
    width = height;
  });
  needed(["direct"], direct, levels.length, "a level each");
  direct.forEach((row, i) => {
    needed(["direct", i], row, mean.length, "an input each");
  });
  const { n, factor } = calibration;
  needed(["calibration", "factor"], factor, n.length, "as many as there are sample sizes");
});

/** A head as it lies in a file. */
export type HeadDocument = z.infer<typeof headSchema>;

/** Standardised inputs end here: beyond them nothing was seen in training. */
export const FARTHEST_INPUT = 6;

/** Inputs as the network takes them. */
export function standardized(
  summary: ArrayLike<number>,
  mean: ArrayLike<number>,
  deviation: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(summary, (value, k) =>
    Math.min(FARTHEST_INPUT, Math.max(-FARTHEST_INPUT, (value - mean[k]) / deviation[k])),
  );
}

/** What a head answers to. */
export interface HeadQuestion {
  n: number;
  /** The estimate that is corrected, nats. */
  base: number;
  /** The unit of the answers, nats. */
  scale: number;
  /** The inputs. */
  summary: ArrayLike<number>;
}

/** Tells quantiles of an information. */
export class Head {
  readonly #document: HeadDocument;
  readonly #logN: number[];
  /** Place of the median among the quantiles. */
  readonly median: number;

  constructor(document: HeadDocument) {
    this.#document = document;
    this.#logN = document.calibration.n.map(Math.log);
    this.median = document.levels.indexOf(0.5);
  }

  /** Number of inputs. */
  get inputs(): number {
    return this.#document.mean.length;
  }

  /** @throws InfoNetError "model" if it was trained on another number of inputs than are read for it */
  protected requireInputs(inputs: number, { file, remedy }: { file: string; remedy: string }): void {
    if (this.inputs === inputs) return;
    throw new InfoNetError(
      "model",
      `${file}: mean is a list of ${this.inputs}; this version of infonet reads ${inputs} inputs. ${remedy}`,
    );
  }

  /** Levels of the quantiles. */
  get levels(): readonly number[] {
    return this.#document.levels;
  }

  /** Quantiles of the information, nats, ascending; they may lie below 0. */
  answer({ n, base, scale, summary }: HeadQuestion): Float64Array {
    const { mean, deviation, layers, direct, calibration } = this.#document;
    const input = standardized(summary, mean, deviation);
    const ahead = product(direct, input);
    let values = input;
    layers.forEach(({ weights, bias }, k) => {
      values = product(weights, values);
      for (let i = 0; i < bias.length; i++) {
        const value = values[i] + bias[i];
        values[i] = k === layers.length - 1 ? value + ahead[i] : value / (1 + Math.exp(-value));
      }
    });
    const quantiles = values.map((value) => base + scale * value).sort();
    const middle = quantiles[this.median];
    const [at, share] = position(this.#logN, Math.log(n));
    const { factor } = calibration;
    const stretch = factor[at] * (1 - share) + factor[at + 1] * share;
    return quantiles.map((value) => middle + stretch * (value - middle));
  }
}

function product(rows: readonly (readonly number[])[], vector: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => {
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] * vector[k];
    return sum;
  });
}
