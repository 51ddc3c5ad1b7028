/** Whether columns depend on each other once others are known: the freed columns go through the network like any pair. */

import { sameOrder } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { AbortedError, InfoNetError } from "../errors.js";
import type { LongCall } from "../long-call.js";
import { conditionalInformation } from "../multivariate/conditional.js";
import type { ConditionalInformation, ConditionalOptions } from "../multivariate/types.js";
import { estimatesOf } from "../pairs/estimate.js";
import type { Column, PairResult } from "../types.js";
import type { AnswerColumn } from "./columns.js";
import type { FreedColumns } from "./freed.js";

/** A question about two columns. */
export interface Question {
  x: number;
  y: number;
  /** Positions of what is known. */
  given: readonly number[];
}

/** A call, and the signal that ends it. */
export interface Watched {
  call: LongCall;
  signal: AbortSignal | undefined;
}

/** A call within another one, which is the one that is ended. */
export async function within<Result>(
  { call, signal }: Watched,
  work: (signal: AbortSignal | undefined) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(signal);
  } catch (error) {
    if (!(error instanceof AbortedError)) throw error;
    call.check();
    throw error.cause;
  }
}

/** What was found. */
export interface Answer {
  /** Information of the freed columns, in nats: of numbers about I(X; Y | given), of levels a bound from below. */
  mi: number;
  pValue: number;
}

/**
 * Answers questions: those of numbers in one batch. Of a column of several functions the strongest counts, with Bonferroni's correction.
 * Two columns of levels are counted in the strata of what is known: what is left of an indicator has still the pattern of its strata.
 *
 * @returns undefined where there is no answer: too few rows, a rest without variance
 */
export async function answers(
  engine: Engine,
  freed: FreedColumns,
  questions: readonly Question[],
  watched: Watched,
): Promise<(Answer | undefined)[]> {
  const sides = await Promise.all(
    questions.map(async (question) => {
      if (isCounted(freed, question) || isCopied(freed, question)) return [[], []];
      const found = await freed.ofAll([question.x, question.y], question.given);
      await watched.call.pause();
      return found;
    }),
  );
  const pairs: [Column, Column][] = [];
  const ends = sides.map(([own, other], k) => {
    for (const a of own) for (const b of other) pairs.push([a, b]);
    const tests = pairs.length;
    if (own.length > 0) pairs.push(...wholeLevels(freed, questions[k], [own, other]));
    return { tests, all: pairs.length };
  });
  const results = await within(watched, (signal) => estimatesOf(engine, pairs, { signal }));
  const found: (Answer | undefined)[] = [];
  for (const [k, question] of questions.entries()) {
    if (isCopied(freed, question)) found.push({ mi: 0, pValue: 1 });
    else if (isCounted(freed, question)) found.push(await byConditional(engine, freed, question, watched));
    else {
      const from = ends[k - 1]?.all ?? 0;
      found.push(strongest(results.slice(from, ends[k].tests), results.slice(ends[k].tests, ends[k].all)));
    }
  }
  return found;
}

/**
 * All levels of one column beside a number, freed of what is given, which shares with them no more than it does given that: another bound from
 * below, which counts what any of the levels tell. It is no test: what a number was not freed of would be taken for dependence.
 */
function wholeLevels(
  { columns }: FreedColumns,
  { x, y }: Question,
  [own, other]: readonly Float64Array[][],
): [Column, Column][] {
  const beside = (codes: Float64Array | undefined, [number]: readonly Float64Array[]): [Column, Column][] =>
    codes === undefined ? [] : [[{ values: codes, kind: "category" }, number]];
  if (columns[x].levels === columns[y].levels) return [];
  return columns[x].levels ? beside(columns[x].codes, other) : beside(columns[y].codes, own);
}

function isCounted({ columns }: FreedColumns, { x, y, given }: Question): boolean {
  return given.length > 0 && columns[x].levels && columns[y].levels;
}

