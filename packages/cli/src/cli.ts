import { Command, CommanderError } from "commander";
import type { Context } from "./commands/context.js";
import {
  collectColumns,
  collectNames,
  MATRIX_FORMATS,
  oneOf,
  parseFile,
  parsePath,
  parseRate,
  parseTop,
  parseUnits,
  wholeNumber,
} from "./commands/options.js";
import { CliError, EXIT_FAILED, EXIT_USAGE, oneLine } from "./errors.js";
import { CONDITIONAL_HELP, ESTIMATE_HELP, JOINT_HELP, MATRIX_HELP, TOP_HELP } from "./help.js";
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
    return tellFailure(context.io, error);
  }
}

/** Tells in one line what went wrong, and gives the exit status for it. */
export function tellFailure({ env, err }: Pick<Io, "env" | "err">, error: unknown): number {
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

  shared(program.command("matrix"))
    .argument("<FILE>", "CSV, TSV, Parquet, JSON or NDJSON; also .gz", parseFile)
    .summary("all pairs of columns, strongest first")
    .description("Estimates the mutual information of all pairs of columns and lists them, strongest first.")
    .option("--columns <NAMES>", "only these columns, with commas between them", collectColumns)
    .option("--target <COLUMN>", "only pairs with this column")
    .option("--units <UNITS>", "nats or bits", parseUnits, "nats")
    .option(
      "--format <FORMAT>",
      "text, json, csv or parquet (default: text, or by the ending of --out)",
      oneOf("--format", MATRIX_FORMATS),
    )
    .option("--out <FILE>", "write the result there instead of to stdout", parsePath("--out"))
    .option("--report <FILE.html>", "also write a report with pictures, one file", parsePath("--report"))
    .option("--seed <N>", "seed of the random ranks of tied values", wholeNumber("--seed", 0), 0)
    .option("--threads <N>", "worker threads (default: all cores, at most 8)", wholeNumber("--threads", 1))
    .option("--fdr <RATE>", "only pairs dependent at this false discovery rate, e.g. 0.05", parseRate)
    .option("--top <N>", "only the N strongest pairs, or all (default: 25 in text)", parseTop)
    .addHelpText("after", MATRIX_HELP)
    .action(async (file: string, options) => {
      const { matrixCommand } = await import("./commands/matrix.js");
      await matrixCommand(file, options, context);
    });

  shared(program.command("estimate"))
    .argument("<FILE>", "CSV, TSV, Parquet, JSON or NDJSON; also .gz", parseFile)
    .argument("<X>", "name of a column")
    .argument("<Y>", "name of another column")
    .summary("one pair of columns")
    .description("Estimates the mutual information of two columns.")
    .option("--units <UNITS>", "nats or bits", parseUnits, "nats")
    .option("--format <FORMAT>", "text or json", oneOf("--format", ["text", "json"] as const), "text")
    .option("--seed <N>", "seed of the random ranks of tied values", wholeNumber("--seed", 0), 0)
    .addHelpText("after", ESTIMATE_HELP)
    .action(async (file: string, x: string, y: string, options) => {
      const { estimateCommand } = await import("./commands/estimate.js");
      await estimateCommand(file, x, y, options, context);
    });

  shared(program.command("joint"))
    .argument("<FILE>", "CSV, TSV, Parquet, JSON or NDJSON; also .gz", parseFile)
    .summary("two groups of columns")
    .description("Estimates the mutual information of two groups of columns.")
    .option("--x <NAMES>", "columns of the first group, with commas between them", collectNames("--x"))
    .option("--y <NAMES>", "columns of the second group", collectNames("--y"))
    .option(
      "--basis <BASIS>",
      "auto, given, whitened, canonical or nonlinear",
      oneOf("--basis", ["auto", "given", "whitened", "canonical", "nonlinear"] as const),
      "auto",
    )
    .option("--units <UNITS>", "nats or bits", parseUnits, "nats")
    .option("--format <FORMAT>", "text or json", oneOf("--format", ["text", "json"] as const), "text")
    .option("--seed <N>", "seed of the random ranks of tied values", wholeNumber("--seed", 0), 0)
    .addHelpText("after", JOINT_HELP)
    .action(async (file: string, options) => {
      const { jointCommand } = await import("./commands/joint.js");
      await jointCommand(file, options, context);
    });

  shared(program.command("conditional"))
    .argument("<FILE>", "CSV, TSV, Parquet, JSON or NDJSON; also .gz", parseFile)
    .argument("<X>", "name of a column")
    .argument("<Y>", "name of another column")
    .summary("one pair of columns, given others")
    .description("Estimates what two columns share beyond others: their conditional mutual information.")
    .option("--given <NAMES>", "the other columns, with commas between them", collectNames("--given"))
    .option("--units <UNITS>", "nats or bits", parseUnits, "nats")
    .option("--format <FORMAT>", "text or json", oneOf("--format", ["text", "json"] as const), "text")
    .option("--seed <N>", "seed of the random ranks of tied values", wholeNumber("--seed", 0), 0)
    .addHelpText("after", CONDITIONAL_HELP)
    .action(async (file: string, x: string, y: string, options) => {
      const { conditionalCommand } = await import("./commands/conditional.js");
      await conditionalCommand(file, x, y, options, context);
    });
  return program;
}
