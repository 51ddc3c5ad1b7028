import { Script } from "node:vm";
import { expect, it } from "vitest";
import { SCRIPT } from "./script.js";

it("is a script that parses", () => {
  expect(() => new Script(SCRIPT)).not.toThrow();
});

it("cannot end its element, puts text in only as text, and asks nobody", () => {
  expect(SCRIPT).not.toContain("</");
  expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(/);
  expect(SCRIPT).not.toMatch(/fetch|XMLHttpRequest|import\(|WebSocket|https?:/);
});
