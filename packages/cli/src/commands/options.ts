/** Every argument and option of the commands, declared once: what it is called, its help, how it is read. */
import { Argument, Option } from "commander";
import type { JointOptions, NetworkOptions, SelectOptions, Units } from "infonet";
import { readQueueAddress } from "../jobs/queue-address.js";
import { readShard } from "../jobs/which-shard.js";
import { DATE_PARTS } from "../kinds/date-parts.js";
import type { DateOrder } from "../kinds/dates.js";
import { DIFFERENCES_FORMATS, MATRIX_FORMATS, NETWORK_FORMATS, RESULT_FORMATS } from "./formats.js";
import {
  columnNames,
  fileName,
  fileNames,
  oneOf,
  orderedLevels,
  type Reader,
  rowsOrTime,
  share,
  timeStep,
  wholeNumber,
  wholeNumberOrAll,
  wordList,
  wordsAmong,
} from "./readers.js";

/** Worker threads used at most unless `--threads` says otherwise: more hardly help a table of common size. */
export const MOST_DEFAULT_THREADS = 8;

/** Pairs that text shows unless `--top` says otherwise. */
export const DEFAULT_TOP = 25;

const UNITS = wordsOf<Units>({ nats: true, bits: true });
const BASES = wordsOf<NonNullable<JointOptions["basis"]>>({
  auto: true,
  given: true,
  whitened: true,
  canonical: true,
  nonlinear: true,
  neighbours: true,
});

const METHODS = wordsOf<NonNullable<NetworkOptions["method"]>>({
  conditional: true,
  clr: true,
  aracne: true,
});
const CRITERIA = wordsOf<NonNullable<SelectOptions["criterion"]>>({
  conditional: true,
  mrmr: true,
  jmi: true,
  cmim: true,
});

const DATE_ORDERS = wordsOf<DateOrder>({ dmy: true, mdy: true, ymd: true });
const DECIMALS = wordsOf<DecimalName>({ point: true, comma: true });

/** Names the queue where no option does: what is on a command line, other users of the machine see. */
export const QUEUE_VARIABLE = "INFONET_QUEUE";

/** A decimal mark, as shells take it without quotes. */
export type DecimalName = "point" | "comma";

const FILE_HELP = "CSV, TSV, Parquet, JSON, NDJSON or Arrow; also .gz, .zst; - for stdin";

/** The arguments by what they mean. */
export const ARGUMENTS = {
  files: new Argument("<FILE...>", FILE_HELP).argParser(fileNames("FILE")),
  file: new Argument("<FILE>", FILE_HELP).argParser(fileName("FILE", "a table")),
  job: new Argument("<JOB>", "folder of a job that infonet plan made").argParser(fileName("JOB", "a folder")),
  folder: new Argument("<FOLDER>", "the folder whose tables may be read").argParser(
    fileName("FOLDER", "a folder"),
  ),
  x: new Argument("<X>", "name of a column"),
  y: new Argument("<Y>", "name of another column"),
  maybeY: new Argument("[Y]", "name of another column"),
  /** Where files come first and columns last, what is beyond three arguments; without a help of its own. */
  more: new Argument("[MORE...]"),
};

