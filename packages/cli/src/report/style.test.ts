import { expect, test } from "vitest";
import { STRENGTH_STEPS } from "./palette.js";
import { styleSheet } from "./style.js";

const css = styleSheet();

test("has every step of the strength scale twice: light and dark", () => {
  for (let step = 0; step < STRENGTH_STEPS; step++) {
    expect(css.match(new RegExp(`\\.q${step}\\{fill:#[0-9a-f]{6}\\}`, "g")), `${step}`).toHaveLength(2);
  }
});

test("defines every variable it uses, in both appearances", () => {
  const used = new Set([...css.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
  for (const name of used) expect(css.split(`${name}:`), name).toHaveLength(3);
});

test("is balanced, loads nothing and cannot end its element", () => {
  expect(css.split("{").length).toBe(css.split("}").length);
  expect(css).not.toMatch(/url\(|@import|https?:|<\//);
});
