/** What all commands of this package have in common: help, errors in one line, exit status, Ctrl-C. */
import { Command, CommanderError } from "commander";
import { EXIT_USAGE, exitStatus, Interrupted, oneLine, UsageError } from "./errors.js";

/** The standard streams of a command. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

const PROCESS: Output = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/**
 * A command as commander declares it.
 *
 * @param usage how it is called, without its arguments: `npm run train --`
 * @param description what it does, a sentence or two
 * @param more below the options: examples, what comes next
 */
export function command(usage: string, description: string, more = ""): Command {
  return styled(new Command(usage)).description(description).addHelpText("after", more.trimEnd());
}

/** A command of a command, with the same manners. */
export function subcommand(parent: Command, name: string, description: string, more = ""): Command {
  return styled(parent.command(name)).description(description).addHelpText("after", more.trimEnd());
}

function styled(command: Command): Command {
  return command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .helpOption("-h, --help", "show this help")
    .helpCommand(false)
    .showSuggestionAfterError(true);
}

/**
 * Parses a command line and runs it. Never throws: an error is one line on stderr, with its stack only if INFONET_DEBUG is
 * set.
 *
 * @returns the exit status: 0, 1 (failed), 2 (usage), 130 (Ctrl-C)
 */
export async function parseCommand(
  program: Command,
  args: readonly string[],
  { out, err }: Output = PROCESS,
): Promise<number> {
  for (const each of [program, ...program.commands])
    each.configureOutput({ writeOut: out, writeErr: () => {} });
  const usage = program.name();
  // "npm run train --" is the command train, "node path/generate.js" is generate.
  const name = /([\w-]+)(?:\.js| --)$/.exec(usage)?.[1] ?? usage;
  try {
    await program.parseAsync([...args], { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (process.env.INFONET_DEBUG && error instanceof Error) err(`${error.stack}\n`);
    if (error instanceof CommanderError) {
      const noCommand = error.code === "commander.help";
      const text = noCommand ? "a command is missing" : oneLine(error).replace(/^error: /, "");
      err(`${name}: ${text.replace(/[.;]?$/, "")}; see ${usage} --help\n`);
      return EXIT_USAGE;
    }
    err(`${name}: ${oneLine(error)}${error instanceof UsageError ? `; see ${usage} --help` : ""}\n`);
    return exitStatus(error);
  }
}

/** Runs the command line of the process. */
export async function runCommand(program: Command): Promise<void> {
  process.exitCode = await parseCommand(program, process.argv.slice(2));
}

/**
 * A signal that Ctrl-C aborts; the second Ctrl-C ends the process at once.
 *
 * @param message of the {@link Interrupted} that is its reason: what becomes of what was done until then
 */
export function interruptSignal(message: string): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitStatus(controller.signal.reason));
    controller.abort(new Interrupted(message));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}
