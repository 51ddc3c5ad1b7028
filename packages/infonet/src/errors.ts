/** Machine-readable reason of an {@link InfoNetError}. */
export type ErrorCode =
  | "too-few-samples"
  | "constant"
  | "collinear"
  | "unequal-lengths"
  | "not-finite"
  | "not-a-number"
  | "unknown-column"
  | "invalid-option"
  | "model"
  | "telemetry"
  | "disposed";

/**
 * What the library throws, but for {@link AbortedError}. The message names the subject, the value received and the remedy;
 * `code` is for programs.
 */
export class InfoNetError extends Error {
  override readonly name = "InfoNetError";
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A refusal as one of many results has it.
 *
 * @throws whatever is no InfoNetError: a fault of the program, not of the data
 */
export function failureOf(error: unknown): { error: string; code: ErrorCode } {
  if (!(error instanceof InfoNetError)) throw error;
  return { error: error.message, code: error.code };
}

/** What calls after `dispose` throw. */
export function disposedError(): InfoNetError {
  return new InfoNetError("disposed", "this InfoNet was disposed of; load another one with InfoNet.load().");
}

/** A call was ended by its signal. Nothing that was finished is lost: it is in `partial`. */
export class AbortedError<Partial> extends Error {
  override readonly name = "AbortError";
  constructor(
    /** The finished part of the result: cells that were reached, or results with holes (`undefined`). */
    readonly partial: Partial,
    done: number,
    total: number,
    reason: unknown,
  ) {
    super(`aborted after ${done} of ${total} pairs; the finished ones are in \`partial\`.`, {
      cause: reason,
    });
  }
}

/** A received value as messages show it. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}
