/** Machine-readable reason of an {@link InfoNetError}. */
export type ErrorCode =
  | "too-few-samples"
  | "constant"
  | "unequal-lengths"
  | "not-finite"
  | "not-a-number"
  | "unknown-column"
  | "invalid-option"
  | "model"
  | "disposed";

/**
 * The one error class of the library. The message names the subject, the value received and the remedy;
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
