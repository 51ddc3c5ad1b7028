import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { EndingSignal, Interrupted } from "../errors.js";
import { fakeIo } from "../testing/fake-io.js";
import { type Host, Signals } from "./signals.js";

/** A process that remembers what was done to it. */
function fakeProcess() {
  const listeners = new Map<string, (name: EndingSignal) => void>();
  const done: string[] = [];
  const host: Host & { send(name: EndingSignal): void; done: string[] } = {
    pid: 77,
    done,
    on: (name, listener) => void listeners.set(name, listener),
    removeAllListeners: (name) => void listeners.delete(name),
    kill: (pid, name) => void done.push(`kill ${pid} ${name} ${listeners.has(name) ? "caught" : "default"}`),
    exit: (status) => void done.push(`exit ${status}`),
    send: (name) => listeners.get(name)?.(name),
  };
  const io = fakeIo();
  const signals = new Signals(host);
  signals.listen(io);
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  return { host, io, signals };
}

describe("signals", () => {
  test("the first one aborts, with its own exit status, and lets the work end", () => {
    for (const [name, status] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      const { host, io, signals } = fakeProcess();
      host.send(name);
      const reason = signals.aborted.reason as Interrupted;
      expect([reason.by, reason.exitCode, reason.message]).toEqual([
        name,
        status,
        "interrupted; nothing was written.",
      ]);
      expect([host.done, io.stderr]).toEqual([[], ""]);
    }
  });

  test("the second one ends the process at once by the signal itself, with one line", () => {
    const { host, io } = fakeProcess();
    host.send("SIGINT");
    host.send("SIGTERM");
    expect(host.done).toEqual(["kill 77 SIGTERM default", "exit 143"]);
    expect(io.stderr.trim()).toBe(
      "infonet: ended at once by a second signal (SIGTERM); what was not written yet is lost.",
    );
  });
});

describe("finish", () => {
  test("leaves the status, and ends threads that hang after a while", () => {
    const { host, signals } = fakeProcess();
    signals.finish(1);
    expect([host.exitCode, host.done]).toEqual([1, []]);
    vi.runAllTimers();
    expect(host.done).toEqual(["exit 1"]);
  });

  test("ends them by the signal that ended the run: exit would wait for them", () => {
    const { host, signals } = fakeProcess();
    host.send("SIGTERM");
    signals.finish(143);
    vi.runAllTimers();
    expect(host.done).toEqual(["kill 77 SIGTERM default", "exit 143"]);
  });
});
