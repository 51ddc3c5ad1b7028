/** A quoted field that goes wrong. */
export interface QuoteTrouble {
  /** Position of the field in its record. */
  field: number;
  /** Line breaks between its quotes: lines that its record has swallowed. */
  lines: number;
  /** False if the text ends before the quote is closed. */
  closed: boolean;
}

/** The fields of one delimited record, and where the next record begins (`text.length` at the end). */
export interface DelimitedRecord {
  fields: string[];
  end: number;
  /** The first quoted field that is never closed, or that runs over lines and goes on after its last quote. */
  trouble?: QuoteTrouble;
}

const BLANK = 0x20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Parses one delimited record (RFC 4180: fields may be quoted, `""` is a quote inside quotes, quoted fields
 * may hold line breaks) that begins at `start`. Blanks around the quotes do not count.
 *
 * A quote that is never closed runs to the end of the text. Text after a closing quote is kept as it is,
 * because files like that exist and losing a header name helps nobody.
 *
 * @param delimiter one character
 * @param quote what stands around a field that is quoted
 * @param most fields to read at most: of a longer record one more comes back, and `end` lies behind it
 */
export function parseRecord(
  text: string,
  start = 0,
  delimiter = ",",
  most = Number.POSITIVE_INFINITY,
  quote = '"',
): DelimitedRecord {
  const separator = delimiter.charCodeAt(0);
  const mark = quote.charCodeAt(0);
  const fields: string[] = [];
  let trouble: QuoteTrouble | undefined;
  let at = start;
  for (;;) {
    const from = at;
    let quoted: Quoted | undefined;
    const first = skipBlanks(text, at);
    if (text.charCodeAt(first) === mark) {
      quoted = parseQuoted(text, first, quote);
      at = quoted.end;
    }
    let code = 0;
    for (; at < text.length; at++) {
      code = text.charCodeAt(at);
      if (code === separator || code === LINE_FEED || code === CARRIAGE_RETURN) break;
    }
    if (quoted === undefined) fields.push(text.slice(from, at));
    else {
      const rest = text.slice(quoted.end, at).replace(/^ +$/, "");
      if ((!quoted.closed || rest !== "") && trouble === undefined) {
        const lines = lineBreaks(text.slice(first, quoted.end).trimEnd());
        if (!quoted.closed || lines > 0) trouble = { field: fields.length, lines, closed: quoted.closed };
      }
      fields.push(quoted.content + rest);
    }
    if (at === text.length || fields.length > most) return { fields, end: at, trouble };
    at++;
    if (code === separator) continue;
    if (code === CARRIAGE_RETURN && text.charCodeAt(at) === LINE_FEED) at++;
    return { fields, end: at, trouble };
  }
}

interface Quoted {
  content: string;
  /** Position behind the last quote. */
  end: number;
  closed: boolean;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === BLANK) at++;
  return at;
}

/** Parses what is in the quotes that begin at `start`. */
function parseQuoted(text: string, start: number, quote: string): Quoted {
  let content = "";
  let at = start + 1;
  for (;;) {
    const close = text.indexOf(quote, at);
    if (close < 0) return { content: content + text.slice(at), end: text.length, closed: false };
    content += text.slice(at, close);
    at = close + 1;
    if (text[at] !== quote) return { content, end: at, closed: true };
    content += quote;
    at++;
  }
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** Quotes a field if a reader would otherwise take it apart (delimiter, quote, line break, outer blanks). */
export function quoteField(field: string, delimiter = ","): string {
  const plain = !/["\r\n]/.test(field) && !field.includes(delimiter) && field === field.trim();
  return plain ? field : `"${field.replaceAll('"', '""')}"`;
}
