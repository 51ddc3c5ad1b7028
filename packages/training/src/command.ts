/** How every command of this package ends when something is wrong: one line, and an exit code. */

/**
 * Runs a command. An error is told in one line; the exit code is 2 if the command was used wrongly (a TypeError,
 * as parseArgs throws, or a RangeError), else 1.
 */
export function runCommand(name: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof TypeError || error instanceof RangeError ? 2 : 1;
  });
}

/** A whole number from `least` as an option, or a usage error. */
export function wholeOption(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new TypeError(`--${name} is "${text}"; give a whole number from ${least}`);
  }
  return value;
}

/** A number above 0 as an option, or a usage error. */
export function positiveOption(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) {
    throw new TypeError(`--${name} is "${text}"; give a number above 0`);
  }
  return value;
}
