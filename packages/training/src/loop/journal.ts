/** What a run tells: a line on the terminal, a JSONL file, a picture of the losses. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { styleText } from "node:util";
import { lossChart } from "./chart.js";
import type { LogLine } from "./log-line.js";

/** Progress as the terminal shows it. */
export interface ProgressLine {
  step: number;
  seen: number;
  minutes: number;
  minutesLeft: number;
  losses: Record<string, number>;
  rate: number;
  examplesPerSecond: number;
  /** Share of the time spent waiting for the generator, 0 … 1. */
  waiting: number;
}

export class Journal {
  readonly #path: string;
  readonly #folder: string;
  #lastPrinted = 0;

  /** @param resumedAt step of the checkpoint that the run goes on from; later lines of the log are dropped. */
  constructor(folder: string, resumedAt?: number) {
    this.#folder = folder;
    this.#path = join(folder, "log.jsonl");
    const kept = resumedAt === undefined ? [] : this.lines().filter((line) => line.step <= resumedAt);
    writeFileSync(this.#path, kept.map((line) => `${JSON.stringify(line)}\n`).join(""));
  }

  lines(): LogLine[] {
    if (!existsSync(this.#path)) return [];
    return readFileSync(this.#path, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as LogLine);
  }

  write(line: LogLine): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }

  /** Draws `loss.svg` from the whole log. */
  draw(): void {
    writeFileSync(join(this.#folder, "loss.svg"), lossChart(this.lines()));
  }

  /** A line on stderr: rewritten in place on a terminal, every half minute elsewhere. */
  progress(line: ProgressLine): void {
    const now = performance.now();
    const interval = process.stderr.isTTY ? 200 : 30_000;
    if (this.#lastPrinted > 0 && now - this.#lastPrinted < interval) return;
    this.#lastPrinted = now;
    const losses = Object.entries(line.losses)
      .map(([name, value]) => `${name} ${value.toFixed(4)}`)
      .join("  ");
    const text = [
      `step ${line.step}`,
      `${line.seen.toLocaleString("en")} distributions`,
      losses,
      `rate ${line.rate.toExponential(1)}`,
      `${line.examplesPerSecond.toFixed(0)}/s`,
      `waiting ${(100 * line.waiting).toFixed(0)} %`,
      `${line.minutesLeft.toFixed(1)} min left`,
    ].join("  ·  ");
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
  }

  /** A line that stays. */
  say(text: string): void {
    const clear = process.stderr.isTTY ? "\r\x1b[2K" : "";
    process.stderr.write(`${clear}${styleText("bold", text)}\n`);
  }
}
