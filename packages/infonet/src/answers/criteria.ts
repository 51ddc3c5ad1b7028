/**
 * Selection by pairs and triples alone, for wide tables: what a column is worth beside those selected is put together of what it has with each
 * of them (Brown, Pocock, Zhao & Luján, JMLR 2012, who compare these criteria).
 */

import type { Engine } from "../engine/engine.js";
import { mean } from "../numerics/moments.js";
import { matrixOf } from "../pairs/estimate.js";
import type { Column } from "../types.js";
import { answers, type Watched, within } from "./evidence.js";
import type { FreedColumns } from "./freed.js";
import type { Candidate, Choice } from "./search.js";

/** What a selection is made of. */
export interface Selecting {
  engine: Engine;
  watched: Watched;
  list: readonly { name: string; values: Column }[];
  freed: FreedColumns;
  target: number;
  alone: ReadonlyMap<number, Candidate>;
  level: number;
  most: number;
  seed: number;
}

/** What a candidate has with each of the columns selected, in their order. */
interface Beside extends Candidate {
  /** Of `"mrmr"`, what the two share; else, what it tells of the target given that column. */
  each: { mi: number; pValue: number }[];
}

/** Worth of a candidate, in nats, and the p-value that says whether it is worth anything. */
type Criterion = (candidate: Beside) => { mi: number; pValue: number };

const jmi: Criterion = ({ each }) => ({
  mi: mean(each.map(({ mi }) => mi)),
  pValue: Math.min(1, each.length * Math.min(...each.map(({ pValue }) => pValue))),
});

const CRITERIA = {
  mrmr: ({ mi, pValue, each }) => ({ mi: mi - mean(each.map((one) => one.mi)), pValue }),
  jmi,
  // Of columns that tell nothing beyond those selected that the rows could show, what is seen beside these is mostly chance, and what each
  // tells by itself is not: that of the next best takes off noise.
  relevance: (candidate) => {
    const beside = jmi(candidate);
    return { mi: (candidate.mi + beside.mi) / 2, pValue: beside.pValue };
  },
  cmim: ({ each }) => ({
    mi: Math.min(...each.map(({ mi }) => mi)),
    pValue: Math.max(...each.map(({ pValue }) => pValue)),
  }),
} satisfies Record<string, Criterion>;

/** A criterion that is made of pairs and triples. */
export type PairCriterion = keyof typeof CRITERIA;

/**
 * Columns one after the other, each the one of the greatest worth, as long as one is worth something.
 *
 * @param before what was chosen already, by whatever criterion
 */
export async function selectedByPairs(
  name: PairCriterion,
  selecting: Selecting,
  before: readonly Choice[] = [],
): Promise<Choice[]> {
  const { alone, level, most, watched } = selecting;
  const chosen = [...before];
  const left = new Map<number, Beside>();
  for (const [column, candidate] of alone) left.set(column, { ...candidate, each: [] });
  for (const { column } of before) left.delete(column);
  const look = async (known: number): Promise<void> => {
    watched.call.expect(left.size);
    const columns = [...left.keys()];
    const found = await (name === "mrmr" ? shared : given)(columns, known, selecting);
    for (const [k, column] of columns.entries()) left.get(column)?.each.push(found[k]);
    await watched.call.advance(left.size);
  };
  if (chosen.length < most) for (const { column } of before) await look(column);
  while (chosen.length < most && left.size > 0) {
    const worth = [...left.values()].map((candidate) => ({
      column: candidate.column,
      ...(chosen.length === 0 ? candidate : CRITERIA[name](candidate)),
    }));
    const told = worth.filter(({ mi, pValue }) => level === 1 || (mi > 0 && pValue * left.size <= level));
    if (told.length === 0) break;
    const { column, mi, pValue } = told.reduce((a, b) => (b.mi > a.mi ? b : a));
    chosen.push({ column, mi, pValue });
    left.delete(column);
    if (chosen.length < most && left.size > 0) await look(column);
  }
  return chosen;
}

/** What columns tell of the target given another one. */
async function given(
  columns: readonly number[],
  known: number,
  { engine, watched, freed, target }: Selecting,
): Promise<Beside["each"]> {
  await freed.ofAll([target, ...columns], [known]);
  const questions = columns.map((column) => ({ x: column, y: target, given: [known] }));
  const found = await answers(engine, freed, questions, watched);
  freed.forget();
  return found.map((answer) => answer ?? { mi: 0, pValue: 1 });
}

/** What columns share with another one. */
async function shared(
  columns: readonly number[],
  known: number,
  { engine, watched, list, seed }: Selecting,
): Promise<Beside["each"]> {
  const pairs = columns.map((column): [string, string] => [list[column].name, list[known].name]);
  const matrix = await within(watched, (signal) => matrixOf(engine, list, { pairs, seed, signal }));
  return pairs.map(([x, y]) => {
    const cell = matrix.get(x, y);
    return { mi: cell?.error === undefined ? (cell?.mi ?? 0) : 0, pValue: 1 };
  });
}
