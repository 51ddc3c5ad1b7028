/** Parts of dates as columns of their own. */
import { DATE_PARTS, type DatePart, partColumn, partsOf } from "../kinds/date-parts.js";
import type { AskedKind } from "../kinds/types.js";
import type { Choice } from "./select.js";
import type { TableColumn, UnusableColumn } from "./types.js";

/** Columns of a file that were read, or refused. */
interface ReadOnes {
  columns: readonly TableColumn[];
  unusable: readonly UnusableColumn[];
}

/** What is wanted of them. */
interface Wanted {
  /** The columns of the table, in their order. */
  choices: readonly Choice[];
  /** Columns that take part in no pair. */
  beside: readonly Choice[];
  /** The parts that every column of dates brings along. */
  parts: readonly DatePart[];
  /** All names of the file: no part is called like a column. */
  taken: readonly string[];
  /** Names that are left out. */
  excluded: (name: string) => boolean;
  /** What the user says of columns and parts. */
  asked: ReadonlyMap<string, AskedKind>;
}

/** The columns of a table with parts of its dates among them. */
interface WithParts {
  names: string[];
  columns: TableColumn[];
  unusable: UnusableColumn[];
  related: string[][];
  notes: string[];
}

/** Puts parts of dates, those asked for by name and those that dates bring along, among the columns that were read. */
export function withParts(read: ReadOnes, wanted: Wanted): WithParts {
  const { choices, beside, parts, excluded, asked } = wanted;
  const columns = new Map(read.columns.map((column) => [column.name, column]));
  const refused = new Map(read.unusable.map((column) => [column.name, column]));
  const taken = new Set([...wanted.taken, ...choices.map(({ name }) => name)]);
  const named = new Set(choices.flatMap(({ column, part }) => (part ? [partKey(column, part)] : [])));
  const result: WithParts = { names: [], columns: [], unusable: [], related: [], notes: [] };
  const families = new Map<string, string[]>();
  const take = (column: TableColumn | UnusableColumn, of: string) => {
    if ("reason" in column) result.unusable.push(column);
    else {
      result.columns.push(column);
      const family = families.get(of);
      if (family === undefined) families.set(of, [column.name]);
      else family.push(column.name);
    }
  };
  let brought = 0;
  for (const choice of choices) {
    const { name, column, part } = choice;
    const base = columns.get(column);
    if (part === undefined) {
      result.names.push(name);
      take(base ?? (refused.get(column) as UnusableColumn), column);
      if (!isMoment(base)) continue;
      for (const own of partsOf(base.kind, base.values)) {
        if (!parts.includes(own) || named.has(partKey(column, own)) || excluded(`${name}.${own}`)) continue;
        const unique = freeName(`${name}.${own}`, taken);
        result.names.push(unique);
        take(made(unique, base, own, asked.get(`${name}.${own}`)), column);
        brought++;
      }
    } else if (choice.named || isMoment(base)) {
      const made = partOrReason(choice, base, refused.get(column), asked.get(name));
      // What a pattern finds has to be there; what is named has to be told of.
      if ("reason" in made && !choice.named) continue;
      result.names.push(name);
      take(made, column);
    }
  }
  for (const choice of beside) {
    const { name, column, part } = choice;
    const base = columns.get(column);
    if (part !== undefined) take(partOrReason(choice, base, refused.get(column), asked.get(name)), name);
    else take(base ?? (refused.get(column) as UnusableColumn), name);
  }
  if (parts.length > 0 && brought === 0 && named.size === 0) {
    const which = parts.length === DATE_PARTS.length ? "parts" : parts.join(", ");
    result.notes.push(`no column of dates or times has ${which} that vary in it`);
  }
  result.related = [...families.values()].filter((family) => family.length > 1);
  return result;
}

const partKey = (column: string, part: DatePart) => `${column}.${part}`;

type Moments = TableColumn & { kind: "date" | "time" };

function isMoment(column: TableColumn | undefined): column is Moments {
  return column !== undefined && (column.kind === "date" || column.kind === "time");
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let copy = 2; taken.has(free); copy++) free = `${name}_${copy}`;
  taken.add(free);
  return free;
}

function made(name: string, base: Moments, part: DatePart, asked: AskedKind | undefined): TableColumn {
  const kind = asked === "category" || asked === "number" ? asked : undefined;
  const { values, levels } = partColumn(part, base.values, kind);
  return { name, kind: levels ? "category" : "number", values, levels, missing: base.missing };
}

/** A part that is asked for, or why there is no such part. */
function partOrReason(
  { name, column, part }: Choice,
  base: TableColumn | undefined,
  refused: UnusableColumn | undefined,
  asked: AskedKind | undefined,
): TableColumn | UnusableColumn {
  const whose = JSON.stringify(column);
  const what = part as DatePart;
  if (base === undefined) return { name, reason: `is a part of ${whose}, which ${refused?.reason}` };
  if (!isMoment(base)) {
    const reason = `is a part of ${whose}, which was read as ${base.kind}, not as dates; --date ${column} reads it so`;
    return { name, reason };
  }
  if (base.kind === "time" && what !== "hour") {
    return { name, reason: `is a part of ${whose}, which holds times of day and no dates` };
  }
  const result = made(name, base, what, asked);
  const first = result.values.find((value) => !Number.isNaN(value)) as number;
  if (!result.values.every((value) => Number.isNaN(value) || value === first)) return result;
  const value = result.levels?.[first] ?? first;
  return { name, reason: `is constant: every ${what} in ${whose} is ${value}` };
}
