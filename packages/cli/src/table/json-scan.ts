import { createReadStream } from "node:fs";
import { CliError } from "../errors.js";

/**
 * Brackets inside brackets that JSON may have. The database walks through nested values by recursion, and a
 * stack that overflows ends the process; a table needs four levels.
 */
export const DEEPEST_JSON = 200;

/** What a scan of a JSON file found. Rows are the values in the outer array, or on the outermost level. */
export interface JsonShape {
  /** The keys of all rows, each once, in the order in which they come up. */
  keys: string[];
  /** Rows that are objects. */
  objects: number;
  /** The first row that is neither an object nor null, counted from 1; 0 if there is none. */
  firstOther: number;
  /** Outer arrays, one after the other. */
  arrays: number;
  /** The row of the first `Infinity`, which the database would take for a missing value; 0 if there is none. */
  firstInfinite: number;
}

const PIECE = 1 << 20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** The I of `Infinity`. */
const INFINITE = 0x49;

/** Bytes that matter at any depth. */
const STRUCTURAL = new Uint8Array(256);
for (const byte of [QUOTE, COMMA, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT, INFINITE]) {
  STRUCTURAL[byte] = 1;
}
/** Bytes that do not begin a row: blanks, the comma and colon, and the letters of `null`. */
const NO_ROW = new Uint8Array(256);
for (const byte of Buffer.from(" \t\r\n,:nul]}")) NO_ROW[byte] = 1;

/**
 * Looks through JSON of UTF-8, piece by piece, without building any value: how deep it is, what its rows are
 * and which keys they have. Whether it is well-formed in all else is left to the reader.
 *
 * @param file how the user calls it, for messages
 * @throws CliError if it is nested too deep or breaks off
 */
export async function scanJson(file: string, path: string, signal?: AbortSignal): Promise<JsonShape> {
  const scan = new JsonScan(file);
  for await (const piece of createReadStream(path, { highWaterMark: PIECE, signal })) {
    scan.take(piece as Buffer);
  }
  return scan.end();
}

class JsonScan {
  readonly #file: string;
  readonly #keys = new RowKeys();
  #objects = 0;
  #nulls = 0;
  #firstOther = 0;
  #arrays = 0;
  #firstInfinite = 0;
  #depth = 0;
  /** The depth at which rows lie: 1 inside an outer array. */
  #rowDepth = 0;
  /** Whether the next string is a key of a row. */
  #keyNext = false;
  #inString = false;
  #inKey = false;
  #escaped = false;

  constructor(file: string) {
    this.#file = file;
  }

  take(bytes: Buffer): void {
    let at = this.#inString ? this.#string(bytes, 0) : 0;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (STRUCTURAL[byte] === 0) {
        if (this.#depth === this.#rowDepth) this.#betweenRows(byte);
        continue;
      }
      if (byte === QUOTE) {
        if (this.#depth === this.#rowDepth) this.#betweenRows(byte);
        this.#inString = true;
        this.#inKey = this.#keyNext;
        this.#keyNext = false;
        at = this.#string(bytes, at + 1) - 1;
      } else if (byte === COMMA) {
        this.#keyNext = this.#depth === this.#rowDepth + 1 && this.#keys.open;
      } else this.#bracket(byte);
    }
  }

  /** What stands between the rows: the beginning of one that is no object, or of a null. */
  #betweenRows(byte: number): void {
    if (byte === 0x6e) this.#nulls++;
    else if (NO_ROW[byte] === 0 && this.#firstOther === 0) this.#firstOther = this.#row() + 1;
  }

  #row(): number {
    return this.#objects + this.#nulls;
  }

  /** Goes through a string from behind its first quote; gives the position behind its last one. */
  #string(bytes: Buffer, from: number): number {
    let at = from;
    if (this.#escaped) {
      at++;
      this.#escaped = false;
    }
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        this.#inString = false;
        if (this.#inKey) this.#keys.end(bytes.subarray(from, at));
        return at + 1;
      }
      if (byte === BACKSLASH) at++;
    }
    this.#escaped = at > bytes.length;
    if (this.#inKey) this.#keys.part(bytes.subarray(from));
    return bytes.length;
  }

  #bracket(byte: number): void {
    const between = this.#depth === this.#rowDepth;
    switch (byte) {
      case OPEN_OBJECT:
        if (between) {
          this.#objects++;
          this.#keys.begin();
          this.#keyNext = true;
        }
        this.#deeper();
        break;
      case OPEN_ARRAY:
        if (this.#depth === 0 && this.#row() === 0) this.#rowDepth = 1;
        if (this.#depth === 0 && this.#rowDepth === 1) this.#arrays++;
        else if (between) {
          this.#keys.open = false;
          this.#betweenRows(byte);
        }
        this.#deeper();
        break;
      case INFINITE:
        if (this.#firstInfinite === 0) this.#firstInfinite = this.#row();
        if (between) this.#betweenRows(byte);
        break;
      default:
        this.#depth = Math.max(0, this.#depth - 1);
        this.#keyNext = false;
    }
  }

  #deeper(): void {
    this.#depth++;
    if (this.#depth > DEEPEST_JSON) {
      throw new CliError(
        `${this.#file} is nested more than ${DEEPEST_JSON} levels deep; flatten it into columns.`,
      );
    }
  }

  end(): JsonShape {
    if (this.#depth > 0 || this.#inString) {
      const where = this.#inString ? "inside a string" : "before its last bracket is closed";
      throw new CliError(`${this.#file} cannot be read as JSON: it breaks off ${where}; fetch it again.`);
    }
    return {
      keys: this.#keys.all(),
      objects: this.#objects,
      firstOther: this.#firstOther,
      arrays: this.#arrays,
      firstInfinite: this.#firstInfinite,
    };
  }
}

/** Collects the keys of rows. Rows mostly have the same keys in the same order, so that is looked at first. */
class RowKeys {
  /** Whether the row that is read is an object. */
  open = false;
  readonly #all = new Set<string>();
  /** Raw bytes of the last keys that stood at each position of a row. */
  readonly #last: Uint8Array[] = [];
  #position = 0;
  #parts: Uint8Array[] = [];

  begin(): void {
    this.open = true;
    this.#position = 0;
  }

  /** Bytes of a key that goes on in the next piece. */
  part(bytes: Uint8Array): void {
    this.#parts.push(Uint8Array.from(bytes));
  }

  /** The last bytes of a key. */
  end(bytes: Uint8Array): void {
    const raw = this.#parts.length === 0 ? bytes : Buffer.concat([...this.#parts, bytes]);
    this.#parts = [];
    const position = this.#position++;
    if (sameBytes(this.#last[position], raw)) return;
    this.#last[position] = Uint8Array.from(raw);
    const text = Buffer.from(raw).toString("utf8");
    this.#all.add(text.includes("\\") ? unescaped(text) : text);
  }

  all(): string[] {
    return [...this.#all];
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  if (a?.length !== b.length) return false;
  for (let k = 0; k < b.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // Not JSON; the reader will say so.
    return text;
  }
}
