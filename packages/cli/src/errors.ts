import { printable } from "./text/printable.js";

/** Exit status of a command line that could not be understood. */
export const EXIT_USAGE = 2;
/** Exit status of a command that was understood and failed. */
export const EXIT_FAILED = 1;

/** The signals that end a run early: Ctrl-C, what `kill` and supervisors send, a terminal that is closed. */
export const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** One of {@link ENDING_SIGNALS}. */
export type EndingSignal = (typeof ENDING_SIGNALS)[number];

/** Exit status after a signal, as shells have it: 128 and its number; 130 for Ctrl-C, 143 for SIGTERM. */
export function signalStatus(name: EndingSignal): number {
  return 128 + SIGNAL_NUMBERS[name];
}

/** The same on every system (POSIX.1, `kill`). */
const SIGNAL_NUMBERS: Record<EndingSignal, number> = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

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

/** A signal ended the run, most often Ctrl-C. The message says what was done until then. */
export class Interrupted extends CliError {
  override readonly name = "Interrupted";
  override readonly exitCode: number;

  constructor(
    message: string,
    readonly by: EndingSignal = "SIGINT",
  ) {
    super(message);
    this.exitCode = signalStatus(by);
  }
}

/** The error that ends a command whose signal was aborted: what the message says, by what aborted it. */
export function interruption({ reason }: AbortSignal, message: string): Interrupted {
  return new Interrupted(message, reason instanceof Interrupted ? reason.by : undefined);
}

/**
 * One line for stderr out of anything thrown. System errors keep only the part a user can act on;
 * line breaks and control characters (they may come from a file) are flattened, unseen marks are shown.
 */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const flat = printable(text.replace(/[\p{Cc}\s]+/gu, " ").trim());
  return flat === "" ? "failed without a message; set INFONET_DEBUG=1 to see where" : flat;
}
