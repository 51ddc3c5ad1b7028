import { describe, expect, test } from "vitest";
import {
  hex,
  RATIO,
  RATIO_LIMIT,
  RATIO_MAP,
  RATIO_NEVER,
  RATIO_STEPS,
  type Rgb,
  ratioPixel,
  ratioStep,
  STRENGTH,
  STRENGTH_STEPS,
  strengthStep,
} from "./palette.js";

/** Relative luminance of WCAG 2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const s = part / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("ratioPixel has the colour of the ratio, and stripes where nothing is", () => {
  expect(ratioPixel(0, 3, 4)).toBe(ratioStep(0));
  expect(ratioPixel(-50, 3, 4)).toBe(0);
  const stripes = Array.from({ length: 14 }, (_, k) => ratioPixel(Number.NEGATIVE_INFINITY, k, 0));
  expect(stripes.filter((pixel) => pixel === RATIO_NEVER)).toHaveLength(10);
  expect(new Set(stripes).size).toBe(2);
  for (const tone of ["light", "dark"] as const) {
    expect(RATIO_MAP[tone]).toHaveLength(RATIO_STEPS + 1);
    expect(RATIO_MAP[tone].length).toBeLessThanOrEqual(256);
  }
});

describe("scales", () => {
  test("have as many steps as they say and begin and end with the colours chosen", () => {
    expect(STRENGTH.light).toHaveLength(STRENGTH_STEPS);
    expect(RATIO.dark).toHaveLength(RATIO_STEPS);
    expect([STRENGTH.light[0], STRENGTH.light[STRENGTH_STEPS - 1]].map(hex)).toEqual(["#f1efe7", "#122c4e"]);
    expect(RATIO.light.map(hex)[(RATIO_STEPS - 1) / 2]).toBe("#faf7f0");
  });

  test("of strength run one way in lightness, so that they read in grey", () => {
    for (const [tone, sign] of [
      ["light", -1],
      ["dark", 1],
    ] as const) {
      const steps = STRENGTH[tone].map(luminance);
      for (let k = 1; k < steps.length; k++)
        expect(sign * (steps[k] - steps[k - 1]), `${tone} ${k}`).toBeGreaterThan(0);
    }
  });
});

describe("strengthStep", () => {
  test("divides 0 to 1 evenly and stays within", () => {
    expect([-1, 0, 0.5, 0.999, 1, 2].map(strengthStep)).toEqual([0, 0, 12, 23, 23, 23]);
  });
});

describe("ratioStep", () => {
  test("is the middle for independence and symmetric around it", () => {
    const middle = (RATIO_STEPS - 1) / 2;
    expect(ratioStep(0)).toBe(middle);
    for (const factor of [1.1, 2, 7, RATIO_LIMIT, 1000]) {
      expect(ratioStep(Math.log(factor)) - middle).toBe(middle - ratioStep(-Math.log(factor)));
    }
  });

  test("ends at the limit", () => {
    expect(ratioStep(Math.log(RATIO_LIMIT))).toBe(RATIO_STEPS - 1);
    expect(ratioStep(Number.POSITIVE_INFINITY)).toBe(RATIO_STEPS - 1);
    expect(ratioStep(Number.NEGATIVE_INFINITY)).toBe(0);
  });
});
