/** A table as texts: what every column holds, before it is decided what that means. */

/** A column by its different texts. */
export interface CodedTexts {
  /** Without outer blanks, none of them empty. */
  texts: string[];
  /** How many rows have each. */
  counts: number[];
  /** The text of every row, by its position; −1 where there is none. */
  codes: number[];
}

/** A table whose cells are texts. */
export interface TextTable {
  file: string;
  names: string[];
  columns: CodedTexts[];
  rows: number;
  delimiter?: string;
  /** Columns that hold the names of the rows. */
  rowNames?: readonly string[];
  /** What to tell of the table as a whole. */
  notes: string[];
}

/** Takes the rows of a table one after the other. */
export class TextTableBuilder {
  readonly #columns: CodedTexts[];
  readonly #codes: Map<string, number>[];
  #rows = 0;
  /** Fields beyond the last name. */
  #beyond = 0;

  constructor(readonly names: string[]) {
    this.#columns = names.map(() => ({ texts: [], counts: [], codes: [] }));
    this.#codes = names.map(() => new Map());
  }

  add(fields: readonly string[]): void {
    for (const [k, column] of this.#columns.entries()) column.codes.push(this.#codeOf(k, fields[k] ?? ""));
    if (fields.length > this.names.length) this.#beyond++;
    this.#rows++;
  }

  #codeOf(column: number, field: string): number {
    const text = field.trim();
    if (text === "") return -1;
    const { texts, counts } = this.#columns[column];
    const codes = this.#codes[column];
    let code = codes.get(text);
    if (code === undefined) {
      code = texts.push(text) - 1;
      counts.push(0);
      codes.set(text, code);
    }
    counts[code]++;
    return code;
  }

  table(
    file: string,
    { notes = [], ...more }: Partial<Pick<TextTable, "notes" | "delimiter" | "rowNames">>,
  ): TextTable {
    const beyond =
      this.#beyond === 0
        ? []
        : [
            `${this.#beyond} ${this.#beyond === 1 ? "row has" : "rows have"} more fields than there are names`,
          ];
    const [names, columns] = [this.names, this.#columns];
    return { ...more, file, names, columns, rows: this.#rows, notes: [...notes, ...beyond] };
  }
}
