import { type Argument, Command, CommanderError, type Option } from "commander";
import type { ColumnsCommandOptions } from "./commands/columns.js";
import type { ConditionalCommandOptions } from "./commands/conditional.js";
import type { Context } from "./commands/context.js";
import type { EstimateCommandOptions } from "./commands/estimate.js";
import type { JointCommandOptions } from "./commands/joint.js";
import type { MatrixCommandOptions } from "./commands/matrix.js";
import { ARGUMENTS, OPTIONS, READING } from "./commands/options.js";
import { CliError, EXIT_FAILED, EXIT_USAGE, oneLine } from "./errors.js";
import { COLUMNS_HELP, CONDITIONAL_HELP, ESTIMATE_HELP, JOINT_HELP, MATRIX_HELP, TOP_HELP } from "./help.js";
import type { Io } from "./terminal/io.js";

/**
 * Runs one command line and gives its exit status: 0, 1 (failed), 2 (usage), 130 (Ctrl-C), 143 (SIGTERM). Never
 * throws; an error is one line on stderr, with its stack only if INFONET_DEBUG is set.
 *
 * @param argv the arguments after the name of the program
 */
export async function runCli(argv: readonly string[], version: string, context: Context): Promise<number> {
  const written: string[] = [];
  const program = buildProgram(version, context, (text) => written.push(text));
  try {
    if (argv.length === 0) {
      context.io.err(program.helpInformation());
      return EXIT_USAGE;
    }
    return await program.parseAsync([...argv], { from: "user" }).then(
      () => 0,
      (error) => {
        if (!(error instanceof CommanderError)) throw error;
        const command = program.commands.map((known) => known.name()).find((name) => name === argv[0]);
        return finishParsing(error, written, command, context);
      },
    );
  } catch (error) {
    return printError(context.io, error);
  }
}

/** Tells in one line what went wrong, and gives the exit status for it. */
export function printError({ env, err }: Pick<Io, "env" | "err">, error: unknown): number {
  if (env.INFONET_DEBUG && error instanceof Error) err(`${error.stack}\n`);
  err(`infonet: ${oneLine(error)}\n`);
  return error instanceof CliError ? error.exitCode : EXIT_FAILED;
}

/** Help and version were asked for and go to stdout; anything else commander says is a usage error. */
async function finishParsing(
  error: CommanderError,
  written: string[],
  command: string | undefined,
  { io }: Context,
): Promise<number> {
  if (error.exitCode === 0) {
    await io.out(written.join(""));
    return 0;
  }
  const text = oneLine(error).replace(/^error: /, "");
  const where = command === undefined ? "infonet --help" : `infonet ${command} --help`;
  io.err(`infonet: ${text.replace(/[.;]?$/, "")}; see ${where}.\n`);
  return EXIT_USAGE;
}

function buildProgram(version: string, context: Context, write: (text: string) => void): Command {
  const program = new Command("infonet");
  const shared = (command: Command) =>
    command
      .exitOverride()
      .configureOutput({ writeOut: write, writeErr: () => {} })
      .configureHelp({ showGlobalOptions: false })
      .helpOption("-h, --help", "show this help")
      .showSuggestionAfterError(true);
  shared(program)
    .description("Mutual information of the columns of a table: how much each tells about the other.")
    .version(version, "-V, --version", "show the version")
    .helpCommand(false)
    .addHelpText("after", TOP_HELP);

  const add = (name: string, takes: readonly Argument[], options: readonly Option[]): Command => {
    const command = shared(program.command(name));
    for (const argument of takes) command.addArgument(argument);
    for (const option of options) command.addOption(option);
    return command;
  };

  const { file, x, y } = ARGUMENTS;
  const { units, resultFormat, seed } = OPTIONS;
  const { columns, exclude, dateParts, target, matrixFormat, out, report, threads, fdr, top } = OPTIONS;
  const rows = [OPTIONS.cluster, OPTIONS.counts];
  add(
    "matrix",
    [file],
    [
      columns,
      exclude,
      target,
      ...READING,
      dateParts,
      ...rows,
      units,
      matrixFormat,
      out,
      report,
      seed,
      threads,
      fdr,
      top,
    ],
  )
    .summary("all pairs of columns, strongest first")
    .description("Estimates the mutual information of all pairs of columns and lists them, strongest first.")
    .addHelpText("after", MATRIX_HELP)
    .action(async (path: string, options: MatrixCommandOptions) => {
      const { matrixCommand } = await import("./commands/matrix.js");
      await matrixCommand(path, options, context);
    });

  add("columns", [file], [columns, exclude, ...READING, dateParts, resultFormat])
    .summary("what was read: kinds, missing values, ranges")
    .description("Tells what was read of every column of a table: its kind, and how it was understood.")
    .addHelpText("after", COLUMNS_HELP)
    .action(async (path: string, options: ColumnsCommandOptions) => {
      const { columnsCommand } = await import("./commands/columns.js");
      await columnsCommand(path, options, context);
    });

  add("estimate", [file, x, y], [...READING, ...rows, units, resultFormat, seed])
    .summary("one pair of columns")
    .description("Estimates the mutual information of two columns.")
    .addHelpText("after", ESTIMATE_HELP)
    .action(async (path: string, first: string, second: string, options: EstimateCommandOptions) => {
      const { estimateCommand } = await import("./commands/estimate.js");
      await estimateCommand(path, first, second, options, context);
    });

  const jointOptions = [OPTIONS.x, OPTIONS.y, ...READING, OPTIONS.basis];
  add("joint", [file], [...jointOptions, units, resultFormat, seed, threads])
    .summary("two groups of columns")
    .description("Estimates the mutual information of two groups of columns.")
    .addHelpText("after", JOINT_HELP)
    .action(async (path: string, options: JointCommandOptions) => {
      const { jointCommand } = await import("./commands/joint.js");
      await jointCommand(path, options, context);
    });

  add("conditional", [file, x, y], [OPTIONS.given, ...READING, units, resultFormat, seed, threads])
    .summary("one pair of columns, given others")
    .description("Estimates what two columns share beyond others: their conditional mutual information.")
    .addHelpText("after", CONDITIONAL_HELP)
    .action(async (path: string, first: string, second: string, options: ConditionalCommandOptions) => {
      const { conditionalCommand } = await import("./commands/conditional.js");
      await conditionalCommand(path, first, second, options, context);
    });
  return program;
}
