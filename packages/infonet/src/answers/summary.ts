/** A table about one column: what each of the others is and tells of it, and what the strongest tell two by two. */

import type { Engine } from "../engine/engine.js";
import { AbortedError, failureOf, InfoNetError } from "../errors.js";
import { readCells } from "../input/cells.js";
import { readColumns } from "../input/columns.js";
import { completeRows } from "../input/missing.js";
import { readArgument, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, MATRIX, NAME } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { jointInformation } from "../multivariate/joint.js";
import { pick } from "../numerics/rows.js";
import { matrixOf } from "../pairs/estimate.js";
import { positions } from "../pairs/matrix.js";
import type { Column, MatrixCell, SideKind } from "../types.js";
import type { CutColumn } from "./cells.js";
import { type AnswerColumn, answerColumns, someRows } from "./columns.js";
import { partsOf, sharedPart } from "./decomposition.js";
import { type Watched, within } from "./evidence.js";
import { partOf } from "./groups.js";
import type { ColumnSummary, PairDecomposition, SummaryOptions, TableSummary } from "./types.js";

const SUMMARY = {
  ...MANY,
  most: wholeNumber(0, 3, 20),
  pairs: MATRIX.pairs,
} satisfies TableOf<SummaryOptions>;

/**
 * What the columns of a table tell of one of them.
 *
 * @throws InfoNetError "unknown-column", "invalid-option"; AbortedError without a partial result
 */
export async function summaryOf(
  engine: Engine,
  columns: unknown,
  target: string,
  options: SummaryOptions = {},
): Promise<TableSummary> {
  const { seed, units, most, pairs, signal, onProgress } = readOptions(options, SUMMARY);
  readArgument("target", target, NAME);
  const list = readColumns(columns);
  const names = list.map(({ name }) => name);
  const y = positions("target", names)(target);
  const asked = askedPairs(names, pairs, target);
  const call = engine.call({ signal, onProgress });
  return call.run(async () => {
    call.expect(list.length - 1);
    const watched: Watched = { call, signal };
    const matrix = await within(watched, () => matrixOf(engine, columns, { target, seed, signal }));
    await call.advance(list.length - 1);
    const scale = unitScale(units);
    const failed: TableSummary["failed"] = [];
    const found: ColumnSummary[] = [];
    const kinds = new Map<string, SideKind>();
    let own: number | undefined;
    for (const cell of matrix.pairs) {
      const side = cell.x === target ? 1 : 0;
      const column = side === 1 ? cell.y : cell.x;
      if (cell.error !== undefined) {
        failed.push({ column, error: cell.error, code: cell.code });
        continue;
      }
      const { mi, interval, pValue, qValue, n } = cell;
      own = cell.entropies[1 - side] ?? own;
      kinds.set(column, cell.kinds[side]);
      // A target of few numbers may be levels beside one column, and numbers beside another.
      if (!kinds.has(target) || cell.kinds[1 - side] === "levels") kinds.set(target, cell.kinds[1 - side]);
      const entropy = cell.entropies[side];
      const bound = cell.entropies[1 - side];
      found.push({
        column,
        kind: cell.kinds[side],
        ...(entropy !== undefined && { entropy: scale * entropy }),
        mi: scale * mi,
        interval: [scale * interval[0], scale * interval[1]],
        explained: explainedBy(mi, bound),
        pValue,
        qValue,
        n,
      });
    }
    const summaries = new Map(found.map((column) => [column.column, column]));
    const chosen = asked ?? strongest(found, most);
    const columnOf = new Map(list.map(({ name, values }) => [name, values]));
    const cut = cutColumns(list, seed, kinds);
    const decompositions: PairDecomposition[] = [];
    call.expect(chosen.length);
    for (const [a, b] of chosen) {
      const [first, second] = [a, b].map((name) => summaries.get(name));
      if (first === undefined || second === undefined) continue;
      try {
        const joint = await within(watched, (inner) =>
          jointInformation(
            engine,
            [a, b].map((name) => columnOf.get(name) as Column),
            list[y].values,
            { seed, signal: inner },
          ),
        );
        const inAll = first.n === joint.n && second.n === joint.n;
        const alone: [number, number] = inAll
          ? [first.mi / scale, second.mi / scale]
          : await within(watched, (inner) => aloneInCommon(engine, [a, b], target, columnOf, seed, inner));
        const shared = sharedPart(cut(target), cut(a), cut(b));
        // Levels have no more to tell than their entropy.
        const most = own ?? Number.POSITIVE_INFINITY;
        const { unique, redundant, synergistic } = partsOf(alone, Math.min(joint.mi, most), shared);
        const both = unique[0] + unique[1] + redundant + synergistic;
        const { interaction } = joint;
        decompositions.push({
          x: a,
          y: b,
          mi: scale * both,
          interval: [
            scale * Math.min(joint.interval[0], both),
            scale * Math.max(Math.min(joint.interval[1], most), both),
          ],
          unique: [scale * unique[0], scale * unique[1]],
          redundant: scale * redundant,
          synergistic: scale * synergistic,
          ...(interaction !== undefined && {
            interaction: {
              mi: scale * interaction.mi,
              interval: [scale * interaction.interval[0], scale * interaction.interval[1]],
            },
          }),
          n: joint.n,
        });
      } catch (error) {
        if (error instanceof AbortedError || !(error instanceof InfoNetError)) throw error;
        if (error.code === "disposed" || error.code === "worker") throw error;
        failed.push({ column: a, other: b, ...failureOf(error) });
      }
      await call.advance(1);
    }
    return {
      ...{ units, seed, model: matrix.model, target },
      ...(own !== undefined && { entropy: scale * own }),
      columns: found,
      pairs: decompositions,
      failed,
    };
  });
}

