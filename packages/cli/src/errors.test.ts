import { describe, expect, test } from "vitest";
import { CliError, Interrupted, interruption, oneLine, UsageError } from "./errors.js";

describe("oneLine", () => {
  test("flattens line breaks and control characters", () => {
    expect(oneLine(new Error("a\n  b\u001b[2Jc\u0000"))).toBe("a b [2Jc");
  });

  test("takes anything that can be thrown", () => {
    expect(oneLine("text")).toBe("text");
    expect(oneLine("a\u202eb\u200b")).toBe("a<U+202E>b<U+200B>");
    expect(oneLine(undefined)).toBe("undefined");
    expect(oneLine(new Error(""))).toBe("failed without a message; set INFONET_DEBUG=1 to see where");
  });
});

test("errors carry the exit status that shells expect", () => {
  const errors = [new CliError(""), new UsageError(""), new Interrupted(""), new Interrupted("", "SIGTERM")];
  expect(errors.map(({ exitCode }) => exitCode)).toEqual([1, 2, 130, 143]);
  expect(new UsageError("")).toBeInstanceOf(CliError);
});

test("an interruption keeps the signal that was its reason", () => {
  const { signal } = new AbortController();
  expect(interruption(signal, "so far").exitCode).toBe(130);
  const aborted = AbortSignal.abort(new Interrupted("first", "SIGTERM"));
  const error = interruption(aborted, "so far");
  expect([error.message, error.exitCode]).toEqual(["so far", 143]);
});
