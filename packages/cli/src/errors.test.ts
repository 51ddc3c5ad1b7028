import { describe, expect, it } from "vitest";
import { CliError, Interrupted, oneLine, UsageError } from "./errors.js";

describe("oneLine", () => {
  it("flattens line breaks and control characters", () => {
    expect(oneLine(new Error("a\n  b\u001b[2Jc\u0000"))).toBe("a b [2Jc");
  });

  it("takes anything that can be thrown", () => {
    expect(oneLine("text")).toBe("text");
    expect(oneLine(undefined)).toBe("undefined");
    expect(oneLine(new Error(""))).toBe("failed without a message; set INFONET_DEBUG=1 to see where");
  });
});

it("errors carry the exit status that shells expect", () => {
  const codes = [new CliError(""), new UsageError(""), new Interrupted("")].map(({ exitCode }) => exitCode);
  expect(codes).toEqual([1, 2, 130]);
  expect(new UsageError("")).toBeInstanceOf(CliError);
});
