import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeLabels } from "./labels.js";

describe("placeLabels", () => {
  test("sets short labels side by side", () => {
    expect(placeLabels([50, 150, 250], ["Adelie", "Chinstrap", "Gentoo"], 300)).toEqual([
      { text: "Adelie", line: 0 },
      { text: "Chinstrap", line: 0 },
      { text: "Gentoo", line: 0 },
    ]);
  });

  test("lets longer ones alternate between two lines", () => {
    const names = ["a longer name", "b longer name", "c longer name", "d"];
    expect(placeLabels([40, 110, 180, 250], names, 300)).toEqual(
      names.map((text, k) => ({ text, line: k % 2 })),
    );
  });

  test("shortens only what does not fit even so", () => {
    const [first, second] = placeLabels([100, 120, 140], ["x".repeat(40), "y", "z"], 300);
    expect(first.text).toBe("xxxx…");
    expect(second).toEqual({ text: "y", line: 1 });
  });

  test("never lets neighbours on a line touch", () => {
    const widths = fc.array(fc.integer({ min: 16, max: 90 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(widths, fc.integer({ min: 1, max: 40 }), (steps, length) => {
        const at: number[] = [];
        for (const step of steps) at.push((at.at(-1) ?? 0) + step);
        const end = (at.at(-1) as number) + 20;
        const placed = placeLabels(
          at,
          at.map(() => "m".repeat(length)),
          end,
        );
        for (const line of [0, 1]) {
          const here = placed.flatMap((label, k) => (label.line === line ? [{ ...label, at: at[k] }] : []));
          for (let k = 1; k < here.length; k++) {
            const half = (label: { text: string }) => ([...label.text].length * 6.6) / 2;
            expect(here[k].at - half(here[k])).toBeGreaterThanOrEqual(here[k - 1].at + half(here[k - 1]));
          }
        }
      }),
    );
  });
});
