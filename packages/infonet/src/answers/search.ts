/**
 * Forward selection on what each column tells beyond those selected before (Battiti 1994; of information itself, not of sums over pairs), a look
 * at pairs that tell something only together, and a look back.
 */

import type { Engine } from "../engine/engine.js";
import type { ConditionalInformation } from "../multivariate/types.js";
import { mean } from "../numerics/moments.js";
import { type Answer, answers, conditionalSeen, confirmed, LEVEL, type Watched } from "./evidence.js";
import { Explained } from "./explained.js";
import type { FreedColumns } from "./freed.js";
import { strongestTogether } from "./together.js";

/** Shares of the level: of columns by themselves, and of two together. */
const SHARES = { alone: 0.6, together: 0.4 };
/** Information, in nats, that a column shares with one that says the same: a correlation of about 0.7. */
const LEAST_SHARED = 0.35;
/** Columns that are looked at for saying the same as one, at most. */
const MOST_SAME = 8;

/** Candidates that come close to the one that tells most, that one included. */
const CLOSEST = 8;
/** Divisions of the rows into parts that foretell each other, over which they are compared. */
const DIVISIONS = 5;
/** What a column tells by itself counts as much as this many rows. */
const PRIOR_ROWS = 40;

/** What is known of a candidate. */
export interface Candidate extends Answer {
  column: number;
}

/** A column that was chosen, with what chose it. */
export interface Choice extends Candidate {
  /** The column without which it tells nothing. */
  together?: number;
}

/** A search for the columns that tell something of one. */
export class Search {
  /** Columns that could not be looked at, for want of rows, with those that they should have told something beyond. */
  readonly unseen = new Map<number, readonly number[]>();
  readonly #conditional = new Map<string, Promise<ConditionalInformation | undefined>>();

  constructor(
    private readonly engine: Engine,
    private readonly watched: Watched,
    private readonly freed: FreedColumns,
    private readonly target: number,
    private readonly alone: ReadonlyMap<number, Candidate>,
    private readonly level: number,
    private readonly seed: number,
  ) {}

  /** What conditional information sees of a column and the target beyond others; looked at once. */
  conditional(column: number, given: readonly number[]): Promise<ConditionalInformation | undefined> {
    const key = [column, ...given].join();
    const known = this.#conditional.get(key);
    if (known !== undefined) return known;
    const { engine, freed, target, watched, seed } = this;
    const question = { x: column, y: target, given };
    const found = conditionalSeen(engine, watched, freed.columns, question, seed);
    this.#conditional.set(key, found);
    return found;
  }

  /** Columns one after the other, each the one that tells most beyond those before, as long as one is found. */
  async forward(most: number): Promise<Choice[]> {
    const chosen: Choice[] = [];
    while (chosen.length < most) {
      const known = chosen.map(({ column }) => column);
      const left = [...this.alone.keys()].filter((column) => !known.includes(column));
      if (left.length === 0) break;
      if (known.length > 0) this.watched.call.expect(left.length);
      const found = await this.#beyond(left, known);
      const threshold = (SHARES.alone * this.level) / left.length;
      const told = await this.#confirmed(found, known, threshold);
      await this.watched.call.advance(left.length);
      const best = await this.#standing(told, known);
      if (best !== undefined) chosen.push(best);
      else if (!(await this.#addPair(chosen, left, known, most))) break;
      this.freed.forget();
    }
    return chosen;
  }

  /** Those whose p-value is at most such a one, at a second look too. */
  async #confirmed(
    found: readonly Candidate[],
    known: readonly number[],
    threshold: number,
  ): Promise<Candidate[]> {
    const { engine, freed, target, watched } = this;
    const told: Candidate[] = [];
    for (const candidate of found) {
      if (candidate.pValue > threshold) continue;
      const question = { x: candidate.column, y: target, given: known };
      const { pValue } = await confirmed(engine, freed, question, candidate, watched);
      if (pValue <= threshold) told.push({ ...candidate, pValue });
    }
    return told;
  }

  /** The one of several that tells most, of those of which conditional information itself is seen. */
  async #standing(told: readonly Candidate[], known: readonly number[]): Promise<Candidate | undefined> {
    let left = told;
    for (let look = 0; look < CLOSEST && left.length > 0; look++) {
      const found = await this.#most(left, known);
      if (known.length === 0) return found;
      const seen = await this.conditional(found.column, known);
      if (seen?.pValue === undefined || seen.pValue <= LEVEL) return found;
      left = left.filter((candidate) => candidate !== found);
    }
    return undefined;
  }

  /**
   * The one of several that tells most. What is seen beyond those selected is partly chance: those that come close are compared by its mean
   * over further divisions of the rows, drawn to what each tells by itself.
   */
  async #most(told: readonly Candidate[], known: readonly number[]): Promise<Candidate> {
    const closest = [...told].sort((a, b) => b.mi - a.mi || a.column - b.column).slice(0, CLOSEST);
    if (known.length === 0 || closest.length === 1) return closest[0];
    const columns = closest.map(({ column }) => column);
    const seen = new Map(closest.map(({ column, mi }) => [column, [mi]]));
    for (let division = 1; division < DIVISIONS; division++) {
      const again = await this.#beyond(columns, known, this.freed.divided(division));
      for (const { column, mi } of again) seen.get(column)?.push(mi);
    }
    const rows = this.freed.columns[this.target].functions[0].length;
    const drawn = PRIOR_ROWS / (PRIOR_ROWS + rows);
    const worth = ({ column }: Candidate): number =>
      (1 - drawn) * mean(seen.get(column) as number[]) + drawn * (this.alone.get(column) as Candidate).mi;
    return closest.reduce((a, b) => (worth(b) > worth(a) ? b : a));
  }

  /** What columns tell of the target beyond others. */
  async #beyond(
    columns: readonly number[],
    known: readonly number[],
    freed = this.freed,
  ): Promise<Candidate[]> {
    if (known.length === 0) return columns.map((column) => this.alone.get(column) as Candidate);
    const { engine, target, watched } = this;
    await freed.ofAll([target, ...columns], known);
    const questions = columns.map((column) => ({ x: column, y: target, given: known }));
    const found = await answers(engine, freed, questions, watched);
    for (const [k, answer] of found.entries()) {
      if (answer === undefined) this.unseen.set(columns[k], known);
      else this.unseen.delete(columns[k]);
    }
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

  /** Columns that say the same as each of those selected: each of the two tells nothing once the other is known. */
  async same(kept: readonly Choice[]): Promise<number[][]> {
    const found: number[][] = kept.map(() => []);
    const { engine, freed, target, alone, level, watched } = this;
    const columns = kept.map(({ column }) => column);
    const others = [...alone.values()]
      .filter(({ column, pValue }) => !columns.includes(column) && pValue * alone.size <= level)
      .map(({ column }) => column);
    if (others.length === 0) return found;
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
    const answered = await answers(engine, freed, questions, watched);
    for (const [k, { x, other }] of questions.entries()) {
      const answer = answered[k];
      if (answer !== undefined && answer.pValue > level) found[columns.indexOf(x)].push(other);
    }
    freed.forget();
    return found;
  }
}
