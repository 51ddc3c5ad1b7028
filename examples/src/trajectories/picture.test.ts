import { expect, test } from "vitest";
import { Random } from "../random.js";
import { bodyColours, picture, scoreColours } from "./picture.js";
import { drawScene } from "./scene.js";

test("the largest scores are the darkest and lie on top; no score is grey", () => {
  const { colours, order } = scoreColours([0.1, Number.NaN, 2, 0.2, 1]);
  expect(order).toEqual([1, 0, 3, 4, 2]);
  const red = colours.map((colour) => Number(/\d+/.exec(colour)?.[0]));
  expect(red[0]).toBe(red[1]);
  expect(red[0]).toBe(red[3]);
  expect(red[2]).toBeLessThan(red[4]);
  expect(red[4]).toBeLessThan(red[3]);
});

test("every point moves once, and is used in every panel", () => {
  const { tracks, owners } = drawScene(new Random(1), 90);
  const panel = { title: "bodies", colours: bodyColours(owners), picked: 3 };
  const svg = picture(tracks, [[panel, panel], [panel]]);
  const count = (text: string): number => svg.split(text).length - 1;
  expect(count("<title>")).toBe(1);
  expect(count('href="#p5"')).toBe(3);
  expect(count('id="p5"')).toBe(1);
  // In its colour, and once more as the picked one.
  expect(count('href="#p3"')).toBe(6);
  expect(count('<path id="t')).toBe(1);
  expect(svg).not.toContain("NaN");
});
