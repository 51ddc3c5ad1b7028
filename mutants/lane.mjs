import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** Modules that were once loaded are never let go; a fresh worker has none. */
const MUTANTS_A_WORKER = 400;

/** A worker that tries one mutant after the other. One that hangs or dies is replaced, and its mutant counts as killed. */
export class Lane {
  #worker;
  #running;
  #served = 0;

  /** @param patienceFor milliseconds that a test may take, by its name; undefined: what loads before all tests */
  async ask(job, patienceFor) {
    if (this.#served++ % MUTANTS_A_WORKER === 0) await this.end();
    if (this.#worker === undefined) this.#start();
    const start = performance.now();
    const answer = await this.#answer(job, patienceFor);
    if (answer.gone) await this.end();
    return { ...answer, ms: Math.round(performance.now() - start) };
  }

  async end() {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start() {
    this.#running = new Int32Array(new SharedArrayBuffer(8));
    this.#worker = new Worker(new URL("./worker.mjs", import.meta.url), {
      workerData: { running: this.#running.buffer },
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
      stdout: true,
      stderr: true,
    });
  }

  #answer({ files, mutant, order, skipped }, patienceFor) {
    const worker = this.#worker;
    const running = this.#running;
    return new Promise((done) => {
      let step;
      let since = performance.now();
      const finish = (answer) => {
        clearInterval(watch);
        worker.removeAllListeners("message");
        worker.removeAllListeners("error");
        worker.on("error", () => {});
        done(answer);
      };
      const watch = setInterval(() => {
        const now = Atomics.load(running, 1);
        if (now !== step) {
          step = now;
          since = performance.now();
        } else if (performance.now() - since > patienceFor(order[Atomics.load(running, 0)])) {
          finish({ killer: "time", gone: true });
        }
      }, 200);
      worker.once("message", finish);
      worker.once("error", (error) => finish({ killer: "crash", error: String(error), gone: true }));
      Atomics.store(running, 0, -1);
      worker.postMessage({ files, mutant, order, skipped });
    });
  }
}

/** A lane in a process of its own. One that dies is replaced, and its mutant counts as killed. */
export class ProcessLane {
  #child;

  /** @param patience milliseconds that a test may take, by its name; by undefined what loads before all tests */
  async ask(job, patience) {
    this.#child ??= fork(fileURLToPath(new URL("./lane-process.mjs", import.meta.url)), {
      execArgv: process.execArgv,
      serialization: "advanced",
      // What V8 says before it ends a process is of no use.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const child = this.#child;
    const start = performance.now();
    return new Promise((done) => {
      const onExit = (code, signal) => {
        this.#child = undefined;
        done({ killer: "crash", error: signal ?? `exit ${code}`, ms: Math.round(performance.now() - start) });
      };
      child.once("exit", onExit);
      child.once("message", (answer) => {
        child.off("exit", onExit);
        done(answer);
      });
      child.send({ job, patience });
    });
  }

  end() {
    this.#child?.disconnect();
    this.#child = undefined;
  }
}
