/** A command as the command line knows it, and the shapes that commands have. */
import type { Argument, Option } from "commander";
import type { Context } from "./commands/context.js";
import { ARGUMENTS } from "./commands/options.js";
import { UsageError } from "./errors.js";

/** What a command is called, takes and says of itself, and the work that it does. */
export interface CommandEntry {
  name: string;
  takes: readonly Argument[];
  usage?: string;
  options: readonly Option[];
  summary: string;
  description: string;
  help: string;
  /** Given the arguments and options as commander has read them. Its file is loaded when it is called. */
  run(given: unknown[], context: Context, version: string): Promise<void>;
}

/** What is said of any command, and the function that does its work. */
type Entry<Work> = Omit<CommandEntry, "takes" | "usage" | "run" | "name"> & { load: () => Promise<Work> };

/** A command that takes files. */
export function ofFiles<Options>(
  name: string,
  { load, ...entry }: Entry<(paths: string[], options: Options, context: Context) => Promise<void>>,
): CommandEntry {
  const run = async ([paths, options]: unknown[], context: Context): Promise<void> =>
    (await load())(paths as string[], options as Options, context);
  return { name, takes: [ARGUMENTS.files], ...entry, run };
}

/** A command that takes the folder of a job. */
export function ofJob<Options>(
  name: string,
  { load, ...entry }: Entry<(path: string, options: Options, context: Context) => Promise<void>>,
): CommandEntry {
  const run = async ([path, options]: unknown[], context: Context): Promise<void> =>
    (await load())(path as string, options as Options, context);
  return { name, takes: [ARGUMENTS.job], ...entry, run };
}

/** A command that takes files and, last, two columns. */
export function ofPair<Options>(
  name: string,
  {
    load,
    ...entry
  }: Entry<(paths: string[], x: string, y: string, options: Options, context: Context) => Promise<void>>,
): CommandEntry {
  const { file, x, y, more } = ARGUMENTS;
  const run = async (given: unknown[], context: Context): Promise<void> => {
    const [first, second, third, others, options] = given as [string, string, string, string[], Options];
    const all = [first, second, third, ...others];
    await (await load())(all.slice(0, -2), all[all.length - 2], all[all.length - 1], options, context);
  };
  return { name, takes: [file, x, y, more], usage: "[options] <FILE...> <X> <Y>", ...entry, run };
}

/** A command that takes files and, last, two columns, or one where an option names the others. */
export function ofPairOrTarget<Options>(
  name: string,
  {
    load,
    single,
    ...entry
  }: Entry<(paths: string[], columns: string[], options: Options, context: Context) => Promise<void>> & {
    single: (options: Options) => boolean;
  },
): CommandEntry {
  const { file, x, maybeY, more } = ARGUMENTS;
  const run = async (given: unknown[], context: Context): Promise<void> => {
    const [first, second, third, others, options] = given as [
      string,
      string,
      string | undefined,
      string[],
      Options,
    ];
    const all = [first, second, ...(third === undefined ? [] : [third]), ...others];
    const count = single(options) ? 1 : 2;
    if (all.length <= count)
      throw new UsageError("missing required argument 'Y'; or name sources with --from.");
    await (await load())(all.slice(0, -count), all.slice(-count), options, context);
  };
  return { name, takes: [file, x, maybeY, more], usage: "[options] <FILE...> [X] <Y>", ...entry, run };
}
