/** Exit status of a command line that could not be understood. */
export const EXIT_USAGE = 2;
/** Exit status of a command that was understood and failed. */
export const EXIT_FAILED = 1;
/** Exit status after Ctrl-C: 128 + SIGINT, what shells expect. */
export const EXIT_INTERRUPTED = 130;

/**
 * A failure the user can mend. The message is one line: subject, received value, remedy.
 */
export class CliError extends Error {
  override readonly name: string = "CliError";
  readonly exitCode: number = EXIT_FAILED;
}

/** The command line itself is wrong; nothing was read. */
export class UsageError extends CliError {
  override readonly name = "UsageError";
  override readonly exitCode = EXIT_USAGE;
}

/** The user pressed Ctrl-C. The message says what was done until then. */
export class Interrupted extends CliError {
  override readonly name = "Interrupted";
  override readonly exitCode = EXIT_INTERRUPTED;
}

/**
 * One line for stderr out of anything thrown. System errors keep only the part a user can act on;
 * line breaks and control characters (they may come from a file) are flattened.
 */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const flat = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return flat === "" ? "failed without a message; set INFONET_DEBUG=1 to see where" : flat;
}
