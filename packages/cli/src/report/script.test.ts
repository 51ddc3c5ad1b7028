import { Script } from "node:vm";
import { expect, test } from "vitest";
import { SCRIPT } from "./script.js";

test("is a script that parses", () => {
  expect(() => new Script(SCRIPT)).not.toThrow();
});

test("cannot end its element, puts text in only as text, and asks nobody", () => {
  expect(SCRIPT).not.toContain("</");
  expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(/);
  expect(SCRIPT).not.toMatch(/fetch|XMLHttpRequest|import\(|WebSocket|https?:/);
});
