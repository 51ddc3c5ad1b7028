/** What assistants can ask: the commands by their own names, their options by the same words. */
import { z } from "zod";

/** A tool: a command whose answer is JSON. */
export interface Tool {
  /** That of the command. */
  name: string;
  title: string;
  description: string;
  /** Arguments that stand behind the table, in their order; all others are options. */
  columns: readonly string[];
  input: z.ZodObject;
}

const name = (what: string) => z.string().min(1).describe(what);
const names = (what: string) =>
  z.array(z.string().min(1)).min(1).describe(`${what}; temp_* and q1:q9 name several`);

const reading = {
  categorical: names("columns that are categories, such as codes").optional(),
  numeric: names("columns that are numbers: other text in them counts as missing").optional(),
};
const table = {
  table: name("path of the table from the allowed folder, as the tool `tables` lists it"),
  ...reading,
};
const units = { units: z.enum(["nats", "bits"]).optional().describe("nats unless said otherwise") };
const some = {
  columns: names("only these columns").optional(),
  exclude: names("all columns but these").optional(),
};
const pair = { x: name("a column"), y: name("another column") };
const series = {
  time: name("column of the times of the rows, which are then a series").optional(),
};
const rows = { ...series, cluster: name("column of what rows belong to, such as a patient").optional() };
const PAIR = ["x", "y"];

const TOP = 50;

export const TOOLS: readonly Tool[] = [
  {
    name: "columns",
    title: "What is in a table",
    description:
      "Tells what was read of every column of a table: kind (number, category, date …), range or levels, missing values, examples, and remarks. Ask this first of an unknown table.",
    columns: [],
    input: z.strictObject({ ...table, ...some }),
  },
  {
    name: "matrix",
    title: "What depends on what",
    description:
      "Mutual information of all pairs of columns, strongest first, with 90 % intervals, p-values and q-values (false discovery rate). With `target`, only pairs with these columns.",
    columns: [],
    input: z.strictObject({
      ...table,
      ...some,
      target: names("only pairs with one of these columns").optional(),
      ...rows,
      ...units,
      fdr: z.number().gt(0).max(1).optional().describe("only pairs dependent at this false discovery rate"),
      top: z.int().min(1).default(TOP).describe("pairs that are listed at most"),
    }),
  },
  {
    name: "estimate",
    title: "How much two columns tell of each other",
    description: "Mutual information of two columns, its 90 % interval, p-value, kinds, and warnings.",
    columns: PAIR,
    input: z.strictObject({ ...table, ...pair, ...rows, ...units }),
  },
  {
    name: "conditional",
    title: "What two columns share beyond others",
    description:
      "Conditional mutual information of two columns given others: 0 if the others explain all of what the two share.",
    columns: PAIR,
    input: z.strictObject({
      ...table,
      ...pair,
      given: names("the columns that are known"),
      ...rows,
      ...units,
    }),
  },
  {
    name: "joint",
    title: "How much groups of columns tell of each other",
    description:
      "Mutual information of two groups of columns together, also what shows only in several at once; synergy or redundancy.",
    columns: [],
    input: z.strictObject({
      ...table,
      x: names("the first group"),
      y: names("the second group"),
      ...rows,
      ...units,
    }),
  },
  {
    name: "select",
    title: "Which few columns tell most of one",
    description:
      "Selects columns that together tell most of a target, one after the other, each by what it tells beyond those before; stops by a test.",
    columns: [],
    input: z.strictObject({
      ...table,
      ...some,
      target: name("the column that others shall tell of"),
      most: z.int().min(1).optional().describe("columns to select at most (10)"),
      ...units,
    }),
  },
  {
    name: "summary",
    title: "What every column tells of one",
    description:
      "What every column tells of a target, with 90 % intervals and q-values, and what columns tell of it two by two: apart, together, twice.",
    columns: [],
    input: z.strictObject({
      ...table,
      ...some,
      target: name("the column that others shall tell of"),
      ...units,
    }),
  },
  {
    name: "network",
    title: "What is direct",
    description:
      "Links between columns that no other columns of the table explain, and the pairs that go through others. No direction, no cause.",
    columns: [],
    input: z.strictObject({ ...table, ...some, ...units }),
  },
  {
    name: "compare",
    title: "What differs between groups of rows",
    description:
      "Compares the dependence of every pair of columns between groups of rows, with a p-value each.",
    columns: [],
    input: z.strictObject({
      ...table,
      ...some,
      by: name("the column whose values are the groups"),
      ...units,
    }),
  },
  {
    name: "lags",
    title: "Which of two series leads",
    description:
      "Mutual information of two series at lags from -max_lag to max_lag rows, with p-values that allow for rows that depend on those before.",
    columns: PAIR,
    input: z.strictObject({
      ...table,
      ...pair,
      ...rows,
      max_lag: z.int().min(0).optional().describe("rows to look ahead and back (10)"),
      ...units,
    }),
  },
  {
    name: "transfer",
    title: "What the past of one series tells of another",
    description: "Transfer entropy of two series in both directions, beyond what each knows of its own past.",
    columns: PAIR,
    input: z.strictObject({ ...table, ...pair, ...rows, lag: z.int().min(1).optional(), ...units }),
  },
];

/** A name as a list of the command takes it: one field of a record of CSV. */
const field = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * The command line of a call.
 *
 * @param path of the table, known to be allowed
 * @param given the arguments, as the schema of the tool has read them
 */
export function commandLine(
  { name: command, columns }: Pick<Tool, "name" | "columns">,
  path: string,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const options = Object.entries(given)
    .filter(([key, value]) => key !== "table" && value !== undefined && !columns.includes(key))
    .map(([key, value]) => {
      const text = Array.isArray(value) ? value.map((each) => field(String(each))).join(",") : String(value);
      return `--${key.replaceAll("_", "-")}=${text}`;
    });
  // Behind "--" nothing is an option, whatever columns are called.
  return [command, ...options, "--format=json", "--", path, ...columns.map((key) => String(given[key]))];
}
