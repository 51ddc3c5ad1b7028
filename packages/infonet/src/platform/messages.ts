/** What the pool and its worker threads tell each other. */

import type { PackedError } from "./errors.js";

/** What the pool tells a thread when it starts it. */
export interface WorkerSetup {
  /** Address of the folder of the model; without it the bundled one. */
  model: string | undefined;
  /** Memory of the gate into native code. */
  gate: SharedArrayBuffer;
}

/** One task: by its name, with its input. */
export interface WorkerTask {
  name: string;
  input: unknown;
}

/** What a thread answers: what the task gave, or why it gave nothing; `closed` if the thread cannot do any. */
export type WorkerAnswer = { output: unknown } | { failure: PackedError; closed: boolean };

/** The buffers of a value that are no shared memory: posted with it, they move instead of being copied. */
export function buffersOf(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) buffersOf(part, found);
  }
  return found;
}

/**
 * A value to be posted. A view of a part of a larger buffer would be posted with all of it: such views become arrays of
 * their own.
 */
export function posted(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const partial = value.byteLength < value.buffer.byteLength;
    return partial && !(value instanceof DataView) ? (value as Float64Array).slice() : value;
  }
  if (Array.isArray(value)) return value.map(posted);
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, posted(part)]));
  }
  return value;
}
