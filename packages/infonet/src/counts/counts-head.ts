/**
 * The head that corrects the estimate of a table: a small network, trained on random tables of every shape with exactly
 * known information. From a summary of the table it tells quantiles of the information.
 */

import * as z from "zod/mini";
import { InfoNetError } from "../errors.js";
import { position, knots as tableKnots } from "../inference/table.js";
import { ascending, checkDocument, type Document, list, parts, wholeNumber } from "../network/document.js";
import { SUMMARY_SIZE, scaleOf, summaryOf, type TableFacts } from "./summary.js";

// Bounds keep a wrong file from overflowing the doubles.
const NUMBER = "a number from -1e6 to 1e6";
const number = z.number(NUMBER).check(z.gte(-1e6, NUMBER), z.lte(1e6, NUMBER));
const POSITIVE = "a number above 0, at most 1e6";
const positive = z.number(POSITIVE).check(z.gt(0, POSITIVE), z.lte(1e6, POSITIVE));
const LEVEL = "a number between 0 and 1";
const level = z.number(LEVEL).check(z.gt(0, LEVEL), z.lt(1, LEVEL));
const matrix = list(list(number, "weights"), "rows of weights");

const layer = parts({ weights: matrix, bias: list(number, "biases") });

/** The schema of `counts.json`. */
export const countsSchema = parts({
  seed: wholeNumber(0),
  /** Random tables that it was trained on, and fresh ones that its interval was calibrated on. */
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

/** The head as it lies in `counts.json`. */
export type CountsDocument = z.infer<typeof countsSchema>;

/** How the head is read and written. */
export const COUNTS: Document<typeof countsSchema> = {
  file: "counts.json",
  schema: countsSchema,
  remedy: "Make it again with `npm run counts-head`.",
};

/**
 * Checks what is to be written as `counts.json`.
 *
 * @throws InfoNetError "model" if a part is missing or wrong; the message names it
 */
export function checkCounts(value: unknown): CountsDocument {
  return checkDocument(COUNTS, value);
}

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

/** What the head answers to. */
export interface HeadQuestion {
  n: number;
  /** The Chao–Wang–Jost estimate, nats. */
  base: number;
  /** The unit of the answers, nats. */
  scale: number;
  summary: ArrayLike<number>;
}

/** Tells quantiles of the information of a table. */
export class CountsHead {
  readonly #document: CountsDocument;
  readonly #logN: number[];
  /** Place of the median among the quantiles. */
  readonly median: number;

  /** @throws InfoNetError "model" if it was trained on other inputs */
  constructor(document: CountsDocument) {
    const { length } = document.mean;
    if (length !== SUMMARY_SIZE) {
      throw new InfoNetError(
        "model",
        `${COUNTS.file}: mean is a list of ${length}; this version of infonet reads ${SUMMARY_SIZE} inputs. ${COUNTS.remedy}`,
      );
    }
    this.#document = document;
    this.#logN = document.calibration.n.map(Math.log);
    this.median = document.levels.indexOf(0.5);
  }

  /** Levels of the quantiles. */
  get levels(): readonly number[] {
    return this.#document.levels;
  }

  /** Quantiles of the information of a table, nats, ascending; they may lie below 0 and above the entropies. */
  quantiles(facts: TableFacts): Float64Array {
    const { n, chaoWangJost: base } = facts;
    return this.answer({ n, base, scale: scaleOf(facts), summary: summaryOf(facts) });
  }

  /** The same of a table that is summed up already: its Chao–Wang–Jost estimate, the unit and the inputs. */
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
