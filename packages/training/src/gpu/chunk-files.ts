/** A share of the stream as files, for a trainer in another process. */
import { readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fillBatch } from "../stream/batch.js";
import { batchBytes, type ExampleOptions } from "../stream/index.js";

/** Options of {@link writeChunks}. */
export interface ChunkOptions {
  /** Start of the files' names. */
  name: string;
  seed: number;
  /** Number of the first example. */
  first: number;
  /** From the first example of a file to that of the next: processes that share a stream take turns. */
  stride: number;
  /** Examples a file. */
  size: number;
  /** What the examples are like, default as the stream's own defaults say. */
  examples?: ExampleOptions;
  /** Files, default no end. */
  count?: number;
  /** Ends the work before the next file. */
  signal?: AbortSignal;
}

/** Files that may lie there unread; then the generator waits. */
export const UNREAD = 3;

/**
 * Writes `NAME-FIRST.bin` files, FIRST the number of the first example, each laid out as a batch in memory. A
 * file appears whole, under its name; whoever has read it removes it.
 */
export async function writeChunks(folder: string, options: ChunkOptions): Promise<void> {
  const { name, seed, first, stride, size, examples = {}, count = Infinity, signal } = options;
  const bytes = new Uint8Array(batchBytes(size, examples));
  const unread = (): number =>
    readdirSync(folder).filter((file) => file.startsWith(`${name}-`) && file.endsWith(".bin")).length;
  for (let k = 0; k < count; k++) {
    fillBatch(seed, first + k * stride, size, bytes.buffer, examples);
    // The work above holds the thread: here the signal gets its turn.
    do await sleep(unread() < UNREAD ? 0 : 5);
    while (!signal?.aborted && unread() >= UNREAD);
    if (signal?.aborted) return;
    const path = join(folder, `${name}-${first + k * stride}`);
    writeFileSync(`${path}.tmp`, bytes);
    renameSync(`${path}.tmp`, `${path}.bin`);
  }
}
