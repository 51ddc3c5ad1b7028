/**
 * Test of independence of two variables of several columns by permutations of the rows, exact for any number of rows
 * and columns.
 *
 * Four statistics are looked at together, each measured in standard deviations of its permutations; the largest counts. As all
 * orders of the rows are treated alike, the actual one among them, the rank of its largest is exactly uniform under
 * independence.
 */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import { nextTest, PERMUTED } from "../independence/permuted-statistics.js";
import { readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { LONG } from "../input/tables.js";
import type { Variable } from "../input/variables.js";
import { sizeWarnings } from "../input/warnings.js";
import { mean, squaresAbout } from "../numerics/moments.js";
import type { IndependenceOptions, IndependenceTest } from "./types.js";
import { readSides } from "./variables.js";

/** Rows beyond which the kernels would take too long; by then everything but the faintest dependence is found. */
const MOST_ROWS = 1500;
/** Permutations of one task. */
const BLOCK = 10;

const OPTIONS = { ...LONG, permutations: wholeNumber(19, 199) } satisfies TableOf<IndependenceOptions>;

/**
 * Tests independence.
 *
 * @throws InfoNetError for what cannot be read, AbortedError (without a partial result) if the signal ends it
 */
export async function independenceTest(
  engine: Engine,
  x: Variable,
  y: Variable,
  options: IndependenceOptions = {},
): Promise<IndependenceTest> {
  const { seed, permutations, ...watched } = readOptions(options, OPTIONS);
  const given = [
    { name: "X", value: x },
    { name: "Y", value: y },
  ];
  const read = readSides(given, seed, MOST_ROWS);
  const [a, b] = read.sides.map(({ scores }) => scores);
  const call = engine.call(watched, "permutations");
  call.expect(permutations);
  const rows: number[][] = new Array(1 + permutations);
  await call.run(async () => {
    const test = { number: nextTest(), x: a, y: b, seed };
    await runBatches(rows.keys(), await engine.workers((permutations * read.n ** 2) / ENTRIES_A_PAIR), {
      task: PERMUTED,
      largestBatch: BLOCK,
      points: () => read.n,
      input: (permutations) => ({ ...test, permutations }),
      async onBatch(batch, statistics) {
        for (const [k, permutation] of batch.entries()) rows[permutation] = statistics[k];
        await call.advance(batch.filter((permutation) => permutation > 0).length);
      },
    });
  });
  const largest = largestDeviations(rows);
  const asExtreme = largest.filter((value) => value >= largest[0]).length;
  return {
    statistic: largest[0],
    pValue: asExtreme / (1 + permutations),
    permutations,
    n: read.complete,
    warnings: [...read.warnings, ...sizeWarnings(read.complete, read.n, engine.model.rows)],
  };
}

/** Entries of a kernel that take as long to go through as the network takes for a pair. */
const ENTRIES_A_PAIR = 200_000;

/** For every order of the rows, its largest statistic in standard deviations over all of them. */
function largestDeviations(rows: readonly number[][]): number[] {
  const count = rows.length;
  const scaled = rows[0].map((_, k) => {
    const values = rows.map((row) => row[k]);
    const middle = mean(values);
    const deviation = Math.sqrt(squaresAbout(values, middle) / count);
    return values.map((v) => (deviation > 0 ? (v - middle) / deviation : 0));
  });
  return rows.map((_, k) => Math.max(...scaled.map((values) => values[k])));
}
