/** What is to be told of the reading of a table, in one list. */
import { ownRemarks, sharedRemarks } from "../kinds/remarks.js";
import type { Table } from "./types.js";

/** Columns whose remarks are told one by one; the others are counted. */
const NOTED_COLUMNS = 20;

/** What holds for the table, what several columns share, and what the first columns that have some remarks have alone. */
export function allNotes({ notes, remarks = new Map() }: Pick<Table, "notes" | "remarks">): string[] {
  const own = [...ownRemarks(remarks)];
  const shown = own.slice(0, NOTED_COLUMNS).flatMap(([name, list]) => list.map((text) => `${name}: ${text}`));
  const rest = own.length - NOTED_COLUMNS;
  const more = rest > 0 ? [`${rest} more columns hold values that are read in such a way`] : [];
  return [...notes, ...sharedRemarks(remarks), ...shown, ...more];
}
