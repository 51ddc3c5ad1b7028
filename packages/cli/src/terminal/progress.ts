import type { Progress } from "infonet";
import { grouped } from "../text/numbers.js";
import type { Io } from "./io.js";

const BLOCKS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const FIRST_AFTER_MS = 500;
const EVERY_MS = 100;

/** A bar of a number of cells, filled to a share in steps of an eighth of a cell. */
export function bar(share: number, cells: number): string {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * cells * 8);
  const full = "█".repeat(eighths >> 3) + BLOCKS[eighths & 7];
  return full.padEnd(cells);
}

/** One line: bar, count, rate and time left. */
export function progressLine({ done, total }: Progress, elapsedMs: number): string {
  const share = total > 0 ? done / total : 0;
  const rate = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const left = rate > 0 ? duration((total - done) / rate) : "–";
  const speed = rate >= 10 ? grouped(Math.round(rate)) : rate.toFixed(1);
  return `▕${bar(share, 24)}▏ ${grouped(done)} of ${grouped(total)} pairs · ${speed}/s · ${left} left`;
}

/** `0:42`, `1:02:03`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

/** Shows progress on stderr while it is a terminal and the work takes longer than half a second; `onProgress` is told at once. */
export function progressBar(io: Io, now: () => number = () => performance.now()) {
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let told = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    update(progress: Progress): void {
      const time = now();
      if (time - told >= EVERY_MS) {
        told = time;
        io.onProgress?.(progress);
      }
      if (!io.errIsTerminal || time - start < FIRST_AFTER_MS || time - drawn < EVERY_MS) return;
      drawn = time;
      visible = true;
      io.err(`\r\u001b[2K${progressLine(progress, time - start)}`);
    },
    /** Wipes the line. */
    clear(): void {
      if (visible) io.err("\r\u001b[2K");
      visible = false;
    },
  };
}
