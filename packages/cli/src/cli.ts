import { type Argument, Command, CommanderError, type Option } from "commander";
import type { ColumnsCommandOptions } from "./commands/columns.js";
import type { CompareCommandOptions } from "./commands/compare.js";
import type { ConditionalCommandOptions } from "./commands/conditional.js";
import type { Context } from "./commands/context.js";
import type { EstimateCommandOptions } from "./commands/estimate.js";
import type { JointCommandOptions } from "./commands/joint.js";
import type { LagsCommandOptions } from "./commands/lags.js";
import type { MatrixCommandOptions, MatrixOutputOptions } from "./commands/matrix.js";
import type { NetworkCommandOptions } from "./commands/network.js";
import { ARGUMENTS, IN_TIME, OPTIONS, READING } from "./commands/options.js";
import type { PlanCommandOptions } from "./commands/plan.js";
import type { RunCommandOptions } from "./commands/run.js";
import type { SelectCommandOptions } from "./commands/select.js";
import type { StatusCommandOptions } from "./commands/status.js";
import type { TransferCommandOptions } from "./commands/transfer.js";
import type { QueueOptions } from "./commands/with-queue.js";
import type { WorkCommandOptions } from "./commands/work.js";
import { CliError, EXIT_FAILED, EXIT_USAGE, oneLine } from "./errors.js";
import { COMPARE_HELP, NETWORK_HELP, SELECT_HELP } from "./help/answers.js";
import { MERGE_HELP, PLAN_HELP, RUN_HELP, STATUS_HELP, SUBMIT_HELP, WORK_HELP } from "./help/jobs.js";
import {
  COLUMNS_HELP,
  CONDITIONAL_HELP,
  ESTIMATE_HELP,
  JOINT_HELP,
  MATRIX_HELP,
  TOP_HELP,
} from "./help/pairs.js";
import { LAGS_HELP, TRANSFER_HELP } from "./help/series.js";
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
      .configureHelp({
        showGlobalOptions: false,
        subcommandTerm: (shown) => `${shown.name()} ${shown.usage().replace("[options] ", "")}`,
        visibleArguments: (shown) =>
          shown.registeredArguments.filter(({ description }) => description !== ""),
      })
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

  const { files, file, x, y, more } = ARGUMENTS;
  const { units, resultFormat, seed } = OPTIONS;
  const { columns, exclude, dateParts, target, matrixFormat, out, report, threads, screen, fdr, top } =
    OPTIONS;
  const rows = [OPTIONS.cluster, OPTIONS.counts];
  const { maxLag, svg } = OPTIONS;
  add(
    "matrix",
    [files],
    [
      columns,
      exclude,
      target,
      OPTIONS.targetsFrom,
      ...READING,
      dateParts,
      ...rows,
      ...IN_TIME,
      OPTIONS.window,
      OPTIONS.step,
      units,
      matrixFormat,
      out,
      report,
      seed,
      threads,
      screen,
      fdr,
      top,
    ],
  )
    .summary("all pairs of columns, strongest first")
    .description("Estimates the mutual information of all pairs of columns and lists them, strongest first.")
    .addHelpText("after", MATRIX_HELP)
    .action(async (paths: string[], options: MatrixCommandOptions) => {
      const { matrixCommand } = await import("./commands/matrix.js");
      await matrixCommand(paths, options, context);
    });

  add("columns", [files], [columns, exclude, ...READING, dateParts, resultFormat])
    .summary("what was read: kinds, missing values, ranges")
    .description("Tells what was read of every column of a table: its kind, and how it was understood.")
    .addHelpText("after", COLUMNS_HELP)
    .action(async (paths: string[], options: ColumnsCommandOptions) => {
      const { columnsCommand } = await import("./commands/columns.js");
      await columnsCommand(paths, options, context);
    });

  add("estimate", [file, x, y, more], [...READING, ...rows, ...IN_TIME, units, resultFormat, seed])
    .usage("[options] <FILE...> <X> <Y>")
    .summary("one pair of columns")
    .description("Estimates the mutual information of two columns.")
    .addHelpText("after", ESTIMATE_HELP)
    .action(async (...given: [string, string, string, string[], EstimateCommandOptions]) => {
      const { paths, first, second, options } = filesAndPair(given);
      const { estimateCommand } = await import("./commands/estimate.js");
      await estimateCommand(paths, first, second, options, context);
    });

  const inTime = [OPTIONS.cluster, OPTIONS.time, OPTIONS.diff, OPTIONS.deseason];
  add("lags", [file, x, y, more], [maxLag, svg, ...READING, ...inTime, units, resultFormat, seed, threads])
    .usage("[options] <FILE...> <X> <Y>")
    .summary("which of two series leads, and by how many rows")
    .description("Estimates the mutual information of two series at several lags.")
    .addHelpText("after", LAGS_HELP)
    .action(async (...given: [string, string, string, string[], LagsCommandOptions]) => {
      const { paths, first, second, options } = filesAndPair(given);
      const { lagsCommand } = await import("./commands/lags.js");
      await lagsCommand(paths, first, second, options, context);
    });

  const transferOptions = [OPTIONS.lag, OPTIONS.history, OPTIONS.given, ...READING, ...inTime];
  add("transfer", [file, x, y, more], [...transferOptions, units, resultFormat, seed, threads])
    .usage("[options] <FILE...> <X> <Y>")
    .summary("what the past of one series tells of another, in both directions")
    .description("Estimates the transfer entropy of two series in both directions.")
    .addHelpText("after", TRANSFER_HELP)
    .action(async (...given: [string, string, string, string[], TransferCommandOptions]) => {
      const { paths, first, second, options } = filesAndPair(given);
      const { transferCommand } = await import("./commands/transfer.js");
      await transferCommand(paths, first, second, options, context);
    });

  const jointOptions = [OPTIONS.x, OPTIONS.y, ...READING, OPTIONS.basis];
  add("joint", [files], [...jointOptions, units, resultFormat, seed, threads])
    .summary("two groups of columns")
    .description("Estimates the mutual information of two groups of columns.")
    .addHelpText("after", JOINT_HELP)
    .action(async (paths: string[], options: JointCommandOptions) => {
      const { jointCommand } = await import("./commands/joint.js");
      await jointCommand(paths, options, context);
    });

  add("conditional", [file, x, y, more], [OPTIONS.given, ...READING, units, resultFormat, seed, threads])
    .usage("[options] <FILE...> <X> <Y>")
    .summary("one pair of columns, given others")
    .description("Estimates what two columns share beyond others: their conditional mutual information.")
    .addHelpText("after", CONDITIONAL_HELP)
    .action(async (...given: [string, string, string, string[], ConditionalCommandOptions]) => {
      const { paths, first, second, options } = filesAndPair(given);
      const { conditionalCommand } = await import("./commands/conditional.js");
      await conditionalCommand(paths, first, second, options, context);
    });

  add(
    "select",
    [files],
    [
      OPTIONS.selectTarget,
      OPTIONS.most,
      OPTIONS.level,
      columns,
      exclude,
      ...READING,
      units,
      resultFormat,
      seed,
      threads,
    ],
  )
    .summary("the few columns that tell most of one")
    .description("Selects the columns that together tell most of a target, one after the other.")
    .addHelpText("after", SELECT_HELP)
    .action(async (paths: string[], options: SelectCommandOptions) => {
      const { selectCommand } = await import("./commands/select.js");
      await selectCommand(paths, options, context);
    });

  add(
    "network",
    [files],
    [columns, exclude, ...READING, OPTIONS.networkFdr, units, OPTIONS.networkFormat, out, seed, threads],
  )
    .summary("what depends directly on what")
    .description("Draws the links between columns that no other columns explain.")
    .addHelpText("after", NETWORK_HELP)
    .action(async (paths: string[], options: NetworkCommandOptions) => {
      const { networkCommand } = await import("./commands/network.js");
      await networkCommand(paths, options, context);
    });

  add("compare", [files], [OPTIONS.by, columns, exclude, ...READING, units, resultFormat, seed, threads])
    .summary("which dependences differ between groups of rows")
    .description("Compares the dependences of all pairs of columns between groups of rows.")
    .addHelpText("after", COMPARE_HELP)
    .action(async (paths: string[], options: CompareCommandOptions) => {
      const { compareCommand } = await import("./commands/compare.js");
      await compareCommand(paths, options, context);
    });

  const { job } = ARGUMENTS;
  add(
    "plan",
    [files],
    [
      OPTIONS.job,
      OPTIONS.shards,
      columns,
      exclude,
      target,
      OPTIONS.targetsFrom,
      ...READING,
      dateParts,
      ...rows,
      units,
      seed,
      screen,
      OPTIONS.replicates,
    ],
  )
    .summary("cut all pairs of a large table into shards")
    .description("Cuts the pairs of a table into shards that any number of machines work on.")
    .addHelpText("after", PLAN_HELP)
    .action(async (paths: string[], options: PlanCommandOptions) => {
      const { planCommand } = await import("./commands/plan.js");
      await planCommand(paths, options, context);
    });

  add("run", [job], [OPTIONS.shard, threads])
    .summary("do a shard of a job, or all that are left")
    .description("Estimates the pairs of a shard, or of all shards that are not finished.")
    .addHelpText("after", RUN_HELP)
    .action(async (path: string, options: RunCommandOptions) => {
      const { runCommand } = await import("./commands/run.js");
      await runCommand(path, options, context);
    });

  add("submit", [job], [OPTIONS.queue])
    .summary("put the shards of a job into a queue")
    .description("Puts the shards that are not finished into a queue on Redis or PostgreSQL.")
    .addHelpText("after", SUBMIT_HELP)
    .action(async (path: string, options: QueueOptions) => {
      const { submitCommand } = await import("./commands/submit.js");
      await submitCommand(path, options, context);
    });

  add("work", [job], [OPTIONS.queue, OPTIONS.processes, OPTIONS.stalled])
    .summary("do shards from a queue until it is empty")
    .description("Takes shards from a queue, one in every child process, until none is left.")
    .addHelpText("after", WORK_HELP)
    .action(async (path: string, options: WorkCommandOptions) => {
      const { workCommand } = await import("./commands/work.js");
      await workCommand(path, options, context);
    });

  add("status", [job], [OPTIONS.missingShards, OPTIONS.queue, resultFormat])
    .summary("how far a job is")
    .description("Tells which shards of a job are finished, missing or damaged.")
    .addHelpText("after", STATUS_HELP)
    .action(async (path: string, options: StatusCommandOptions) => {
      const { statusCommand } = await import("./commands/status.js");
      await statusCommand(path, options, context);
    });

  add("merge", [job], [matrixFormat, out, report, fdr, top])
    .summary("the result of a finished job")
    .description("Puts the shards together: the same bytes that infonet matrix would have written.")
    .addHelpText("after", MERGE_HELP)
    .action(async (path: string, options: MatrixOutputOptions) => {
      const { mergeCommand } = await import("./commands/merge.js");
      await mergeCommand(path, options, context);
    });
  return program;
}

/** Takes arguments apart of which all but the last two are files. */
function filesAndPair<Options>([file, x, y, more, options]: [string, string, string, string[], Options]) {
  const all = [file, x, y, ...more];
  return { paths: all.slice(0, -2), first: all[all.length - 2], second: all[all.length - 1], options };
}
