import { Command, CommanderError } from "commander";
import type { Context } from "./commands/context.js";
import { ARGUMENTS, IN_TIME, OPTIONS, READING } from "./commands/options.js";
import type { TransferCommandOptions } from "./commands/transfer-options.js";
import { type CommandEntry, ofFiles, ofJob, ofPair, ofPairOrTarget } from "./entry.js";
import { CliError, EXIT_FAILED, EXIT_USAGE, oneLine } from "./errors.js";
import { COMPARE_HELP, NETWORK_HELP, SELECT_HELP, SUMMARY_HELP } from "./help/answers.js";
import { MERGE_HELP, PLAN_HELP, RUN_HELP, STATUS_HELP, SUBMIT_HELP, WORK_HELP } from "./help/jobs.js";
import { MCP_HELP } from "./help/mcp.js";
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

const { columns, exclude, dateParts, units, resultFormat, seed, threads, target, targetsFrom } = OPTIONS;
const { matrixFormat, out, report, screen, fdr, top, cluster, counts, time, diff, deseason } = OPTIONS;
const ROW_OPTIONS = [cluster, counts];
const RESULT = [units, resultFormat, report, seed, threads];
const SERIES_OPTIONS = [cluster, time, OPTIONS.gridStep, diff, deseason];

/** The commands, in the order of `infonet --help`. */
const COMMANDS: readonly CommandEntry[] = [
  ofFiles("matrix", {
    options: [
      columns,
      exclude,
      target,
      targetsFrom,
      OPTIONS.matrixBy,
      OPTIONS.matrixGiven,
      ...READING,
      dateParts,
      ...ROW_OPTIONS,
      ...IN_TIME,
      OPTIONS.window,
      OPTIONS.step,
      OPTIONS.lags,
      OPTIONS.matrixLag,
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
    summary: "all pairs of columns, strongest first",
    description: "Estimates the mutual information of all pairs of columns and lists them, strongest first.",
    help: MATRIX_HELP,
    load: async () => (await import("./commands/matrix.js")).matrixCommand,
  }),
  ofFiles("columns", {
    options: [columns, exclude, ...READING, dateParts, resultFormat, report],
    summary: "what was read: kinds, missing values, ranges",
    description: "Tells what was read of every column of a table: its kind, and how it was understood.",
    help: COLUMNS_HELP,
    load: async () => (await import("./commands/columns.js")).columnsCommand,
  }),
  ofPair("estimate", {
    options: [...READING, ...ROW_OPTIONS, ...IN_TIME, units, resultFormat, report, seed],
    summary: "one pair of columns",
    description: "Estimates the mutual information of two columns.",
    help: ESTIMATE_HELP,
    load: async () => (await import("./commands/estimate.js")).estimateCommand,
  }),
  ofPair("lags", {
    options: [OPTIONS.maxLag, OPTIONS.svg, ...READING, ...SERIES_OPTIONS, ...RESULT],
    summary: "which of two series leads, and by how many rows",
    description: "Estimates the mutual information of two series at several lags.",
    help: LAGS_HELP,
    load: async () => (await import("./commands/lags.js")).lagsCommand,
  }),
  ofPairOrTarget<TransferCommandOptions>("transfer", {
    options: [
      OPTIONS.lag,
      OPTIONS.history,
      OPTIONS.given,
      OPTIONS.from,
      OPTIONS.sourceLag,
      ...READING,
      ...SERIES_OPTIONS,
      ...RESULT,
    ],
    single: ({ from }) => from !== undefined,
    summary: "what the past of one series tells of another, in both directions",
    description: "Estimates the transfer entropy of two series in both directions, or of many to one.",
    help: TRANSFER_HELP,
    load: async () => (await import("./commands/transfer.js")).transferCommand,
  }),
  ofFiles("joint", {
    options: [OPTIONS.x, OPTIONS.y, ...READING, cluster, ...IN_TIME, OPTIONS.basis, ...RESULT],
    summary: "two groups of columns",
    description: "Estimates the mutual information of two groups of columns.",
    help: JOINT_HELP,
    load: async () => (await import("./commands/joint.js")).jointCommand,
  }),
  ofPair("conditional", {
    options: [OPTIONS.given, ...READING, cluster, ...IN_TIME, ...RESULT],
    summary: "one pair of columns, given others",
    description: "Estimates what two columns share beyond others: their conditional mutual information.",
    help: CONDITIONAL_HELP,
    load: async () => (await import("./commands/conditional.js")).conditionalCommand,
  }),
  ofFiles("select", {
    options: [
      OPTIONS.selectTarget,
      OPTIONS.most,
      OPTIONS.level,
      OPTIONS.criterion,
      OPTIONS.resamples,
      columns,
      exclude,
      ...READING,
      ...RESULT,
    ],
    summary: "the few columns that tell most of one",
    description: "Selects the columns that together tell most of a target, one after the other.",
    help: SELECT_HELP,
    load: async () => (await import("./commands/select.js")).selectCommand,
  }),
  ofFiles("summary", {
    options: [OPTIONS.selectTarget, OPTIONS.summaryMost, columns, exclude, ...READING, ...RESULT],
    summary: "what each column tells of one, alone and two by two",
    description: "Tells what each column is and tells of a target, and what two tell apart and together.",
    help: SUMMARY_HELP,
    load: async () => (await import("./commands/summary.js")).summaryCommand,
  }),
  ofFiles("network", {
    options: [
      columns,
      exclude,
      ...READING,
      OPTIONS.method,
      OPTIONS.networkFdr,
      units,
      OPTIONS.networkFormat,
      out,
      OPTIONS.svg,
      report,
      seed,
      threads,
    ],
    summary: "what depends directly on what",
    description: "Draws the links between columns that no other columns explain.",
    help: NETWORK_HELP,
    load: async () => (await import("./commands/network.js")).networkCommand,
  }),
  ofFiles("compare", {
    options: [
      OPTIONS.by,
      columns,
      exclude,
      target,
      ...READING,
      units,
      OPTIONS.differencesFormat,
      out,
      report,
      seed,
      threads,
      OPTIONS.compareFdr,
      OPTIONS.compareTop,
    ],
    summary: "what differs between groups of rows, or between files",
    description:
      "Compares columns and the dependences of all pairs between groups of rows, or between files.",
    help: COMPARE_HELP,
    load: async () => (await import("./commands/compare.js")).compareCommand,
  }),
  ofFiles("plan", {
    options: [
      OPTIONS.job,
      OPTIONS.shards,
      columns,
      exclude,
      target,
      targetsFrom,
      ...READING,
      dateParts,
      ...ROW_OPTIONS,
      units,
      seed,
      screen,
      OPTIONS.replicates,
    ],
    summary: "cut all pairs of a large table into shards",
    description: "Cuts the pairs of a table into shards that any number of machines work on.",
    help: PLAN_HELP,
    load: async () => (await import("./commands/plan.js")).planCommand,
  }),
  ofJob("run", {
    options: [OPTIONS.shard, threads],
    summary: "do a shard of a job, or all that are left",
    description: "Estimates the pairs of a shard, or of all shards that are not finished.",
    help: RUN_HELP,
    load: async () => (await import("./commands/run.js")).runCommand,
  }),
  ofJob("submit", {
    options: [OPTIONS.queue],
    summary: "put the shards of a job into a queue",
    description: "Puts the shards that are not finished into a queue on Redis or PostgreSQL.",
    help: SUBMIT_HELP,
    load: async () => (await import("./commands/submit.js")).submitCommand,
  }),
  ofJob("work", {
    options: [OPTIONS.queue, OPTIONS.processes, OPTIONS.stalled],
    summary: "do shards from a queue until it is empty",
    description: "Takes shards from a queue, one in every child process, until none is left.",
    help: WORK_HELP,
    load: async () => (await import("./commands/work.js")).workCommand,
  }),
  ofJob("status", {
    options: [OPTIONS.missingShards, OPTIONS.queue, resultFormat],
    summary: "how far a job is",
    description: "Tells which shards of a job are finished, missing or damaged.",
    help: STATUS_HELP,
    load: async () => (await import("./commands/status.js")).statusCommand,
  }),
  ofJob("merge", {
    options: [matrixFormat, out, report, fdr, top],
    summary: "the result of a finished job",
    description: "Puts the shards together: the same bytes that infonet matrix would have written.",
    help: MERGE_HELP,
    load: async () => (await import("./commands/merge.js")).mergeCommand,
  }),
  {
    name: "mcp",
    takes: [ARGUMENTS.folder],
    options: [],
    summary: "answer an assistant (Model Context Protocol)",
    description: "Serves the tables of a folder to an assistant, by the Model Context Protocol.",
    help: MCP_HELP,
    async run([folder], context, version) {
      const { mcpCommand } = await import("./mcp/serve.js");
      await mcpCommand(folder as string, version, context, (words, of) => runCli(words, version, of));
    },
  },
];

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

  for (const { name, takes, usage, options, summary, description, help, run } of COMMANDS) {
    const command = shared(program.command(name)).summary(summary).description(description);
    for (const argument of takes) command.addArgument(argument);
    for (const option of options) command.addOption(option);
    if (usage !== undefined) command.usage(usage);
    command.addHelpText("after", help).action((...given: unknown[]) => run(given, context, version));
  }
  return program;
}
