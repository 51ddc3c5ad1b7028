/** Errors of worker threads, and errors on their way out of one: a structured clone keeps neither their class nor their code. */

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

/** The error of a call whose threads were lost. */
export function lostError(reason: string): InfoNetError {
  return new InfoNetError(
    "worker",
    `a worker thread was lost (${reason}); make the call again, which starts new ones, or load the model with threads: 1.`,
  );
}