/** The options by what they mean. A command names those that mean something for it. */
export const OPTIONS = {
  basis: choice("--basis <BASIS>", BASES).default("auto"),
  categorical: option(
    "--categorical <NAMES>",
    "columns that are categories, such as codes: their order means nothing",
    columnNames,
  ),
  cluster: new Option(
    "--cluster <COLUMN>",
    "rows with the same value there belong together, such as a patient's",
  ),
  columns: option(
    "--columns <NAMES>",
    "only these columns, with commas between them; temp_* and q1:q9 name several",
    columnNames,
  ),
  counts: new Option("--counts <COLUMN>", "how many rows each row stands for, as in a table of frequencies"),
  exclude: option("--exclude <NAMES>", "all columns but these", columnNames),
  fdr: option("--fdr <RATE>", "only pairs dependent at this false discovery rate, e.g. 0.05", share),
  compareFdr: option(
    "--fdr <RATE>",
    "only columns and pairs that differ at this false discovery rate, e.g. 0.05",
    share,
  ),
  given: option("--given <NAMES>", "the other columns, with commas between them", columnNames),
  by: new Option("--by <COLUMN>", "the column whose values are the groups (default: files are compared)"),
  matrixBy: new Option(
    "--by <COLUMN>",
    "a matrix for each of its values, and which pairs differ between them",
  ),
  matrixGiven: option(
    "--given <NAMES>",
    "what pairs share beyond these columns, with commas between them",
    columnNames,
  ),
  level: option(
    "--level <P>",
    "probability of selecting a column where none tells anything (default: 0.05); 1 for as many as --most",
    share,
  ),
  most: option("--most <N>", "columns to select, at most (default: 10)", (name) => wholeNumber(name, 1)),
  criterion: choice(
    "--criterion <NAME>",
    CRITERIA,
    "(default: conditional; the others look at pairs and triples alone, for wide tables)",
  ),
  resamples: option("--resamples <N>", "repeat it in N random halves of the rows", (name) =>
    wholeNumber(name, 1),
  ),
  summaryMost: option("--most <N>", "columns that are taken two by two (default: 3)", (name) =>
    wholeNumber(name, 0),
  ),
  method: choice(
    "--method <METHOD>",
    METHODS,
    "(default: conditional; the others look at pairs alone, for wide tables)",
  ),
  networkFdr: option("--fdr <RATE>", "false discovery rate of the links (default: 0.05)", share),
  differencesFormat: choice(
    "--format <FORMAT>",
    DIFFERENCES_FORMATS,
    "(default: text, or by the ending of --out)",
  ),
  networkFormat: choice("--format <FORMAT>", NETWORK_FORMATS, "(default: text, or by the ending of --out)"),
  selectTarget: new Option("--target <COLUMN>", "the column that others shall tell of"),
  header: new Option("--no-header", "the first row holds data, not names"),
  matrixFormat: choice("--format <FORMAT>", MATRIX_FORMATS, "(default: text, or by the ending of --out)"),
  out: option("--out <FILE>", "write the result there instead of to stdout", fileName),
  report: option("--report <FILE.html>", "also write a report with pictures, one file", fileName),
  resultFormat: choice("--format <FORMAT>", RESULT_FORMATS).default("text"),
  numeric: option(
    "--numeric <NAMES>",
    "columns that are numbers: other text in them counts as missing",
    columnNames,
  ),
  series: new Option("--series", "rows follow each other in time, at equal steps"),
  time: new Option("--time <COLUMN>", "times that the rows are sorted by; they are then a series"),
  diff: new Option("--diff", "changes from row to row instead of values; rows are then a series"),
  deseason: option(
    "--deseason <ROWS>",
    "values less the mean of their phase in a period of so many rows, such as 12",
    (name) => wholeNumber(name, 2),
  ),
  window: option(
    "--window <ROWS>",
    "pairs over time, in windows of so many rows, or of a time such as 90d",
    (name) => rowsOrTime(name, 30),
  ),
  step: option("--step <ROWS>", "from one window to the next (default: half a window)", (name) =>
    rowsOrTime(name, 1),
  ),
  gridStep: option(
    "--step <TIME>",
    "rows at equal steps of --time, such as 1d, 6h or 1mo; lags count steps",
    timeStep,
  ),
  lags: new Option(
    "--lags",
    "every pair at its best lag: who leads, and by how many rows; rows are then a series",
  ),
  matrixLag: option("--max-lag <N>", "with --lags: from -N to N rows (default: 10)", (name) =>
    wholeNumber(name, 0),
  ),
  maxLag: option("--max-lag <N>", "lags from -N to N rows", (name) => wholeNumber(name, 0)).default(10),
  lag: option("--lag <N>", "rows from the source to the target (default: 1)", (name) => wholeNumber(name, 1)),
  from: option(
    "--from <NAMES>",
    "columns that may tell of one, Y: which of them do, and how many rows before",
    columnNames,
  ),
  sourceLag: option("--max-lag <N>", "with --from: 1 to N rows from a source to Y (default: 5)", (name) =>
    wholeNumber(name, 1),
  ),
  history: option(
    "--history <N>",
    "rows of the target's own past that are given (default: its autoregression's, at most 5)",
    (name) => wholeNumber(name, 1),
  ),
  svg: option("--svg <FILE.svg>", "also draw a picture", fileName),
  date: option("--date <NAMES>", "columns that are dates: other text in them counts as missing", columnNames),
  dateParts: option(
    "--date-parts [PARTS]",
    `parts of dates as columns of their own, when.month and so on: ${DATE_PARTS.join(", ")} (default: all)`,
    (name) => wordsAmong(name, DATE_PARTS),
  ),
  dateOrder: choice(
    "--date-order <ORDER>",
    DATE_ORDERS,
    "where 01/02/2020 may be both (default: by evidence)",
  ),
  decimal: choice("--decimal <MARK>", DECIMALS, "before decimals (default: by evidence)"),
  missing: option(
    "--missing <WORDS>",
    'texts that count as missing, instead of the usual; "" for none but empty cells',
    wordList,
  ),
  ordered: option(
    "--ordered <COLUMN=a<b<c>",
    "a column of levels with an order, from low to high; once for each column",
    orderedLevels,
  ),
  job: option("--out <FOLDER>", "a new folder for the job", fileName),
  missingShards: new Option("--missing", "only the numbers of the missing shards, as schedulers take them"),
  queue: option(
    "--queue <URL>",
    `redis://… or postgres://… (default: ${QUEUE_VARIABLE} in the environment)`,
    readQueueAddress,
  ),
  processes: option("--processes <N>", "child processes (default: one a core)", (name) =>
    wholeNumber(name, 1),
  ),
  stalled: option("--stalled <SECONDS>", "a worker not heard of for so long is dead", (name) =>
    wholeNumber(name, 1),
  ).default(30),
  screen: option(
    "--screen <P>",
    "estimate only pairs whose quick test has at most this p-value, e.g. 0.001",
    share,
  ),
  replicates: option(
    "--replicates <N>",
    "also of N random halves of the rows; merge says how the estimates vary",
    (name) => wholeNumber(name, 2),
  ),
  shard: option(
    "--shard <K/N>",
    "the k-th of N shards (default: all that are left, or by a scheduler)",
    () => readShard,
  ),
  shards: option("--shards <N>", "how many shards (default: of a minute or two each, at most 1000)", (name) =>
    wholeNumber(name, 1),
  ),
  seed: option(
    "--seed <N>",
    "seed of the random ranks of ties and of parts of the rows; pairs have none",
    (name) => wholeNumber(name, 0),
  ).default(0),
  target: option("--target <NAMES>", "only pairs with one of these columns", columnNames),
  targetsFrom: option(
    "--targets-from <FILE>",
    "the same, from a file with one name a line, such as regulators",
    fileName,
  ),
  threads: option(
    "--threads <N>",
    `worker threads (default: all cores, at most ${MOST_DEFAULT_THREADS}; one for a small table)`,
    (name) => wholeNumber(name, 1),
  ),
  top: option(
    "--top <N>",
    `only the N strongest pairs, or all (default: ${DEFAULT_TOP} in text)`,
    wholeNumberOrAll,
  ),
  compareTop: option(
    "--top <N>",
    `only the N surest differences, or all (default: ${DEFAULT_TOP} in text)`,
    wholeNumberOrAll,
  ),
  units: choice("--units <UNITS>", UNITS).default("nats"),
  x: option("--x <NAMES>", "columns of the first group, with commas between them", columnNames),
  y: option("--y <NAMES>", "columns of the second group", columnNames),
};

/** The options that say how rows follow each other. */
export const IN_TIME = [OPTIONS.series, OPTIONS.time, OPTIONS.diff, OPTIONS.deseason];

/** The options that say how a table is read, for every command that reads one. */
export const READING = [
  OPTIONS.categorical,
  OPTIONS.numeric,
  OPTIONS.date,
  OPTIONS.ordered,
  OPTIONS.missing,
  OPTIONS.decimal,
  OPTIONS.dateOrder,
  OPTIONS.header,
];

/** The words of a type: the compiler asks for each of them and for no other. */
function wordsOf<Word extends string>(words: Record<Word, true>): Word[] {
  return Object.keys(words) as Word[];
}

/** @param reader makes the reader for the name of the option, which its errors begin with */
function option<Value>(flags: string, help: string, reader: (name: string) => Reader<Value>): Option {
  const [name] = flags.split(" ");
  return new Option(flags, help).argParser(reader(name));
}

function choice(flags: string, words: readonly string[], more = ""): Option {
  const help = `${words.slice(0, -1).join(", ")} or ${words.at(-1)} ${more}`.trimEnd();
  return option(flags, help, (name) => oneOf(name, words));
}
