/** The JSON files of a model: read and checked against the schema that is their type as well. */

import * as z from "zod/mini";
import { describe, InfoNetError } from "../errors.js";

/** A kind of JSON file. Messages of the schema complete the sentence "it must be …". */
export interface Document<Schema extends z.ZodMiniType> {
  file: string;
  schema: Schema;
  /** What to do about a wrong one: a sentence. */
  remedy: string;
}

/**
 * The content of a JSON file. Parts that the schema does not know are left out.
 *
 * @throws InfoNetError "model" if it is not JSON, or a part is missing or wrong; the message names the part
 */
export function parseDocument<Schema extends z.ZodMiniType>(
  document: Document<Schema>,
  bytes: Uint8Array,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    const what = bytes.length === 0 ? "is empty" : looksLikeHtml(bytes) ? "is an HTML page" : "is not JSON";
    throw new InfoNetError("model", `${document.file} ${what}. ${document.remedy}`);
  }
  return checkDocument(document, value);
}

/**
 * A value that is to be written as a JSON file, or was read from one, without what the schema does not know.
 *
 * @throws InfoNetError "model" as {@link parseDocument}
 */
export function checkDocument<Schema extends z.ZodMiniType>(
  { file, schema, remedy }: Document<Schema>,
  value: unknown,
): z.output<Schema> {
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0];
  const part = path.reduce<unknown>((whole, key) => (whole as Record<PropertyKey, unknown>)[key], value);
  const received =
    part === undefined ? "missing" : Array.isArray(part) ? `a list of ${part.length}` : describe(part);
  const subject = path.length === 0 ? `${file} is ${received}` : `${file}: ${nameOf(path)} is ${received}`;
  throw new InfoNetError("model", `${subject}; it must be ${message}. ${remedy}`);
}

/** Whether a server has answered with a page, as many do for what they do not have. */
export function looksLikeHtml(bytes: Uint8Array): boolean {
  return /^\s*<(!doctype|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 200)));
}

function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, k) => (typeof key === "number" ? `[${key}]` : `${k > 0 ? "." : ""}${String(key)}`))
    .join("");
}

// What the schemas have in common.

/** An object with these parts, and others that do not matter. */
export function parts<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.object(shape, "an object");
}

/** A whole number in a range. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const message = `a whole number ${range}`;
  return z.int(message).check(z.gte(least, message), z.lte(most, message));
}

/** SHA-256, hexadecimal. */
export function hash() {
  const message = "a SHA-256 hash, 64 digits 0-9 and a-f";
  return z.string(message).check(z.regex(/^[0-9a-f]{64}$/, message));
}

/** A list with bounds on its length; they keep a wrong file from taking much time and memory. */
export function list<Item extends z.core.$ZodType>(item: Item, what: string, least = 1, most = 1000) {
  const message = `a list of ${what}, ${least} to ${most} of them`;
  return z.array(item, message).check(z.minLength(least, message), z.maxLength(most, message));
}

/**
 * Reports values of a list that are not above the one before them.
 *
 * @param equal whether they may be the same
 */
export function ascending(
  values: readonly number[],
  equal = false,
): { index: number; message: string } | undefined {
  const index = values.findIndex(
    (value, k) => k > 0 && (equal ? value < values[k - 1] : value <= values[k - 1]),
  );
  if (index < 0) return undefined;
  return { index, message: `${equal ? "at least" : "above"} ${values[index - 1]}, the one before it` };
}
