import { describe, expect, test } from "vitest";
import { styleFor } from "./io.js";

const styled = (outIsTerminal: boolean, env: Record<string, string> = {}) =>
  styleFor({ outIsTerminal, env })("bold", "x");

describe("styleFor", () => {
  test("colours on a terminal only", () => {
    expect(styled(true)).toBe("\u001b[1mx\u001b[22m");
    expect(styled(false)).toBe("x");
  });

  test("obeys NO_COLOR and simple terminals", () => {
    expect(styled(true, { NO_COLOR: "1" })).toBe("x");
    expect(styled(true, { NO_COLOR: "" })).toBe("\u001b[1mx\u001b[22m");
    expect(styled(true, { TERM: "dumb" })).toBe("x");
  });
});
