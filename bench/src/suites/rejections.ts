/** How often tests reject over many draws of a law. */
import { percent, Random } from "@infonet/training/evaluate";
import type { Column } from "infonet";
import type { Measured } from "../report.js";
import type { Context } from "./suite.js";

/** Tables and notes of a part of a suite, and pictures where it has some. */
export type Part = Omit<Measured, "pictures"> & Partial<Pick<Measured, "pictures">>;

/** What the network's test is called in tables. */
export const OWN = "InfoNet";

/** A sample, and the p-values that other tests give to it. */
export interface Trial {
  x: Column;
  y: Column;
  others?: Readonly<Record<string, number>>;
}

/** Draws of a law at one sample size. */
export interface Plan {
  /** Key in the journal, and what is being done. */
  label: string;
  /** First of the streams of random numbers of the draws. */
  stream: number;
  draws: number;
  /** Rows of a draw. */
  n: number;
  levels: readonly number[];
  draw(rng: Random): Trial;
}

/** P-values of one test. */
export interface Tally {
  /** How many are at or below each level. */
  rejected: number[];
  largest: number;
}

/** Tallies of all tests by name, {@link OWN} among them. */
export interface Tallies {
  draws: number;
  tests: Record<string, Tally>;
  /** Samples that were refused: they count as not rejected. */
  refused: number;
}

/** Most draws of a case, and most cases of a part: what keeps streams of random numbers apart. */
const DRAWS = 2 ** 24;
const CASES = 2 ** 12;

/** Where the streams of a case begin. Parts are numbered from 1: streams below belong to the shapes. */
export const streamOf = (part: number, at: number): number => (part * CASES + at) * DRAWS;

/** Rows that a piece of the journal has at most: a few seconds' worth. */
const ROWS_AT_ONCE = 200_000;
const SAMPLES_AT_ONCE = 250;

/** Tests all draws, piece by piece. */
export async function rejections(context: Context, plan: Plan): Promise<Tallies> {
  const { journal, tell } = context;
  const chunk = Math.min(SAMPLES_AT_ONCE, Math.max(1, Math.floor(ROWS_AT_ONCE / plan.n)));
  const pieces: Tallies[] = [];
  for (let from = 0; from < plan.draws; from += chunk) {
    const size = Math.min(chunk, plan.draws - from);
    tell(`${plan.label}: ${from} of ${plan.draws} samples`);
    pieces.push(
      await journal.once(`${plan.label} / ${from}, ${size}`, () => piece(context, plan, from, size)),
    );
  }
  return together(pieces);
}

async function piece(
  { net, seed, signal }: Context,
  { stream, levels, draw }: Plan,
  from: number,
  size: number,
): Promise<Tallies> {
  const trials = Array.from({ length: size }, (_, k) => draw(new Random(seed, stream + from + k)));
  const results = await net.estimateMany(
    trials.map(({ x, y }) => [x, y] as const),
    { signal },
  );
  const values: Record<string, number[]> = { [OWN]: [] };
  let refused = 0;
  results.forEach((result, k) => {
    if (result.error !== undefined) refused++;
    else if (result.pValue === undefined) throw new Error("The model has no null table, hence no p-values.");
    else values[OWN].push(result.pValue);
    for (const [name, p] of Object.entries(trials[k].others ?? {})) {
      values[name] ??= [];
      values[name].push(p);
    }
  });
  const tests = Object.entries(values).map(([name, ps]): [string, Tally] => [
    name,
    {
      rejected: levels.map((level) => ps.filter((p) => p <= level).length),
      largest: Math.max(0, ...ps),
    },
  ]);
  return { draws: size, tests: Object.fromEntries(tests), refused };
}

/** Tallies of pieces with the same tests and levels as those of all their draws. */
export function together(pieces: readonly Tallies[]): Tallies {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const tests = Object.keys(pieces[0].tests).map((name): [string, Tally] => {
    const own = pieces.map(({ tests }) => tests[name]);
    return [
      name,
      {
        rejected: own[0].rejected.map((_, l) => sum(own.map(({ rejected }) => rejected[l]))),
        largest: Math.max(...own.map(({ largest }) => largest)),
      },
    ];
  });
  return {
    draws: sum(pieces.map(({ draws }) => draws)),
    tests: Object.fromEntries(tests),
    refused: sum(pieces.map(({ refused }) => refused)),
  };
}

/** Share of the draws that a test rejects, at the level of that place. */
export const shareOf = ({ draws, tests }: Tallies, name: string, level = 0): number =>
  tests[name].rejected[level] / draws;

/** The same for a table. */
export const shown = (tallies: Tallies, name: string, level = 0): string =>
  percent(shareOf(tallies, name, level));
