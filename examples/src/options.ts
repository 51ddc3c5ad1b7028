/** The command line of `npm run examples`. */
import { parseArgs } from "node:util";
import type { Example } from "./example.js";

/** What is asked for. */
export interface Options {
  examples: readonly Example[];
  quick: boolean;
  seed: number;
  json: boolean;
  help: boolean;
  /** Where pictures go instead of into the tree. */
  out: string | undefined;
  /** Options of single examples, by name. */
  own: Readonly<Record<string, string>>;
}

/** Seed of the figures and pictures in the tree. */
export const DEFAULT_SEED = 1;

/**
 * Reads the arguments.
 *
 * @param all the examples there are; without a name, all of them are asked for
 * @throws TypeError for an unknown name or option, an option of an example that is not asked for, or a seed that is no whole number
 *   from 0
 */
export function readArguments(args: readonly string[], all: readonly Example[]): Options {
  const names = all.flatMap(({ options = [] }) => options.map(({ name }) => name));
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: "string" as const }])),
      quick: { type: "boolean", default: false },
      seed: { type: "string", default: String(DEFAULT_SEED) },
      json: { type: "boolean", default: false },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { quick, json, help, out } = values;
  const seed = Number(values.seed);
  if (values.seed.trim() === "" || !Number.isSafeInteger(seed) || seed < 0) {
    throw new TypeError(`--seed is "${values.seed}"; give a whole number from 0`);
  }
  const unknown = positionals.find((name) => !all.some((example) => example.name === name));
  if (unknown !== undefined) {
    throw new TypeError(
      `${unknown} is no example; take one or more of ${all.map(({ name }) => name).join(", ")}`,
    );
  }
  const examples =
    positionals.length === 0 ? all : all.filter((example) => positionals.includes(example.name));
  const own: Record<string, string> = {};
  for (const name of names) {
    const value: unknown = (values as Record<string, unknown>)[name];
    if (typeof value !== "string") continue;
    const owner = all.find(({ options = [] }) => options.some((option) => option.name === name))!;
    if (!examples.includes(owner)) {
      throw new TypeError(`--${name} is an option of ${owner.name}; name that, or leave the option out`);
    }
    own[name] = value;
  }
  return { examples, quick, seed, json, help, out, own };
}
