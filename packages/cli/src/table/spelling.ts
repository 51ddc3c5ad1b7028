/** How texts are cleaned, and read by the database itself: expressions of SQL over expressions. */

import { PLAIN_MISSING } from "../kinds/missing.js";

/** A way to write an expression over another one. */
export type Spell = (expression: string) => string;

/** What counts as a blank around a text. */
const BLANKS = [" ", "\\t", "\\r", "\\n", "\u00a0", "\ufeff"];

/** Text without outer blanks. */
export const trimmed: Spell = (value) => `trim(${value}, E'${BLANKS.join("")}')`;

/**
 * Whether a text is sure to have no outer blanks and not to be empty: comparing texts takes a tenth of the time of
 * trimming them.
 */
const tight: Spell = (value) => {
  const ends = BLANKS.map((blank) => `ends_with(${value}, E'${blank}')`).join(" OR ");
  return `${value} >= '!' AND ${value} < '\u00a0' AND NOT (${ends})`;
};

/** The same, NULL where nothing is left. */
export const texts: Spell = (value) =>
  `CASE WHEN ${tight(value)} THEN ${value} ELSE nullif(${trimmed(value)}, '') END`;

/** Such a text, NULL for words that mean missing: a column of numbers with no others needs no second look. */
export function cleaned(words: readonly string[] | undefined): Spell {
  // Not a list behind IN: from five words on, the database makes a join of it.
  if (words === undefined) {
    return (value) => {
      const text = trimmed(value);
      const missing = ["", ...PLAIN_MISSING].map((word) => `lower(${text}) = '${word}'`).join(" OR ");
      // All of these words begin with an n.
      const other = `(${value} < 'N' OR ${value} >= 'O' AND ${value} < 'n' OR ${value} >= 'o')`;
      return `CASE WHEN ${tight(value)} AND ${other} THEN ${value} WHEN ${missing} THEN NULL ELSE ${text} END`;
    };
  }
  const missing = ["", ...words].map((word) => `= '${word.replaceAll("'", "''")}'`);
  return (value) => {
    const text = `(CASE WHEN ${tight(value)} THEN ${value} ELSE ${trimmed(value)} END)`;
    return `CASE WHEN ${missing.map((equal) => `${text} ${equal}`).join(" OR ")} THEN NULL ELSE ${text} END`;
  };
}

/** Makes one string of SQL for all columns that are read alike: a wide table has very many of them. */
export function shared(spell: Spell): Spell {
  const known = new Map<string, string>();
  return (text) => {
    const sql = known.get(text) ?? spell(text);
    known.set(text, sql);
    return sql;
  };
}

/** Seconds since 1970, NULL for the infinite timestamps of SQL. */
export function seconds(expression: string): string {
  return `epoch(CAST(${expression} AS TIMESTAMP))`;
}

export const parseNumber = shared((text) => `TRY_CAST(${text} AS DOUBLE)`);
/** Without a place for an offset, a third of the time is enough. */
export const parseDate = shared(
  (text) =>
    `CASE WHEN strlen(${text}) = 10 OR ${text} LIKE '____-__-_____:__:__' THEN ${seconds(`TRY_CAST(${text} AS TIMESTAMP)`)}` +
    ` ELSE ${seconds(`TRY_CAST(${text} AS TIMESTAMPTZ)`)} END`,
);
export const parseTime = shared((text) => `epoch(TRY_CAST(${text} AS TIME))`);

/** What the database reads as everybody does. */
export const CLOCK = "\\d{1,2}:\\d{2}(:\\d{2}([.]\\d{1,6})?)?";
export const ISO_DATE =
  "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)? ?(Z|[+-]\\d{2}(:?\\d{2})?)?)?";

/**
 * Whether the point of a number is sure to be one of decimals: thousands have three digits behind it, and one to three in
 * front, the first of which is not 0.
 */
export const SURE_POINT = `contains(v, '.') AND (v[-4] <> '.' OR abs(${parseNumber("v")}) < 1 OR abs(${parseNumber("v")}) >= 1000)`;

/** A number of which nobody can tell by itself whether its point is one of thousands. */
export const isEither: Spell = (text) => `regexp_full_match(${text}, '[+-]?[1-9]\\d{0,2}[.]\\d{3}')`;

/** Numbers whose points are those of thousands, where they may be. */
export const parseGrouped = shared(
  (text) =>
    `CASE WHEN ${isEither(text)} THEN TRY_CAST(replace(${text}, '.', '') AS DOUBLE) ELSE ${parseNumber(text)} END`,
);

/** Whether numbers of five digits or more begin with a zero, as codes do: such texts come before all others. */
export const PADDED = "CASE WHEN regexp_full_match(min(v), '0\\d{4,}') THEN 1 ELSE 0 END";
