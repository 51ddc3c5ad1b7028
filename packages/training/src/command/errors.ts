/** How a command of this package ends when something is wrong. */

/** Exit status of a command that was understood and failed. */
export const EXIT_FAILED = 1;
/** Exit status of a command line that could not be understood. */
export const EXIT_USAGE = 2;
/** Exit status after Ctrl-C: 128 + SIGINT, what shells expect. */
export const EXIT_INTERRUPTED = 130;

/** The command line itself is wrong. The message is one line: subject, received value, remedy. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The user pressed Ctrl-C. The message says what becomes of what was done until then. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** One line out of anything thrown: line breaks and control characters (they may come from a file) are flattened. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const flat = text.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return flat === "" ? "failed without a message; set INFONET_DEBUG=1 to see where" : flat;
}

/** The exit status that an error stands for. */
export function exitStatus(error: unknown): number {
  if (error instanceof Interrupted) return EXIT_INTERRUPTED;
  return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
}
