import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { fakeIo } from "../testing/fake-io.js";
import { tableOf } from "../testing/samples.js";
import { defaultThreads, printNotes, workerThreads } from "./context.js";

test("defaultThreads: one a core, at most eight", () => {
  expect(defaultThreads()).toBe(Math.min(availableParallelism(), 8));
});

test("workerThreads: what is asked for, else one for little work and the default for much", () => {
  expect(workerThreads(21, 344)).toBe(1);
  expect(workerThreads(21, 344, 3)).toBe(3);
  expect(workerThreads(2775, 2000)).toBe(defaultThreads());
  expect(workerThreads(2775, 2000, 1)).toBe(1);
  expect(workerThreads(1, 10_000_000)).toBe(defaultThreads());
  expect(workerThreads(0, 0)).toBe(1);
});

test("printNotes: one line a note, without control characters", () => {
  const io = fakeIo();
  printNotes(
    io,
    tableOf([], { file: "t.csv", notes: ["read as utf-16le", "column renamed: \u001b[2J → b"] }),
  );
  expect(io.stderr).toBe("infonet: t.csv: read as utf-16le\ninfonet: t.csv: column renamed: ␛[2J → b\n");
});
