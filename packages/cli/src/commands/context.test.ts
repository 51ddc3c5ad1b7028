import { expect, test } from "vitest";
import { fakeIo } from "../testing/fake-io.js";
import { tableOf } from "../testing/samples.js";
import { defaultThreads, tellNotes } from "./context.js";

test("defaultThreads: at least one, at most eight", () => {
  expect(defaultThreads()).toBeGreaterThanOrEqual(1);
  expect(defaultThreads()).toBeLessThanOrEqual(8);
});

test("tellNotes: one line a note, without control characters", () => {
  const io = fakeIo();
  tellNotes(io, tableOf([], { file: "t.csv", notes: ["read as utf-16le", "column renamed: \u001b[2J → b"] }));
  expect(io.stderr).toBe("infonet: t.csv: read as utf-16le\ninfonet: t.csv: column renamed: ␛[2J → b\n");
});
