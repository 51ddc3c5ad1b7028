/** Errors on their way out of a worker thread. A structured clone keeps neither their class nor their code. */

import { type ErrorCode, InfoNetError } from "../errors.js";

/** An error as a message to another thread. */
export type PackedError = { code: ErrorCode; message: string; stack: string | undefined } | { error: Error };

/** What a thread sends for an error. */
export function packError(error: unknown): PackedError {
  if (error instanceof InfoNetError) {
    const { code, message, stack } = error;
    return { code, message, stack };
  }
  // The classes of the language arrive as they are.
  return { error: error instanceof Error ? error : new Error(String(error)) };
}

/** The error that was packed, with the stack of where it arose. */
export function unpackError(packed: PackedError): Error {
  if ("error" in packed) return packed.error;
  const error = new InfoNetError(packed.code, packed.message);
  if (packed.stack !== undefined) error.stack = packed.stack;
  return error;
}
