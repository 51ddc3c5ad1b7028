/**
 * Keeps worker threads from being ended while they are in native code: ONNX Runtime, back from a run in a thread that is
 * being ended, ends the whole process.
 */

/** Cells of the shared memory: threads that are in native code, and whether no other may enter. */
const INSIDE = 0;
const CLOSED = 1;

/** A gate that threads pass on their way into native code. */
export class NativeGate {
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /** @param memory of the gate, in the threads */
  constructor(readonly memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Int32Array(memory);
  }

  /**
   * Does work in native code.
   *
   * @throws Error if the gate is closed
   */
  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    // Counted before it looks whether it may: whoever closes the gate then sees one of the two.
    Atomics.add(this.#cells, INSIDE, 1);
    try {
      if (Atomics.load(this.#cells, CLOSED) === 1) throw new Error("the threads are being ended");
      return await work();
    } finally {
      Atomics.sub(this.#cells, INSIDE, 1);
      Atomics.notify(this.#cells, INSIDE);
    }
  }

  /** Lets nobody in from now on. */
  close(): void {
    Atomics.store(this.#cells, CLOSED, 1);
  }

  /** Whether no thread is in native code. */
  get empty(): boolean {
    return Atomics.load(this.#cells, INSIDE) === 0;
  }

  /** Stops the calling thread until no other is in native code, for some milliseconds at most. */
  waitUntilEmpty(most: number): void {
    const end = performance.now() + most;
    for (let left = most; left > 0; left = end - performance.now()) {
      const inside = Atomics.load(this.#cells, INSIDE);
      if (inside === 0) return;
      Atomics.wait(this.#cells, INSIDE, inside, left);
    }
  }
}
