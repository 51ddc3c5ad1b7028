/**
 * Machine-readable reason of an {@link InfoNetError}. `"model"`: a file of the model is missing, damaged or another one.
 * `"runtime"`: what computes (ONNX Runtime, for `mine` also jax-js) is not installed, or not allowed to run.
 * `"worker"`: a worker thread ended or hung; the next call starts new ones. `"disposed"`: the model was disposed of.
 */
export type ErrorCode =
  | "too-few-samples"
  | "constant"
  | "too-many-levels"
  | "collinear"
  | "unequal-lengths"
  | "not-finite"
  | "not-a-number"
  | "unknown-column"
  | "invalid-option"
  | "model"
  | "runtime"
  | "telemetry"
  | "worker"
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

/**
 * A value, or why there is none, as one of many results has it.
 *
 * @throws as {@link failureOf}
 */
export function orFailure<Value extends object>(of: () => Value): Value | ReturnType<typeof failureOf> {
  try {
    return of();
  } catch (error) {
    return failureOf(error);
  }
}

/** What calls after `dispose` throw. */
export function disposedError(): InfoNetError {
  return new InfoNetError("disposed", "this InfoNet was disposed of; load another one with InfoNet.load().");
}

/** How far a call had come when it was ended, and in what it counts: "pairs", "slices", "permutations". */
export interface Extent {
  done: number;
  total: number;
  unit: string;
}

/**
 * A call was ended by its signal, or by `dispose`. Nothing that was finished is lost: it is in `partial`. `cause` is the
 * signal's reason, or InfoNetError "disposed".
 */
export class AbortedError<Partial> extends Error {
  override readonly name = "AbortError";
  constructor(
    /**
     * The finished part of the result: cells that were reached, or results with holes (`undefined`). `undefined` where a
     * call has no part that is worth something by itself.
     */
    readonly partial: Partial,
    { done, total, unit }: Extent,
    cause: unknown,
  ) {
    const what = cause instanceof InfoNetError ? "ended by dispose()" : "aborted";
    // What is to be done may be known only after the beginning.
    const when = total > 0 ? `after ${done} of ${total} ${unit}` : `before the first of the ${unit}`;
    const left =
      partial === undefined
        ? "no part of the result is of use alone."
        : "the finished ones are in `partial`.";
    super(`${what} ${when}; ${left}`, { cause });
  }
}

/** A received value as messages show it. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  if (typeof value === "function") return "a function";
  return String(value);
}

/** Why something failed, in one line: the message of an error and, where it tells more, that of its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause.message : "";
  const text = cause === "" || error.message.includes(cause) ? error.message : `${error.message}: ${cause}`;
  return text.replace(/\s+/g, " ").trim();
}
