/** CSV and its kin, by the rules of the command. */
import { detectDialect, renamedNotes } from "@infonet/cli/table/dialect.js";
import { type DelimitedRecord, parseRecord } from "@infonet/cli/table/record.js";
import { Rows } from "@infonet/cli/table/rows.js";
import { type TextTable, TextTableBuilder } from "./text-table.js";

/** How much of a text is looked at to find its delimiter and its header. */
const HEAD = 1 << 18;
/** Records that are turned to rows at once. */
const BATCH = 1024;

/** @throws CliError where a quote swallows rows, or there are too many columns */
export function readDelimited(file: string, text: string): TextTable {
  const dialect = detectDialect(text.slice(0, HEAD), text.length > HEAD, {}, file);
  const { names, delimiter, quote, renamed, rowNames, notes } = dialect;
  const builder = new TextTableBuilder(names);
  const rows = new Rows(file, dialect);
  for (let at = 0; at < text.length; ) {
    const batch: DelimitedRecord[] = [];
    while (batch.length < BATCH && at < text.length) {
      const record = parseRecord(text, at, delimiter, Number.POSITIVE_INFINITY, quote);
      batch.push(record);
      at = record.end;
    }
    for (const fields of rows.of(batch)) builder.add(fields);
  }
  return builder.table(file, { delimiter, rowNames, notes: [...notes, ...renamedNotes(renamed)] });
}
