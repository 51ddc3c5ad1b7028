import { type DecimalMark, type NumberText, numberValue, takeApart, unitKey, wholeOf } from "./numbers.js";
import type { Remark } from "./remarks.js";
import type { KindOptions, Reading, TextColumn } from "./types.js";

/** A column of texts taken apart as numbers: nothing where a text is none, or stands for a missing value. */
export interface NumberColumn {
  column: TextColumn;
  parts: readonly (NumberText | undefined)[];
  /** Rows that hold a number. */
  rows: number;
  /** Different units, by their keys; none is not among them. */
  units: ReadonlySet<string>;
  evidence: Evidence;
}

/** Rows by what they say of the decimal mark. */
interface Evidence {
  "decimal.": number;
  "decimal,": number;
  "grouped.": number;
  "grouped,": number;
  "either.": number;
  "either,": number;
  none: number;
  /** Whole numbers of four digits or more without a mark: such a column groups no thousands. */
  ungrouped: number;
}

/** @param missing the texts that stand for a missing value */
export function numberColumn(column: TextColumn, missing: readonly boolean[]): NumberColumn {
  const evidence: Evidence = {
    "decimal.": 0,
    "decimal,": 0,
    "grouped.": 0,
    "grouped,": 0,
    "either.": 0,
    "either,": 0,
    none: 0,
    ungrouped: 0,
  };
  const parts = column.texts.map((text, k) => {
    const part = missing[k] ? undefined : takeApart(text);
    // 4a1 is a code; m2 and CO2 are units.
    return part && /\d$/.test(part.unit) && !/\p{L}[23]$/u.test(part.unit) ? undefined : part;
  });
  // Where not all numbers have an uncertainty, it may mean something else.
  if (parts.some((part) => part?.uncertain) && parts.some((part) => part && !part.uncertain)) {
    for (const [k, part] of parts.entries()) if (part?.uncertain) parts[k] = undefined;
  }
  const units = new Map<string, number>();
  let rows = 0;
  for (const [k, part] of parts.entries()) {
    if (part === undefined) continue;
    rows += column.counts[k];
    if (part.unit !== "")
      units.set(unitKey(part.unit), (units.get(unitKey(part.unit)) ?? 0) + column.counts[k]);
  }
  for (const [key, count] of units) {
    // A few numbers with a word behind are no numbers.
    if (UNITS.has(key) || count > RARE * rows) continue;
    units.delete(key);
    rows -= count;
    for (const [k, part] of parts.entries()) if (part && unitKey(part.unit) === key) parts[k] = undefined;
  }
  for (const [k, part] of parts.entries()) {
    if (part === undefined) continue;
    evidence[part.marks] += column.counts[k];
    if (part.marks === "none" && part.body.length > 3) evidence.ungrouped += column.counts[k];
  }
  return { column, parts, rows, units: new Set(units.keys()), evidence };
}

/** A unit in a smaller share of the rows is taken for none, unless it is certain to be one. */
const RARE = 0.02;

/** What a column says for itself: one mark, both of them, or nothing. */
function own(evidence: Evidence): DecimalMark | "both" | undefined {
  const point = evidence["decimal."] + evidence["grouped,"] > 0;
  const comma = evidence["decimal,"] + evidence["grouped."] > 0;
  if (point && comma) return "both";
  return point ? "." : comma ? "," : undefined;
}

/** The mark that the columns of a file agree on; nothing where none tells or they disagree. */
export function agreedMark(
  columns: readonly NumberColumn[],
  seen: readonly DecimalMark[] = [],
): DecimalMark | undefined {
  const marks = new Set<string>(seen);
  for (const { evidence } of columns) {
    const mark = own(evidence);
    if (mark !== undefined) marks.add(mark);
  }
  const [mark] = marks;
  return marks.size === 1 && mark !== "both" ? (mark as DecimalMark) : undefined;
}

