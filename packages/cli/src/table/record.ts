/** The fields of one delimited record, and where the next record begins (`text.length` at the end). */
export interface DelimitedRecord {
  fields: string[];
  end: number;
}

/**
 * Parses one delimited record (RFC 4180: fields may be quoted, `""` is a quote inside quotes, quoted fields
 * may hold line breaks) that begins at `start`.
 *
 * A quote that is never closed runs to the end of the text. Text after a closing quote is kept as it is,
 * because files like that exist and losing a header name helps nobody.
 */
export function parseRecord(text: string, start = 0, delimiter = ","): DelimitedRecord {
  const fields: string[] = [];
  let field = "";
  let at = start;
  let atFieldStart = true;
  while (at < text.length) {
    const char = text[at];
    if (char === '"' && atFieldStart) {
      at++;
      while (at < text.length) {
        const close = text.indexOf('"', at);
        if (close < 0) {
          field += text.slice(at);
          at = text.length;
          break;
        }
        field += text.slice(at, close);
        at = close + 1;
        if (text[at] !== '"') break;
        field += '"';
        at++;
      }
      atFieldStart = false;
      continue;
    }
    if (char === delimiter) {
      fields.push(field);
      field = "";
      atFieldStart = true;
      at++;
      continue;
    }
    if (char === "\n" || char === "\r") {
      at += char === "\r" && text[at + 1] === "\n" ? 2 : 1;
      fields.push(field);
      return { fields, end: at };
    }
    field += char;
    atFieldStart = false;
    at++;
  }
  fields.push(field);
  return { fields, end: at };
}

/** Quotes a field if a reader would otherwise take it apart (delimiter, quote, line break, outer blanks). */
export function quoteField(field: string, delimiter = ","): string {
  const plain = !/["\r\n]/.test(field) && !field.includes(delimiter) && field === field.trim();
  return plain ? field : `"${field.replaceAll('"', '""')}"`;
}