/** Share of the target that is told: of its entropy, or of the variance that as much information means for normal numbers. */
function explainedBy(mi: number, entropy: number | undefined): number {
  return entropy === undefined ? -Math.expm1(-2 * mi) : entropy > 0 ? Math.min(1, mi / entropy) : 0;
}

/** Pairs of the columns that tell most, so many of them. */
function strongest(found: readonly ColumnSummary[], most: number): [string, string][] {
  const names = found.slice(0, most).map(({ column }) => column);
  return names.flatMap((a, k) => names.slice(k + 1).map((b): [string, string] => [a, b]));
}

function askedPairs(
  names: readonly string[],
  pairs: SummaryOptions["pairs"],
  target: string,
): [string, string][] | undefined {
  const placeOf = positions("pairs", names);
  return pairs?.map(([a, b]) => {
    placeOf(a);
    placeOf(b);
    if (a === b || a === target || b === target) {
      throw new InfoNetError(
        "invalid-option",
        `pairs has ${JSON.stringify(a)} with ${JSON.stringify(b)}; name two different columns beside the target.`,
      );
    }
    return [a, b];
  });
}

/** What each of two columns tells of the target by itself in the rows in which all three have values, in nats. */
async function aloneInCommon(
  engine: Engine,
  both: readonly [string, string],
  target: string,
  columnOf: ReadonlyMap<string, Column>,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<[number, number]> {
  const list = [...both, target].map((name) => ({ name, values: columnOf.get(name) as Column }));
  const rows = completeRows(list.map((column) => readCells(column).values));
  const common = list.map(({ name, values }) => ({ name, values: partOf(values, rows) }));
  const { pairs } = await matrixOf(engine, common, { target, seed, signal });
  const [first, second] = both.map((name) => pairs.find(({ x, y }) => x === name || y === name));
  // A column that does not vary in these rows tells nothing.
  const told = (cell: MatrixCell | undefined): number => (cell?.error === undefined ? (cell?.mi ?? 0) : 0);
  return [told(first), told(second)];
}

/** Columns by their names as tables are made of them: levels as the estimator took them, ties of numbers in random order. */
function cutColumns(
  list: readonly { name: string; values: Column }[],
  seed: number,
  kinds: ReadonlyMap<string, SideKind>,
): (name: string) => CutColumn {
  const broken = new Map(answerColumns(list, seed).map((column) => [column.name, column]));
  return (name) => {
    const column = broken.get(name) as AnswerColumn;
    if (kinds.get(name) !== "levels" && !column.levels) return { levels: false, values: column.functions[0] };
    const { values } = readCells({ name, values: column.given });
    return { levels: true, values: pick(values, someRows(values.length)) };
  };
}