/** The decimal mark of a column, and what to tell where it is a guess. */
function decimalMark(
  { evidence, column, parts }: NumberColumn,
  agreed: DecimalMark | undefined,
  { decimal, delimiter }: KindOptions,
): { mark: DecimalMark; notes: Remark[] } {
  if (decimal !== undefined) return { mark: decimal, notes: [] };
  const sure = own(evidence);
  const usual = delimiter === ";" ? "," : ".";
  if (sure === "both") {
    const point = evidence["decimal."] + evidence["grouped,"] >= evidence["decimal,"] + evidence["grouped."];
    return {
      mark: point ? "." : ",",
      notes: [
        {
          text: "decimal points and decimal commas stand side by side; each number is read by its own",
          shared: {
            what: "decimal points and decimal commas stand side by side",
            remedy: "each number is read by its own",
          },
        },
      ],
    };
  }
  if (sure === "," && delimiter === ",") {
    // Between commas, 1,2 may be two answers.
    const example = parts.findIndex((part) => part?.marks === "decimal,");
    const what = `read with decimal commas (such as ${JSON.stringify(column.texts[Math.max(0, example)])})`;
    const remedy = "--categorical takes the texts as they are";
    return {
      mark: sure,
      notes: [{ text: `${what}; ${remedy}`, shared: { what: "read with decimal commas", remedy } }],
    };
  }
  if (sure !== undefined) return { mark: sure, notes: [] };
  const either = evidence["either."] + evidence["either,"];
  if (either === 0) return { mark: usual, notes: [] };
  const which = evidence["either."] >= evidence["either,"] ? "." : ",";
  const other = which === "." ? "," : ".";
  if (agreed !== undefined) return { mark: agreed, notes: [] };
  // 1.098 beside 377, and nothing of 1000 or more without a mark: thousands.
  const looksGrouped = evidence.none > 0 && evidence.ungrouped === 0;
  const mark = looksGrouped ? other : which === "," && usual !== "," ? "." : which === "." ? "." : ",";
  const expected = which === "." ? mark === "." : mark === "." && delimiter === ",";
  if (expected) return { mark, notes: [] };
  const example = parts.findIndex((part) => part?.marks === `either${which}`);
  const value = numberValue(parts[example] as NumberText, mark);
  const remedy = `--decimal ${mark === "." ? "comma" : "point"} reads it otherwise`;
  const written = JSON.stringify(column.texts[example]);
  const marks = which === mark ? "decimals" : "thousands";
  return {
    mark,
    notes: [
      {
        text: `${written} is read as ${value}; ${remedy}`,
        shared: { what: `${JSON.stringify(which)} taken for a mark of ${marks}`, remedy },
      },
    ],
  };
}

/** Units that are certain to be units: numbers with two of them are numbers all the same, and cannot be compared. */
const UNITS = new Set(
  "% ‰ kg g mg µg μg ng t lb lbs oz km m cm mm µm nm mi ft in yd L l ml mL dl s ms min h hr hrs day week month year € $ £ ¥ EUR USD GBP CHF K k M Mio B bn GB MB KB kB TB °C °F C F kPa hPa Pa bar W kW MW Wh kWh V mV A mA Hz kHz MHz GHz".split(
    " ",
  ),
);

/** What a letter behind a number multiplies it by. */
const MULTIPLIERS: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  Mio: 1e6,
  B: 1e9,
  bn: 1e9,
  T: 1e12,
};

