/** What is to be told of how columns were read: of each by itself, and of many in one line. */

/** Something to tell of a column. */
export interface Remark {
  /** Of this column, to be read after its name. */
  text: string;
  /** The same of several columns: it is said once, with their names. */
  shared?: { what: string; remedy?: string };
}

const LISTED = 3;

/** Texts in quotes: the first few of them, and how many more there are. */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, LISTED).map((text) => JSON.stringify(text));
  return texts.length > LISTED
    ? `${shown.join(", ")} and ${texts.length - LISTED} more`
    : shown.join(" and ");
}

/** `in 1 row`, `in 2 rows`. */
export const inRows = (rows: number): string => (rows === 1 ? "in 1 row" : `in ${rows} rows`);

/**
 * What is to be told of words that count as missing: few words each for itself, so that it can be said once what they are
 * in many columns.
 *
 * @param words each with the rows that have it
 */
export function missingRemarks(words: readonly [text: string, rows: number][], remedy?: string): Remark[] {
  const more = remedy === undefined ? "" : `; ${remedy}`;
  const counts = (rows: number) => `${inRows(rows)} ${rows === 1 ? "counts" : "count"} as missing${more}`;
  if (words.length > LISTED) {
    const total = words.reduce((sum, [, rows]) => sum + rows, 0);
    return [{ text: `${listed(words.map(([text]) => text))} ${counts(total)}` }];
  }
  return words.map(([text, rows]) => ({
    text: `${JSON.stringify(text)} ${counts(rows)}`,
    shared: { what: `${JSON.stringify(text)} taken as missing`, ...(remedy && { remedy }) },
  }));
}

const NAMES_LISTED = 8;

/** Remarks that several columns have, a line each: `"NA" taken as missing in 2 columns: age, size`. */
export function sharedRemarks(remarks: ReadonlyMap<string, readonly Remark[]>): string[] {
  return [...sharing(remarks).values()].map(({ names, what, remedy }) => {
    const shown = names.slice(0, NAMES_LISTED).join(", ");
    const rest = names.length > NAMES_LISTED ? ` and ${names.length - NAMES_LISTED} more` : "";
    return `${what} in ${names.length} columns: ${shown}${rest}${remedy === undefined ? "" : `; ${remedy}`}`;
  });
}

/** The remarks that each column has alone. */
export function ownRemarks(remarks: ReadonlyMap<string, readonly Remark[]>): Map<string, string[]> {
  const common = sharing(remarks);
  const own = new Map<string, string[]>();
  for (const [name, list] of remarks) {
    const alone = list.filter(({ shared }) => shared === undefined || !common.has(shared.what));
    if (alone.length > 0)
      own.set(
        name,
        alone.map(({ text }) => text),
      );
  }
  return own;
}

interface Shared {
  what: string;
  remedy?: string;
  names: string[];
}

/** What several columns have in common, by what it is. */
function sharing(remarks: ReadonlyMap<string, readonly Remark[]>): Map<string, Shared> {
  const groups = new Map<string, Shared>();
  for (const [name, list] of remarks) {
    for (const { shared } of list) {
      if (shared === undefined) continue;
      const group = groups.get(shared.what) ?? { ...shared, names: [] };
      group.names.push(name);
      groups.set(shared.what, group);
    }
  }
  for (const [what, { names }] of groups) if (names.length < 2) groups.delete(what);
  return groups;
}
