/**
 * Keeps worker threads from being ended where that would end the whole process: while they load their modules, which Node
 * does not survive, and in native code, which ONNX Runtime does not.
 */

/** Shared memory: whether the gate is closed, how many threads have arrived, and for each its id and where it is. */
const CLOSED = 0;
const ARRIVED = 1;
const THREADS = 2;
/** Threads that are told apart. Pools have a few; one of more would only be ended later. */
const MOST = 512;
/** Milliseconds between two looks of a thread that stops until others are through. */
const LOOK = 5;

/** A gate that threads pass on their way into native code. */
export class NativeGate {
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /** @param memory of the gate, in the threads */
  constructor(readonly memory = new SharedArrayBuffer((THREADS + 2 * MOST) * Int32Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Int32Array(memory);
  }

  /**
   * Tells that the calling thread has loaded its modules, when the module that calls this has been evaluated.
   *
   * @returns what does work in native code, and throws once the gate is closed
   */
  arrive(threadId: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
    const at = THREADS + 2 * (Atomics.add(this.#cells, ARRIVED, 1) % MOST);
    const inside = at + 1;
    Atomics.store(this.#cells, inside, 1);
    Atomics.store(this.#cells, at, threadId);
    // Node still has to do with the module until whoever loads it goes on.
    queueMicrotask(() => Atomics.sub(this.#cells, inside, 1));
    return async (work) => {
      // Counted before it looks whether it may: whoever closes the gate then sees one of the two.
      Atomics.add(this.#cells, inside, 1);
      try {
        if (Atomics.load(this.#cells, CLOSED) === 1) throw new Error("the threads are being ended");
        return await work();
      } finally {
        Atomics.sub(this.#cells, inside, 1);
      }
    };
  }

  /** Lets nobody in from now on. */
  close(): void {
    Atomics.store(this.#cells, CLOSED, 1);
  }

  /** Whether threads can be ended: all have arrived, and none is in native code. */
  mayEnd(threadIds: readonly number[]): boolean {
    const places = new Map<number, number>();
    for (let at = THREADS; at < this.#cells.length; at += 2) places.set(Atomics.load(this.#cells, at), at);
    return threadIds.every((id) => places.has(id) && Atomics.load(this.#cells, places.get(id)! + 1) === 0);
  }

  /** Stops the calling thread until others can be ended, for some milliseconds at most. */
  waitUntilEnd(threadIds: readonly number[], most: number): void {
    const end = performance.now() + most;
    while (!this.mayEnd(threadIds) && performance.now() < end) Atomics.wait(this.#cells, CLOSED, 1, LOOK);
  }
}
