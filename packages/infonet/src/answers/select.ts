/**
 * Which columns tell most of a target: forward selection on what each tells beyond those selected before (Battiti 1994; of information
 * itself, not of sums over pairs), a look at pairs that tell something only together, and a look back.
 */

import type { Engine } from "../engine/engine.js";
import { finiteNumber, readArgument, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { matrixOf } from "../pairs/estimate.js";
import { type AnswerColumn, answerColumns } from "./columns.js";
import { type Answer, answers, conditionalOf, type Watched, within } from "./evidence.js";
import { Explained } from "./explained.js";
import { FreedColumns } from "./freed.js";
import { strongestTogether } from "./together.js";
import type { SelectedColumn, Selection, SelectOptions } from "./types.js";

const SELECT = {
  ...MANY,
  most: wholeNumber(1, 10),
  level: finiteNumber((value) => value > 0 && value < 1, "a probability above 0 and below 1", 0.05),
} satisfies TableOf<SelectOptions>;

/** Shares of the level: of columns by themselves, and of two together. */
const SHARES = { alone: 0.6, together: 0.4 };
/** Information, in nats, that a column shares with one that says the same: a correlation of about 0.7. */
const LEAST_SHARED = 0.35;
/** Columns that are looked at for saying the same as one, at most. */
const MOST_SAME = 8;

/** What is known of a candidate. */
interface Candidate extends Answer {
  column: number;
}

/** What a column tells of the target by itself. */
interface Alone extends Candidate {
  interval: [number, number];
}

/** A column that was chosen, with what chose it. */
interface Choice extends Candidate {
  /** The column without which it tells nothing. */
  together?: number;
}

/**
 * The columns that tell most of a target.
 *
 * @throws InfoNetError "unknown-column" if there is no such target, "invalid-option"; AbortedError without a partial result
 */
export async function selectionOf(
  engine: Engine,
  columns: unknown,
  target: string,
  options: SelectOptions = {},
): Promise<Selection> {
  const { seed, units, most, level, signal, onProgress } = readOptions(options, SELECT);
  readArgument("target", target, {
    fallback: undefined,
    accepts: (value) => typeof value === "string",
    remedy: "the name of a column",
  });
  const read = answerColumns(columns, seed);
  const call = engine.call({ signal, onProgress }, "columns");
  return call.run(async () => {
    const watched = { call, signal };
    call.expect(2 * (read.length - 1));
    const matrix = await within(watched, () => matrixOf(engine, columns, { target, seed, signal }));
    await call.advance(read.length - 1);
    const positions = new Map(read.map(({ name }, place) => [name, place]));
    const positionOf = (name: string): number => positions.get(name) as number;
    const y = positionOf(target);
    const alone = new Map<number, Alone>();
    const failed: Selection["failed"] = [];
    for (const cell of matrix.pairs) {
      const name = cell.x === target ? cell.y : cell.x;
      const column = positionOf(name);
      if (cell.error !== undefined) failed.push({ column: name, error: cell.error, code: cell.code });
      else if (cell.pValue !== undefined) {
        const { mi, interval, pValue } = cell;
        alone.set(column, { column, mi, interval, pValue });
      }
    }
    const freed = new FreedColumns(read, await engine.workers(alone.size), seed);
    const search = new Search(engine, watched, freed, y, alone, level);
    const chosen = await search.forward(most);
    const kept = await search.back(chosen);
    const scale = unitScale(units);
    const selected = await described(engine, watched, read, y, kept, { alone, seed, scale });
    await search.addSame(kept, selected);
    const stopped =
      chosen.length >= most
        ? "as many as asked for"
        : chosen.length === alone.size && alone.size > 0
          ? "all columns are selected"
          : "nothing more is told";
    return { units, seed, model: matrix.model, target, selected, stopped, failed };
  });
}

/** A search for the columns that tell something of one. */
class Search {
  constructor(
    private readonly engine: Engine,
    private readonly watched: Watched,
    private readonly freed: FreedColumns,
    private readonly target: number,
    private readonly alone: ReadonlyMap<number, Candidate>,
    private readonly level: number,
  ) {}

  /** Columns one after the other, each the one that tells most beyond those before, as long as one is found. */
  async forward(most: number): Promise<Choice[]> {
    const chosen: Choice[] = [];
    while (chosen.length < most) {
      const known = chosen.map(({ column }) => column);
      const left = [...this.alone.keys()].filter((column) => !known.includes(column));
      if (left.length === 0) break;
      if (known.length > 0) this.watched.call.expect(left.length);
      const found = await this.#beyond(left, known);
      const told = found.filter(({ pValue }) => pValue * left.length <= SHARES.alone * this.level);
      await this.watched.call.advance(left.length);
      if (told.length > 0) chosen.push(told.reduce((a, b) => (b.mi > a.mi ? b : a)));
      else if (!(await this.#addPair(chosen, left, known, most))) break;
      this.freed.forget();
    }
    return chosen;
  }

  /** What columns tell of the target beyond others. */
  async #beyond(columns: readonly number[], known: readonly number[]): Promise<Candidate[]> {
    if (known.length === 0) return columns.map((column) => this.alone.get(column) as Candidate);
    const { engine, freed, target, watched } = this;
    await freed.ofAll([target, ...columns], known);
    const questions = columns.map((column) => ({ x: column, y: target, given: known }));
    const found = await answers(engine, freed, questions, watched);
    return found.flatMap((answer, k) => (answer === undefined ? [] : [{ column: columns[k], ...answer }]));
  }

  /** Adds two columns of which only both together tell something, or one that tells something together with one that is known. */
  async #addPair(
    chosen: Choice[],
    left: readonly number[],
    known: readonly number[],
    most: number,
  ): Promise<boolean> {
    const { freed, target, level } = this;
    const [own, ...others] = await freed.ofAll([target, ...left], known);
    const all = [...left, ...known];
    const functions = [...others, ...known.map((column) => freed.columns[column].functions)];
    const pair = strongestTogether(own, functions, left.length);
    if (pair === undefined || pair.pValue > SHARES.together * level) return false;
    const added = [pair.a, pair.b].filter((place) => place < left.length);
    if (chosen.length + added.length > most) return false;
    for (const place of added) {
      const other = place === pair.a ? pair.b : pair.a;
      chosen.push({ column: all[place], mi: 0, pValue: pair.pValue, together: all[other] });
    }
    return true;
  }

  /** Takes columns away that tell nothing beyond all others. */
  async back(chosen: readonly Choice[]): Promise<Choice[]> {
    let kept = [...chosen];
    while (kept.length > 1) {
      const { engine, freed, target, watched } = this;
      const questions = kept.map(({ column }) => ({
        x: column,
        y: target,
        given: kept.map((other) => other.column).filter((other) => other !== column),
      }));
      const found = await answers(engine, freed, questions, watched);
      freed.forget();
      const worst = kept
        .map((choice, k) => ({ choice, pValue: found[k]?.pValue ?? 0 }))
        .filter(({ choice, pValue }) => choice.together === undefined && pValue > this.level)
        .sort((a, b) => b.pValue - a.pValue)[0];
      if (worst === undefined) break;
      kept = kept.filter((choice) => choice !== worst.choice);
    }
    return kept;
  }

  /** Puts columns beside those selected that tell the same: each of the two tells nothing once the other is known. */
  async addSame(kept: readonly Choice[], selected: SelectedColumn[]): Promise<void> {
    const { engine, freed, target, alone, level, watched } = this;
    const columns = kept.map(({ column }) => column);
    const others = [...alone.values()]
      .filter(({ column, pValue }) => !columns.includes(column) && pValue * alone.size <= level)
      .map(({ column }) => column);
    if (others.length === 0) return;
    const explained = new Explained(freed.columns);
    const questions = columns.flatMap((column) => {
      const rest = columns.filter((other) => other !== column);
      return others
        .map((other) => ({ other, shared: explained.information(column, other, []) }))
        .filter(({ shared }) => shared > LEAST_SHARED)
        .sort((a, b) => b.shared - a.shared || a.other - b.other)
        .slice(0, MOST_SAME)
        .map(({ other }) => ({ x: column, y: target, given: [...rest, other], other }));
    });
    const found = await answers(engine, freed, questions, watched);
    for (const [k, { x, other }] of questions.entries()) {
      const answer = found[k];
      if (answer === undefined || answer.pValue <= level) continue;
      selected[columns.indexOf(x)].same.push(freed.columns[other].name);
    }
    freed.forget();
  }
}

/** What the selected columns tell, one after the other, as `conditional` has it. */
async function described(
  engine: Engine,
  watched: Watched,
  columns: readonly AnswerColumn[],
  target: number,
  chosen: readonly Choice[],
  { alone, seed, scale }: { alone: ReadonlyMap<number, Alone>; seed: number; scale: number },
): Promise<SelectedColumn[]> {
  const selected: SelectedColumn[] = [];
  let total = 0;
  watched.call.expect(chosen.length);
  for (const [k, { column, pValue, together }] of chosen.entries()) {
    const known = chosen.slice(0, k).map((choice) => columns[choice.column].given);
    const { mi, interval } =
      k === 0
        ? (alone.get(column) as Alone)
        : // Whether it tells anything is known.
          ((await conditionalOf(engine, watched, [columns[column].given, columns[target].given, known], {
            seed,
            permutations: 0,
          })) ?? UNKNOWN);
    total += scale * mi;
    selected.push({
      column: columns[column].name,
      gain: scale * mi,
      interval: [scale * interval[0], scale * interval[1]],
      total,
      pValue,
      same: [],
      ...(together !== undefined && { together: columns[together].name }),
    });
    await watched.call.advance(1);
  }
  return selected;
}

/** What is told of a gain that cannot be estimated. */
const UNKNOWN = { mi: 0, interval: [0, Number.POSITIVE_INFINITY] } as const;
