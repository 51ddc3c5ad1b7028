import type { Engine } from "../engine.js";
import type { Context } from "./context.js";

/** What a call to the network is waited for after Ctrl-C: a batch takes well below a second. */
const ABORT_GRACE_MS = 5000;
/** What the end of the threads is waited for. */
const DISPOSE_GRACE_MS = 2000;

/** Loads the model, uses it and disposes of it, in every case and without waiting for threads that hang. */
export async function withEngine<Result>(
  { load, signal }: Pick<Context, "load" | "signal">,
  threads: number,
  use: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const engine = await load({ threads });
  try {
    signal.throwIfAborted();
    return await use(engine);
  } finally {
    const grace = timer(DISPOSE_GRACE_MS);
    await Promise.race([engine.dispose(), grace.over]).finally(grace.stop);
  }
}

/**
 * The answer of a call to the network. After Ctrl-C it is waited for a while, because finished pairs come with it,
 * but not for ever: a thread may hang.
 *
 * @throws the reason of the abort if there is no answer
 */
export async function withGracePeriod<Result>(signal: AbortSignal, call: Promise<Result>): Promise<Result> {
  let stop = () => {};
  const expiry = new Promise<never>((_, reject) => {
    const wait = () => {
      const grace = timer(ABORT_GRACE_MS);
      stop = grace.stop;
      grace.over.then(() => reject(signal.reason));
    };
    if (signal.aborted) wait();
    else {
      signal.addEventListener("abort", wait, { once: true });
      stop = () => signal.removeEventListener("abort", wait);
    }
  });
  try {
    return await Promise.race([call, expiry]);
  } finally {
    stop();
  }
}

/** A timer that keeps the process alive until it is over or stopped. */
function timer(ms: number): { over: Promise<void>; stop: () => void } {
  let stop = () => {};
  const over = new Promise<void>((resolve) => {
    const id = setTimeout(resolve, ms);
    stop = () => clearTimeout(id);
  });
  return { over, stop };
}
