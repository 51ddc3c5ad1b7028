/** Options of the commands: how their values are read, and those that several commands share. */
import { Option } from "commander";
import { UsageError } from "./errors.js";

/** Reads a whole number of at least `least`. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < least) {
      throw new UsageError(`${option} is ${JSON.stringify(text)}; give a whole number from ${least}`);
    }
    return value;
  };
}

/** Reads a number above 0. */
export function positiveNumber(option: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (!(value > 0) || !Number.isFinite(value)) {
      throw new UsageError(`${option} is ${JSON.stringify(text)}; give a number above 0`);
    }
    return value;
  };
}

/** Reads one word of a list. */
export function oneOf(option: string, words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text)) return text;
    throw new UsageError(`${option} is ${JSON.stringify(text)}; give one of ${words.join(", ")}`);
  };
}

/**
 * Reads a JSON object.
 *
 * @param example of one, for the message
 */
export function jsonObject(option: string, example: string): (text: string) => object {
  return (text) => {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    } catch {
      // Told below.
    }
    throw new UsageError(`${option} is ${text}; give JSON such as ${example}`);
  };
}

/** An option with a JSON object, empty unless given. */
export function jsonOption(flags: string, description: string, example: string): Option {
  const option = new Option(flags, description);
  return option.argParser(jsonObject(`--${option.name()}`, example)).default({}, "{}");
}

/** An option with a whole number of at least `least`. */
export function wholeOption(flags: string, description: string, least: number, fallback?: number): Option {
  const option = new Option(flags, description);
  option.argParser(wholeNumber(`--${option.name()}`, least));
  return fallback === undefined ? option : option.default(fallback);
}

/** An option with a number above 0. */
export function positiveOption(flags: string, description: string, fallback?: number): Option {
  const option = new Option(flags, description);
  option.argParser(positiveNumber(`--${option.name()}`));
  return fallback === undefined ? option : option.default(fallback);
}

/** Folder of the model that ships. */
export const SHIPPED_MODEL = "packages/infonet/model";

/** `--seed`, of what is drawn. */
export const seedOption = (what: string): Option => wholeOption("--seed <S>", `seed of ${what}`, 0, 1);

/** `--threads`, of the arithmetic. */
export const threadsOption = (fallback: number): Option =>
  wholeOption("--threads <T>", "threads of the arithmetic", 1, fallback);

/** `--workers`, which generate distributions. */
export const workersOption = (): Option =>
  wholeOption("--workers <W>", "worker threads that generate distributions; 0: none of their own", 0, 1);

/** `--model`, an exported one. */
export const modelOption = (): Option =>
  new Option("--model <DIR>", "folder of the model").default(SHIPPED_MODEL);

/** `--out`, where a model is written. */
export const outModelOption = (): Option => new Option("--out <DIR>", "folder for the model");

/** Draws of the calibration, by the name that the command gives the option. */
export const calibrationDrawsOption = (flag: string): Option =>
  wholeOption(`${flag} <N>`, "fresh draws from the prior for the calibration", 1, 60_000);

/** Permutations of the null table, by the name that the command gives the option. */
export const nullDrawsOption = (flag: string): Option =>
  wholeOption(`${flag} <N>`, "random permutations a sample size for the null table", 1000, 10_000);

/** `--init` and `--resume`, of which a run has one at most. */
export const startOptions = (): [init: Option, resume: Option] => [
  new Option(
    "--init <DIR>",
    "start from the weights of an exported model or of another run, with a fresh optimiser; give another --seed",
  ).conflicts("resume"),
  new Option("--resume <DIR>", "go on from the checkpoint of an earlier run"),
];

/** `--rate`, the highest of a run; `fallback` tells what it is otherwise. */
export const rateOption = (fallback: string): Option =>
  positiveOption("--rate <R>", `highest learning rate (${fallback})`);

/** `--inherited-rate`, of weights that `--init` takes from another architecture. */
export const inheritedRateOption = (): Option =>
  positiveOption(
    "--inherited-rate <SHARE>",
    "share of the rate for weights that --init takes from another architecture",
    1,
  ).conflicts("resume");

/** `--only`, the part of the network that learns. */
export const onlyOption = (): Option =>
  new Option(
    "--only <PART>",
    "train one part of the network and hold the rest as --init gives it: density (of copula-density)",
  ).conflicts("resume");
