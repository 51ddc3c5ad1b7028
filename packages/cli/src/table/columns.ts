import { readColumns } from "../kinds/decide.js";
import type { KindOptions, Reading } from "../kinds/types.js";
import {
  checked,
  countCodes,
  decode,
  isBeyondDoubles,
  type ReadColumns,
  type Underway,
  type WantedColumn,
} from "./checked.js";
import { planAsTexts, planColumns, type SampledPlan, type TextPlan, type TypedPlan } from "./infer.js";
import type { Source } from "./relation.js";
import type { UnusableColumn } from "./types.js";

/** Reads columns of a source as numbers. */
export async function readAll(
  source: Source,
  wanted: readonly WantedColumn[],
  options: KindOptions,
): Promise<ReadColumns> {
  const { relation } = source;
  const kindOptions: KindOptions = { ...options, delimiter: source.delimiter };
  const positions = new Map(source.names.map((name, index) => [name, index]));
  const columns = wanted.map((column) => {
    const index = positions.get(column.name) as number;
    const { name, wanted, asked, aside } = column;
    return { name, wanted, asked, aside, index, type: source.types[index] };
  });
  const { plans, seen } = await planColumns(relation, columns, kindOptions);
  const unusable: UnusableColumn[] = [];
  const typed: { column: (typeof columns)[number]; plan: TypedPlan; values: Float64Array }[] = [];
  const coded: { column: (typeof columns)[number]; plan: TextPlan; values: Float64Array }[] = [];
  const sampled: { column: (typeof columns)[number]; plan: SampledPlan; values: Float64Array }[] = [];
  for (const [k, column] of columns.entries()) {
    const plan = plans[k];
    if ("unusable" in plan) unusable.push({ name: column.name, reason: plan.unusable });
    else if ("sqlFor" in plan) sampled.push({ column, plan, values: new Float64Array(relation.rows) });
    else if ("texts" in plan) coded.push({ column, plan, values: new Float64Array(relation.rows) });
    else typed.push({ column, plan, values: new Float64Array(relation.rows) });
  }
  const filled = [...typed, ...coded];
  await relation.fill(
    filled.map(({ column, plan }) => ({ index: column.index, sql: plan.sql })),
    filled.map(({ values }) => values),
  );

  const underway = new Map<string, Underway>();
  const take = (column: (typeof columns)[number], values: Float64Array, reading: Reading) => {
    if ("unusable" in reading) unusable.push({ name: column.name, reason: reading.unusable });
    else underway.set(column.name, { column, ...reading, values });
  };
  const readings = readColumns(
    [
      ...coded.map(({ plan, values }) => ({ ...plan, counts: countCodes(values, plan.texts.length) })),
      ...sampled.map(({ plan }) => plan),
    ],
    { ...kindOptions, seen },
  );
  for (const [k, { column, values }] of coded.entries())
    take(column, decode(values, readings[k]), readings[k]);
  const long: { column: (typeof columns)[number]; values: Float64Array }[] = [];
  await relation.fill(
    sampled.map(({ column, plan }, k) => ({
      index: column.index,
      sql: plan.sqlFor(readings[coded.length + k]),
    })),
    sampled.map(({ values }) => values),
  );
  for (const [k, { column, values }] of sampled.entries()) {
    if (isBeyondDoubles(values)) long.push({ column, values });
    else take(column, values, readings[coded.length + k]);
  }
  for (const { column, plan, values } of typed) {
    if (plan.kind === "number" && isBeyondDoubles(values)) long.push({ column, values });
    else
      underway.set(column.name, {
        column,
        kind: plan.kind,
        levels: plan.levels,
        values,
        notes: [...(plan.notes ?? [])],
      });
  }
  if (long.length > 0) {
    // Once more by their digits, which no double rounds.
    const texts = await planAsTexts(
      relation,
      long.map(({ column }) => ({ ...column, asked: "number" as const })),
    );
    await relation.fill(
      long.map(({ column }, k) => ({ index: column.index, sql: texts[k].sql })),
      long.map(({ values }) => values),
    );
    const found = readColumns(
      texts.map((plan, k) => ({ ...plan, counts: countCodes(long[k].values, plan.texts.length) })),
      { ...kindOptions, seen },
    );
    for (const [k, { column, values }] of long.entries()) take(column, decode(values, found[k]), found[k]);
  }
  return checked(wanted, underway, unusable, options.missing);
}
