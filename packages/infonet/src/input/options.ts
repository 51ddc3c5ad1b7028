/**
 * Reads the options that callers pass: one table a call says which there are, what they may be and what is taken
 * where they are not given. Whatever the table does not know is refused, so that no misspelt option is taken for
 * its default.
 */

import { describe, InfoNetError } from "../errors.js";
import { nearestName } from "./nearest-name.js";

/** One option of a call. */
export interface Option<Value> {
  /** Taken where the option is not given. */
  readonly fallback: Value;
  /** Whether a value can be used. */
  readonly accepts: (value: unknown) => boolean;
  /** What to pass instead of a value that cannot be used. */
  readonly remedy: string;
}

/** The options of a call by their names. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The table that fits a public interface of options: a reader for every one of them, and for no other. */
export type TableOf<Public> = {
  readonly [Name in keyof Public]-?: Option<Public[Name] | undefined>;
};

/** Options as they are used: all there, those without a default `undefined` where they were not given. */
export type OptionsOf<Table extends OptionTable> = {
  -readonly [Name in keyof Table]: Table[Name]["fallback"];
};

/**
 * The options of a call, checked and with their defaults. `undefined` and `null` mean not given: an option, and the
 * whole of them.
 *
 * @throws InfoNetError "invalid-option" for a name that is not in the table, a value that its option does not take, or
 *   options that are no plain object
 */
export function readOptions<Table extends OptionTable>(given: unknown, table: Table): OptionsOf<Table> {
  const result: Record<string, unknown> = {};
  const names = Object.keys(table);
  for (const name of names) result[name] = table[name].fallback;
  if (given === undefined || given === null) return result as OptionsOf<Table>;
  if (!isPlainObject(given)) {
    throw invalidOption("options", given, `a plain object with any of ${names.join(", ")}`);
  }
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    if (!Object.hasOwn(table, name)) throw unknownOption(name, names);
    const { accepts, remedy } = table[name];
    if (!accepts(value)) throw invalidOption(name, value, remedy);
    result[name] = value;
  }
  return result as OptionsOf<Table>;
}

/**
 * An argument, checked as an option is.
 *
 * @throws InfoNetError "invalid-option"
 */
export function readArgument<Value>(name: string, value: Value, { accepts, remedy }: Option<unknown>): Value {
  if (!accepts(value)) throw invalidOption(name, value, remedy);
  return value;
}

/** The error of an option that cannot be used. */
export function invalidOption(name: string, value: unknown, remedy: string): InfoNetError {
  return new InfoNetError("invalid-option", `${name} is ${describe(value)}; pass ${remedy}.`);
}

function unknownOption(name: string, names: readonly string[]): InfoNetError {
  const near = nearestName(names, name);
  const hint = near === undefined ? "the" : `did you mean ${JSON.stringify(near)}? The`;
  return new InfoNetError(
    "invalid-option",
    `there is no option ${describe(name)} here; ${hint} options are ${names.join(", ")}.`,
  );
}

/**
 * Whether a value is an object as literals make them, of this realm or another. What a class or a function has made is
 * something else that was passed by mistake, and what an object inherits would not be seen among its keys.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A whole number of at least `least`. */
export function wholeNumber<Fallback extends number | undefined>(
  least: number,
  fallback: Fallback,
  most?: number,
): Option<number | Fallback> {
  return {
    fallback,
    accepts: (value) =>
      Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= (most ?? Infinity),
    remedy: `a whole number from ${least}${most === undefined ? "" : ` to ${most}`}`,
  };
}

/** A finite number of a kind. */
export function finiteNumber<Fallback extends number | undefined>(
  accepts: (value: number) => boolean,
  remedy: string,
  fallback: Fallback,
): Option<number | Fallback> {
  return { fallback, accepts: (value) => Number.isFinite(value) && accepts(value as number), remedy };
}

/** One of a few. */
export function oneOf<const Choice extends string | number>(
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): Option<Choice> {
  return {
    fallback,
    accepts: (value) => (choices as readonly unknown[]).includes(value),
    remedy: listed(choices),
  };
}

/** `"a", "b" or "c"`. */
export function listed(choices: ReadonlyArray<string | number>): string {
  const words = choices.map((choice) => JSON.stringify(choice));
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}

/** Yes or no. */
export function flag(fallback: boolean): Option<boolean> {
  return { fallback, accepts: (value) => typeof value === "boolean", remedy: "true or false" };
}

/** A place: a path or an address. */
export function place(): Option<string | URL | undefined> {
  return {
    fallback: undefined,
    accepts: (value) => (typeof value === "string" && value !== "") || value instanceof URL,
    remedy: "a path or a URL",
  };
}
