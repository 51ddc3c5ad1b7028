/** How long calls are ended before their time: by their signal, or by `dispose`. */

import { AbortedError, type Extent, InfoNetError } from "../errors.js";

/** The signal was aborted. It does not leave the library: {@link keepFinished} makes an AbortedError of it. */
export class Stopped extends Error {
  constructor(readonly reason: unknown) {
    super("stopped");
  }
}

/** @throws Stopped if the signal was aborted */
export function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Stopped(signal.reason);
}

/**
 * Does the work of a long call. The work looks at its signal by {@link checkSignal}; a network that is disposed of
 * refuses its runs, which ends it too.
 *
 * @param finished what is done when it is ended
 * @throws AbortedError with the finished part
 */
export async function keepFinished<Result, Partial>(
  work: () => Promise<Result>,
  finished: () => Extent & { partial: Partial },
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const stopped = error instanceof Stopped;
    const disposed = error instanceof InfoNetError && error.code === "disposed";
    if (!stopped && !disposed) throw error;
    const { partial, ...extent } = finished();
    throw new AbortedError(partial, extent, stopped ? error.reason : error);
  }
}
