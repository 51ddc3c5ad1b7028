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
