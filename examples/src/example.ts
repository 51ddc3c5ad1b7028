/** What an example is: something that runs, measures itself and draws a picture. */
import type { InfoNet } from "infonet";

/** A figure that must hold. */
export interface Check {
  name: string;
  value: number;
  /** On which side of the bar the value must lie. */
  bound: "at least" | "at most";
  bar: number;
}

/** What came out of a run. */
export interface Outcome {
  /** In the order in which they are to be read. */
  figures: ReadonlyArray<{ name: string; value: number; unit?: string }>;
  checks: readonly Check[];
  /** Pictures by file name. */
  pictures: ReadonlyMap<string, string | Uint8Array>;
}

/** What a run is given. */
export interface Run {
  /** Few draws, at most a minute: whether it works, not how well. */
  quick: boolean;
  /** Seed of everything that is drawn. */
  seed: number;
  /** To be asked now and then; `signal.throwIfAborted()` ends the run. */
  signal: AbortSignal;
  /** Tells how far the run is, in a few words. */
  report(line: string): void;
  net: InfoNet;
  /** The example's own options, as they were given. */
  options: Readonly<Record<string, string | undefined>>;
}

/** An option that one example has for itself, `--name VALUE`. */
export interface ExampleOption {
  name: string;
  /** What stands for the value in the help. */
  value: string;
  help: string;
}

/** One example. */
export interface Example {
  /** Name on the command line and of the folder. */
  name: string;
  /** What it shows, in one line. */
  title: string;
  options?: readonly ExampleOption[];
  /**
   * Runs it: the same seed, the same outcome.
   *
   * @throws the signal's reason once that is aborted; TypeError for options that cannot be
   */
  run(run: Run): Promise<Outcome>;
}

/** Whether a check holds; not a number holds nothing. */
export function holds({ value, bound, bar }: Check): boolean {
  return bound === "at least" ? value >= bar : value <= bar;
}
