/** Which columns tell most of a target, how far they can be trusted, and which of them say the same. */

import type { Engine } from "../engine/engine.js";
import { readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { completeRows } from "../input/missing.js";
import {
  finiteNumber,
  oneOf,
  readArgument,
  readOptions,
  type TableOf,
  wholeNumber,
} from "../input/options.js";
import { MANY, NAME } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import type { LongCall } from "../long-call.js";
import { shuffled, stream } from "../numerics/random.js";
import { matrixOf } from "../pairs/estimate.js";
import type { Column } from "../types.js";
import { type AnswerColumn, answerColumns } from "./columns.js";
import { type PairCriterion, selectedByPairs } from "./criteria.js";
import { LEVEL, unseenBeyond, type Watched, within } from "./evidence.js";
import { FreedColumns } from "./freed.js";
import { partOf, rowsOf } from "./groups.js";
import { type Candidate, type Choice, Search } from "./search.js";
import type { SelectedColumn, Selection, SelectOptions } from "./types.js";

const SELECT = {
  ...MANY,
  most: wholeNumber(1, 10),
  level: finiteNumber((value) => value > 0 && value <= 1, "a probability above 0, up to 1", LEVEL),
  criterion: oneOf(["conditional", "mrmr", "jmi", "cmim"], "conditional"),
  resamples: wholeNumber(0, 0, 1000),
} satisfies TableOf<SelectOptions>;

/** What all searches of a call have in common. */
interface Settings {
  target: string;
  seed: number;
  most: number;
  level: number;
  criterion: NonNullable<SelectOptions["criterion"]>;
}

/** What a column tells of the target by itself. */
interface Alone extends Candidate {
  interval: [number, number];
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
  const { units, resamples, signal, onProgress, ...others } = readOptions(options, SELECT);
  readArgument("target", target, NAME);
  const settings = { ...others, target };
  const { seed, most, criterion } = settings;
  const list = readColumns(columns);
  const call = engine.call({ signal, onProgress }, "columns");
  return call.run(async () => {
    const watched = { call, signal };
    const found = await searched(engine, watched, list, settings);
    const { read, alone, entropy, search, chosen, kept, failed } = found;
    const scale = unitScale(units);
    const selected = await described(call, read, kept, { alone, entropy, search, scale, y: found.y });
    for (const [k, same] of (await search.same(kept)).entries()) {
      selected[k].same = same.map((column) => read[column].name);
    }
    for (const [column, known] of search.unseen) {
      if (chosen.some((choice) => choice.column === column)) continue;
      const error = `cannot be looked at: ${unseenBeyond(known.map((place) => read[place].name))}`;
      failed.push({ column: read[column].name, error, code: "too-few-samples" });
    }
    const stopped =
      chosen.length >= most
        ? "as many as asked for"
        : kept.length === alone.size && alone.size > 0
          ? "all columns are selected"
          : "nothing more is told";
    const stability = await stabilityOf(engine, watched, list, settings, resamples);
    if (stability !== undefined) {
      for (const column of selected) column.stability = stability.of([column.column, ...column.same]);
    }
    return {
      ...{ units, seed, model: found.model, target, criterion, selected },
      ...(stability !== undefined && { stability: stability.columns }),
      stopped,
      failed,
    };
  });
}

/** What a search has found. */
interface Searched {
  model: string;
  read: readonly AnswerColumn[];
  /** Position of the target. */
  y: number;
  alone: ReadonlyMap<number, Alone>;
  /** All that there is to tell of the target, in nats: infinite where it is numbers. */
  entropy: number;
  search: Search;
  /** Columns in the order in which they were taken, and those that were kept. */
  chosen: Choice[];
  kept: Choice[];
  failed: Selection["failed"];
}

async function searched(
  engine: Engine,
  watched: Watched,
  list: readonly { name: string; values: Column }[],
  { target, seed, most, level, criterion }: Settings,
): Promise<Searched> {
  const { call } = watched;
  const read = answerColumns(list, seed);
  call.expect(2 * (read.length - 1));
  const matrix = await within(watched, (signal) => matrixOf(engine, list, { target, seed, signal }));
  await call.advance(read.length - 1);
  const positions = new Map(read.map(({ name }, place) => [name, place]));
  const positionOf = (name: string): number => positions.get(name) as number;
  const y = positionOf(target);
  const alone = new Map<number, Alone>();
  const failed: Selection["failed"] = [];
  let entropy = Number.POSITIVE_INFINITY;
  for (const cell of matrix.pairs) {
    const side = cell.x === target ? 0 : 1;
    const name = side === 0 ? cell.y : cell.x;
    const column = positionOf(name);
    if (cell.error !== undefined) failed.push({ column: name, error: cell.error, code: cell.code });
    else if (cell.pValue !== undefined) {
      const { mi, interval, pValue } = cell;
      alone.set(column, { column, mi, interval, pValue });
      entropy = cell.entropies[side] ?? entropy;
    }
  }
  const freed = new FreedColumns(read, await engine.workers(alone.size), seed);
  // At 1 the level does not end the search, but where the rows tell no more still is where the search has to go on otherwise.
  const search = new Search(engine, watched, freed, y, alone, level < 1 ? level : LEVEL, seed);
  const byPairs = (name: PairCriterion, before: readonly Choice[] = []): Promise<Choice[]> =>
    selectedByPairs(name, { engine, watched, list, freed, target: y, alone, level, most, seed }, before);
  const found = criterion === "conditional" ? await search.forward(most) : await byPairs(criterion);
  const chosen = criterion === "conditional" && level === 1 ? await byPairs("relevance", found) : found;
  const kept = criterion === "conditional" && level < 1 ? await search.back(chosen) : chosen;
  return { model: matrix.model, read, y, alone, entropy, search, chosen, kept, failed };
}

/** No seed of the user's draws halves as anything else is drawn. */
const HALVES = 0x4a1f;

/**
 * In which share of random halves of the rows columns are selected (stability selection, Meinshausen & Bühlmann 2010).
 *
 * @returns undefined of no halves
 */
async function stabilityOf(
  engine: Engine,
  watched: Watched,
  list: readonly { name: string; values: Column }[],
  settings: Settings,
  halves: number,
): Promise<
  { columns: NonNullable<Selection["stability"]>; of: (names: readonly string[]) => number } | undefined
> {
  if (halves === 0) return undefined;
  const rows = rowsOf(list[0].values);
  const found: ReadonlySet<string>[] = [];
  for (let half = 0; half < halves; half++) {
    const some = shuffled(rows, stream(settings.seed, HALVES, half))
      .subarray(0, rows >> 1)
      .sort();
    const part = list.map(({ name, values }) => ({ name, values: partOf(values, some) }));
    const { read, kept } = await searched(engine, watched, part, settings);
    found.push(new Set(kept.map(({ column }) => read[column].name)));
  }
  const of = (names: readonly string[]): number =>
    found.filter((own) => names.some((name) => own.has(name))).length / halves;
  const columns = list
    .map(({ name }) => ({ column: name, share: of([name]) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  return { columns, of };
}

/** What the selected columns tell, one after the other, as `conditional` has it. */
async function described(
  call: LongCall,
  columns: readonly AnswerColumn[],
  chosen: readonly Choice[],
  {
    alone,
    entropy,
    search,
    scale,
    y,
  }: Pick<Searched, "alone" | "entropy" | "search" | "y"> & { scale: number },
): Promise<SelectedColumn[]> {
  const selected: SelectedColumn[] = [];
  // Errors of gains are taken for independent, as those of the pairs of a vine are.
  let [total, below, above] = [0, 0, 0];
  const known = [valuesOf(columns[y])];
  call.expect(chosen.length);
  for (const [k, { column, pValue, together }] of chosen.entries()) {
    known.push(valuesOf(columns[column]));
    const given = chosen.slice(0, k).map((choice) => choice.column);
    const found =
      k === 0 ? (alone.get(column) as Alone) : ((await search.conditional(column, given)) ?? UNKNOWN);
    // All together tell no more than there is to tell, of which the columns before leave as much as is left of what they tell.
    const left = (told: number): number => Math.max(0, entropy - told / scale);
    const mi = Math.min(found.mi, left(total));
    const interval = [
      Math.min(found.interval[0], left(total + Math.sqrt(above))),
      Math.min(found.interval[1], left(total - Math.sqrt(below))),
    ];
    total += scale * mi;
    const [low, high] = [scale * (mi - interval[0]), scale * (interval[1] - mi)];
    below += low * low;
    above += high * high;
    selected.push({
      column: columns[column].name,
      gain: scale * mi,
      interval: [scale * interval[0], scale * interval[1]],
      total,
      totalInterval: [
        Math.max(0, total - Math.sqrt(below)),
        Math.min(scale * entropy, total + Math.sqrt(above)),
      ],
      pValue,
      n: completeRows(known).length,
      same: [],
      ...(together !== undefined && { together: columns[together].name }),
    });
    await call.advance(1);
  }
  return selected;
}

const valuesOf = ({ name, given }: AnswerColumn): Float64Array => readCells({ name, values: given }).values;

/** What is told of a gain that cannot be estimated. */
const UNKNOWN = { mi: 0, interval: [0, Number.POSITIVE_INFINITY] } as const;
