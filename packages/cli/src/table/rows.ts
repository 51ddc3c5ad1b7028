/** Which records of a delimited file are rows of its table. */
import { CliError } from "../errors.js";
import type { Dialect } from "./dialect.js";
import { isComment } from "./layout.js";
import type { DelimitedRecord } from "./record.js";

/** The rows among the records of a file, which come in their order: without what stands above the header, blank lines, comments. */
export class Rows {
  readonly #file: string;
  readonly #dialect: Dialect;
  #units: boolean;
  /** The row that comes next, from 1; the header is 0. */
  row: number;

  /** @param file how the user calls it, for messages */
  constructor(file: string, dialect: Dialect) {
    this.#file = file;
    this.#dialect = dialect;
    this.#units = dialect.units;
    this.row = dialect.hasHeader ? -dialect.skip : 1 - dialect.skip;
  }

  /** @throws CliError, naming the row, where a quote swallows rows */
  of(batch: readonly DelimitedRecord[]): string[][] {
    const { names, comments, rowWidth } = this.#dialect;
    const rows: string[][] = [];
    for (const record of batch) {
      const blank = names.length > 1 && record.fields.length === 1 && record.fields[0].trim() === "";
      if (this.row > 0 && (blank || (comments && isComment(record.fields, rowWidth)))) continue;
      if (this.row === 1 && this.#units) {
        this.#units = false;
        continue;
      }
      if (record.trouble && this.row >= 0) throw quoteError(this.#file, this.row, record, this.#dialect);
      if (this.row > 0) rows.push(record.fields);
      this.row++;
    }
    return rows;
  }
}

/** What to say of a record whose quotes swallow lines; row 0 is the header. */
export function quoteError(
  file: string,
  row: number,
  { trouble }: DelimitedRecord,
  { names, hasHeader }: Dialect,
): CliError {
  const { field, lines, closed } = trouble as NonNullable<DelimitedRecord["trouble"]>;
  const where = row < 1 ? (hasHeader ? "the header" : "row 1") : `row ${row}`;
  const column = names[field] === undefined || row < 1 ? "" : ` (column ${JSON.stringify(names[field])})`;
  const end = closed ? "is closed only by a later quote" : "is never closed";
  const lost = lines === 1 ? "1 line after it" : `${lines} lines after it`;
  return new CliError(
    `${file}: ${where} opens a quote${column} that ${end}, so ${lost} would be lost; close it or remove it.`,
  );
}