/** Whether a column that is known orders the rows as one of the two does, of which nothing is left then. */
function isCopied({ columns }: FreedColumns, { x, y, given }: Question): boolean {
  return given.some((known) => [x, y].some((own) => sameOrder(columns[known].coded, columns[own].coded)));
}

/** The answer that conditional information itself gives. */
async function byConditional(
  engine: Engine,
  { columns }: FreedColumns,
  { x, y, given }: Question,
  watched: Watched,
): Promise<Answer | undefined> {
  const found = await conditionalOf(engine, watched, columnsOf(columns, { x, y, given }));
  return found?.pValue === undefined ? undefined : { mi: found.mi, pValue: found.pValue };
}

/** The columns that a question is about. */
function columnsOf(columns: readonly AnswerColumn[], { x, y, given }: Question): [Column, Column, Column[]] {
  return [columns[x].given, columns[y].given, given.map((column) => columns[column].given)];
}

/** Below this many nats, what is left of a column may be what it was not freed of. */
const FAINT = 0.05;

/**
 * A second look at faint dependence beyond others, by conditional information itself: columns are freed of a place and a spread that hang on
 * what is known, and where their distribution hangs on it in another way, a little is left that is no dependence of the two.
 */
export async function confirmed(
  engine: Engine,
  freed: FreedColumns,
  question: Question,
  answer: Answer,
  watched: Watched,
): Promise<Answer> {
  // What is counted is conditional information already.
  if (answer.mi >= FAINT || question.given.length === 0 || isCounted(freed, question)) return answer;
  const found = await byConditional(engine, freed, question, watched);
  return { mi: answer.mi, pValue: Math.max(answer.pValue, found?.pValue ?? 0) };
}

/** From this p-value on, what is seen may be chance. */
export const LEVEL = 0.05;

/**
 * Conditional information of which it is thought that there is some. What does not show without permutations, such as a slope of either sign,
 * would count as none: there they are drawn.
 */
export async function conditionalSeen(
  engine: Engine,
  watched: Watched,
  columns: readonly AnswerColumn[],
  question: Question,
  seed: number,
): Promise<ConditionalInformation | undefined> {
  const asked = columnsOf(columns, question);
  const found = await conditionalOf(engine, watched, asked, { seed, permutations: 0 });
  return found === undefined || (found.pValue ?? 1) <= LEVEL
    ? found
    : conditionalOf(engine, watched, asked, { seed });
}

/** Why there is no answer beyond others. */
export function unseenBeyond(names: readonly string[]): string {
  const beyond = names.map((name) => JSON.stringify(name)).join(", ");
  return `beyond ${beyond} there are too few rows in which all have a value, or nothing that varies.`;
}

/** Conditional information of two columns given others; undefined where these cannot be estimated. */
export async function conditionalOf(
  engine: Engine,
  watched: Watched,
  [x, y, known]: readonly [Column, Column, readonly Column[]],
  options: Pick<ConditionalOptions, "seed" | "permutations"> = {},
): Promise<ConditionalInformation | undefined> {
  try {
    return await within(watched, (signal) =>
      conditionalInformation(engine, x, y, known, { ...options, signal }),
    );
  } catch (error) {
    if (error instanceof InfoNetError && error.code !== "disposed") return undefined;
    throw error;
  }
}

/** @param bounds further ones of the information, without a test */
function strongest(tests: readonly PairResult[], bounds: readonly PairResult[]): Answer | undefined {
  const found = tests.flatMap((result) =>
    result.error === undefined && result.pValue !== undefined
      ? [{ mi: result.mi, pValue: result.pValue }]
      : [],
  );
  if (found.length === 0) return undefined;
  const more = bounds.flatMap((result) => (result.error === undefined ? [result.mi] : []));
  return {
    mi: Math.max(...found.map(({ mi }) => mi), ...more),
    pValue: Math.min(1, found.length * Math.min(...found.map(({ pValue }) => pValue))),
  };
}
