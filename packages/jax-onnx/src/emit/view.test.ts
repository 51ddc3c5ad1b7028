import { describe, expect, test } from "vitest";
import {
  broadcastView,
  joinAtoms,
  refine,
  reshapeView,
  transposeView,
  viewShape,
  wholeView,
} from "./view.js";

describe("views", () => {
  test("join runs that are contiguous", () => {
    expect(
      joinAtoms([
        { size: 2, stride: 12 },
        { size: 3, stride: 4 },
        { size: 4, stride: 1 },
      ]),
    ).toEqual([{ size: 24, stride: 1 }]);
    expect(
      joinAtoms([
        { size: 3, stride: 1 },
        { size: 4, stride: 3 },
      ]),
    ).toHaveLength(2);
  });

  test("split and merge axes after a transpose", () => {
    const v = transposeView(wholeView("t", [4, 6]), [1, 0]);
    const split = reshapeView(v, [2, 3, 4]);
    expect(split?.axes).toEqual([
      [{ size: 2, stride: 3 }],
      [{ size: 3, stride: 1 }],
      [{ size: 4, stride: 6 }],
    ]);
    const merged = reshapeView(split!, [24]);
    expect(viewShape(merged!)).toEqual([24]);
  });

  test("refuse a reshape that cuts through runs", () => {
    const v = transposeView(wholeView("t", [2, 3]), [1, 0]);
    expect(reshapeView(v, [2, 3])).toBeUndefined();
    expect(reshapeView(v, [6])).toBeDefined();
  });

  test("stretch axes without a copy", () => {
    const v = broadcastView(wholeView("t", [3, 1]), [3, 5], []);
    expect(v.axes[1]).toEqual([{ size: 5, stride: 0 }]);
    expect(viewShape(v)).toEqual([3, 5]);
  });

  test("are refined to common runs", () => {
    const parts = refine(
      [
        [{ size: 12, stride: 1 }],
        [
          { size: 3, stride: 4 },
          { size: 4, stride: 100 },
        ],
      ],
      12,
    );
    expect(parts?.[0]).toEqual([
      { size: 3, stride: 4 },
      { size: 4, stride: 1 },
    ]);
    expect(
      refine(
        [
          [
            { size: 2, stride: 9 },
            { size: 3, stride: 1 },
          ],
          [
            { size: 3, stride: 2 },
            { size: 2, stride: 1 },
          ],
        ],
        6,
      ),
    ).toBeUndefined();
  });
});