/** Reads a column of numbers by its evidence and that of the file. */
export function readNumbers(
  numbers: NumberColumn,
  agreed: DecimalMark | undefined,
  options: KindOptions,
): { reading: Reading; read: readonly boolean[] } | undefined {
  const { column, parts } = numbers;
  const units = new Map<string, { rows: number; unit: string }>();
  let limits = 0;
  let limit = "";
  for (const [k, part] of parts.entries()) {
    if (part === undefined) continue;
    const key = unitKey(part.unit);
    const known = units.get(key) ?? { rows: 0, unit: part.unit };
    known.rows += column.counts[k];
    units.set(key, known);
    if (part.limit) {
      limits += column.counts[k];
      limit = column.texts[k];
    }
  }
  const named = [...units].filter(([key]) => key !== "");
  const bare = units.get("")?.rows ?? 0;
  // 300 K may be a temperature, but not beside 1M and 800.
  const multiplied =
    (named.length > 1 || bare > 0) && named.length > 0 && named.every(([key]) => key in MULTIPLIERS);
  if (named.length > 1 && !multiplied) {
    if (!named.every(([key]) => UNITS.has(key))) return undefined;
    const told = named.map(([, { unit }]) => unit).slice(0, 4);
    const unusable = `holds numbers with different units (${told.join(", ")}); write them all in one`;
    return { reading: { unusable }, read: parts.map(() => true) };
  }
  const { mark, notes } = decimalMark(numbers, agreed, options);
  const values = Float64Array.from(parts, (part) =>
    part === undefined
      ? Number.NaN
      : numberValue(part, mark) * (multiplied ? (MULTIPLIERS[part.unit] ?? 1) : 1),
  );
  if (multiplied) {
    const shown = named.map(([, { unit }]) => `${unit} for ${grouped(MULTIPLIERS[unit])}`).join(", ");
    notes.push({ text: `read with ${shown}`, shared: { what: `read with ${shown},` } });
  } else if (named.length === 1) {
    const [, { unit }] = named[0];
    const mixed = parts.some((part, k) => part?.unit === "" && values[k] !== 0);
    if (mixed && /^[%‰]/.test(unit)) {
      const unusable = `holds numbers with ${unit} and ${bare} without; write them all in one way`;
      return { reading: { unusable }, read: parts.map(() => true) };
    }
    const what = `read without the unit ${JSON.stringify(unit)}`;
    notes.push({
      text: mixed ? `${what}, which ${bare} numbers do not have` : what,
      ...(!mixed && { shared: { what } }),
    });
  }
  if (limits > 0) {
    const subject = limits === 1 ? "1 value is a limit" : `${limits} values are limits`;
    notes.push({
      text: `${subject} (such as ${JSON.stringify(limit)}) and read as the limit itself`,
      shared: { what: `limits (such as ${JSON.stringify(limit)}) read as the limit itself` },
    });
  }
  const uncertain = parts.findIndex((part) => part?.uncertain);
  if (uncertain >= 0) {
    const example = JSON.stringify(column.texts[uncertain]);
    notes.push({
      text: `the uncertainties (such as that of ${example}) are left out`,
      shared: { what: `uncertainties (such as that of ${example}) left out` },
    });
  }
  keepApart(numbers, values, mark, notes);
  return { reading: { kind: "number", values, notes }, read: parts.map((part) => part !== undefined) };
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** Doubles hold all integers up to this, and only some beyond. */
const EXACT = 2 ** 53;

/** Puts whole numbers that doubles cannot tell apart at their distance from the smallest, or in their order. */
function keepApart({ parts }: NumberColumn, values: Float64Array, mark: DecimalMark, notes: Remark[]): void {
  if (!values.some((value) => Math.abs(value) > EXACT)) return;
  const wholes = parts.map((part) => part && wholeOf(part, mark));
  if (wholes.some((whole, k) => whole === undefined && parts[k] !== undefined)) return;
  const sorted = [...new Set(wholes.filter((whole) => whole !== undefined))].sort((a, b) => (a < b ? -1 : 1));
  const [least] = sorted;
  const near = sorted[sorted.length - 1] - least <= BigInt(EXACT);
  const places = near ? undefined : new Map(sorted.map((whole, place) => [whole, place]));
  for (const [k, whole] of wholes.entries()) {
    if (whole !== undefined) values[k] = places?.get(whole) ?? Number(whole - least);
  }
  const how = near ? `counted from the smallest, ${least}` : "taken by their order";
  notes.push({ text: `holds integers beyond 2^53, which are ${how}, so that they stay apart` });
}
