import { ENDING_SIGNALS, type EndingSignal, Interrupted, signalStatus } from "../errors.js";
import { removeLeftovers } from "../temporary.js";
import type { Io } from "./io.js";

/** What is used of `process`. */
export interface Host {
  pid: number;
  exitCode?: number | string | null | undefined;
  on(name: EndingSignal, listener: (name: EndingSignal) => void): unknown;
  removeAllListeners(name: EndingSignal): unknown;
  kill(pid: number, name: EndingSignal): unknown;
  exit(status: number): unknown;
}

/** What the end of the process waits for threads that do not end. */
const EXIT_GRACE_MS = 500;

/**
 * Lets signals end the run: the first aborts what is going on, so that finished work can be kept; the second
 * ends the process at once.
 */
export class Signals {
  readonly #controller = new AbortController();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Aborted by the first signal, with an {@link Interrupted} as the reason. */
  get aborted(): AbortSignal {
    return this.#controller.signal;
  }

  /** Begins to listen. */
  listen({ err }: Pick<Io, "err">): void {
    for (const name of ENDING_SIGNALS) {
      this.#host.on(name, () => {
        if (!this.aborted.aborted) {
          this.#controller.abort(new Interrupted("interrupted; nothing was written.", name));
          return;
        }
        err(`\ninfonet: ended at once by a second signal (${name}); what was not written yet is lost.\n`);
        this.#terminate(name);
      });
    }
  }

  /** Ends the process with a status as soon as nothing runs any more, and soon in any case. */
  finish(status: number): void {
    this.#host.exitCode = status;
    // Once the command is through, whatever still runs is a thread that hangs. It keeps the event loop alive, and
    // this timer does not.
    const timer = setTimeout(() => {
      const by = (this.aborted.reason as Interrupted | undefined)?.by;
      if (by !== undefined && status === signalStatus(by)) this.#terminate(by);
      else this.#host.exit(status);
    }, EXIT_GRACE_MS);
    timer.unref();
  }

  /** `exit` waits for threads, also for one that writes to a pipe nobody reads. The signal itself does not; it also
   * lets nobody clean up. */
  #terminate(name: EndingSignal): void {
    removeLeftovers();
    this.#host.removeAllListeners(name);
    this.#host.kill(this.#host.pid, name);
    this.#host.exit(signalStatus(name));
  }
}
