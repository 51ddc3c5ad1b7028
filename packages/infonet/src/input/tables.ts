/** Tables of the options that many calls share. */

import type {
  Column,
  EstimateOptions,
  LoadOptions,
  ManyOptions,
  ManyPairsOptions,
  MatrixOptions,
  PairOptions,
  Progress,
  RowOptions,
} from "../types.js";
import { isList } from "./cells.js";
import { finiteNumber, flag, type Option, oneOf, place, type TableOf, wholeNumber } from "./options.js";

/** Seed of whatever a call draws at random. */
export const SEED: Option<number> = {
  ...wholeNumber(0, 0),
  remedy: "a whole number from 0 to 2^53 − 1",
};

/** Unit of the information in a result. */
export const UNITS = oneOf(["nats", "bits"], "nats");

/** Ends a call. */
export const SIGNAL: Option<AbortSignal | undefined> = {
  fallback: undefined,
  // By its looks: a signal of another realm or a polyfill is one too.
  accepts: (value) =>
    typeof value === "object" &&
    typeof (value as AbortSignal).aborted === "boolean" &&
    typeof (value as AbortSignal).addEventListener === "function",
  remedy: "an AbortSignal, as new AbortController().signal is one",
};

/** Is told how far a call is. */
export const ON_PROGRESS: Option<((progress: Progress) => void) | undefined> = {
  fallback: undefined,
  accepts: (value) => typeof value === "function",
  remedy: "a function that takes { done, total }",
};

/** Whether columns are divided by their standard deviations first: their units should not matter. */
export const STANDARDIZE = flag(true);

/** The name of a column, which has to be given. */
export const NAME: Option<undefined> = {
  fallback: undefined,
  accepts: isText,
  remedy: "the name of a column",
};

/** What rows stand for. */
export const ROWS = {
  rows: oneOf(["independent", "series"], "independent") as Option<RowOptions["rows"]>,
  cluster: {
    fallback: undefined as Column | undefined,
    accepts: (value) => isList(value) || isList((value as { values?: unknown } | undefined)?.values),
    remedy: "a column: an array with the cluster of every row",
  },
  counts: {
    fallback: undefined as ArrayLike<number> | undefined,
    accepts: isList,
    remedy: "an array of whole numbers, one a row",
  },
} satisfies TableOf<RowOptions>;

/** Of a single estimate. */
export const ESTIMATE = { seed: SEED, units: UNITS } satisfies TableOf<EstimateOptions>;

/** Of `estimate`. */
export const PAIR = { ...ESTIMATE, ...ROWS } satisfies TableOf<PairOptions>;

/** Of long calls whatever their results hold. */
export const LONG = {
  seed: SEED,
  signal: SIGNAL,
  onProgress: ON_PROGRESS,
} satisfies TableOf<Omit<ManyOptions, "units">>;

/** Of calls over many pairs. */
export const MANY = { ...LONG, units: UNITS } satisfies TableOf<ManyOptions>;

/** Of `estimateMany`. */
export const MANY_PAIRS = { ...MANY, ...ROWS } satisfies TableOf<ManyPairsOptions>;

/** Of `matrix`. */
export const MATRIX = {
  ...MANY_PAIRS,
  target: {
    fallback: undefined as MatrixOptions["target"],
    accepts: isOneOrMoreTexts,
    remedy: "the name of a column, or a list of names",
  },
  given: {
    fallback: undefined as MatrixOptions["given"],
    accepts: isOneOrMoreTexts,
    remedy: "the name of a column, or a list of names",
  },
  screen: finiteNumber(
    (value) => value > 0 && value < 1,
    "a p-value above 0 and below 1, such as 0.001",
    undefined,
  ),
  onPairs: {
    fallback: undefined as MatrixOptions["onPairs"],
    accepts: (value) => typeof value === "function",
    remedy: "a function that takes a list of cells",
  },
  pairs: {
    fallback: undefined as MatrixOptions["pairs"],
    accepts: (value) => Array.isArray(value) && value.every(isPairOfTexts),
    remedy: 'a list of pairs of names, such as [["height", "weight"]]',
  },
  related: {
    fallback: undefined as readonly (readonly string[])[] | undefined,
    accepts: (value) =>
      Array.isArray(value) &&
      value.every((group) => Array.isArray(group) && group.every((name) => typeof name === "string")),
    remedy: "lists of names of columns",
  },
} satisfies TableOf<MatrixOptions>;

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isOneOrMoreTexts(value: unknown): boolean {
  return isText(value) || (isList(value) && value.length > 0 && Array.from(value).every(isText));
}

function isPairOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every(isText);
}

/** More are slower on any machine, and each takes some 60 MB. */
const MOST_THREADS = 256;

/** Of `InfoNet.load`. */
export const LOAD = {
  threads: wholeNumber(1, 1, MOST_THREADS),
  model: place(),
  wasm: place(),
  worker: place(),
  warmup: flag(false),
  signal: SIGNAL,
  onProgress: ON_PROGRESS,
} satisfies TableOf<LoadOptions>;
