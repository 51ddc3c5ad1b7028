import { expect, test } from "vitest";
import { randomPolyline } from "./curves.js";
import { Random } from "./random.js";

const NODES = 257;

/** Ends of the straight pieces of y as a function of x, nodes apart; none if x is not evenly spaced. */
function piecesOf(x: Float64Array, y: Float64Array): number[] | undefined {
  const step = x[1] - x[0];
  for (let i = 1; i < NODES; i++) if (Math.abs(x[i] - x[i - 1] - step) > 1e-9) return undefined;
  const bend = (i: number): number => Math.abs(y[i + 1] - 2 * y[i] + y[i - 1]);
  const bent = Array.from({ length: NODES - 2 }, (_, k) => k + 1).filter((i) => bend(i) > 1e-9);
  // A corner between two nodes bends the line at both.
  return bent.filter((i) => !bent.includes(i - 1));
}

/** Broken lines among random polylines: those of few corners, straight between them. */
function brokenLines(count: number) {
  const lines: { corners: number[] }[] = [];
  for (let k = 0; k < count; k++) {
    const { x, y } = randomPolyline(new Random(5, k), NODES);
    const corners = piecesOf(x, y) ?? piecesOf(y, x);
    if (corners !== undefined && corners.length >= 1 && corners.length <= 9) lines.push({ corners });
  }
  return lines;
}

test("every polyline is standardised along both axes", () => {
  for (let k = 0; k < 200; k++) {
    const line = randomPolyline(new Random(5, k), NODES);
    for (const axis of [line.x, line.y]) {
      const mean = axis.reduce((sum, value) => sum + value, 0) / NODES;
      const variance = axis.reduce((sum, value) => sum + (value - mean) ** 2, 0) / NODES;
      expect(Math.abs(mean)).toBeLessThan(1e-9);
      expect(variance).toBeCloseTo(1, 6);
    }
  }
});

test("about a fifth are broken lines, none of them with its corners at regular places", () => {
  const count = 600;
  const lines = brokenLines(count);
  // Some have two corners so near each other that they count as one, some a corner that does not bend.
  expect(lines.length / count).toBeGreaterThan(0.14);
  expect(lines.length / count).toBeLessThan(0.24);
  for (const { corners } of lines.filter(({ corners }) => corners.length >= 3)) {
    const lengths = corners
      .map((corner, k) => corner - (corners[k - 1] ?? 0))
      .concat(NODES - 1 - corners.at(-1)!);
    expect(Math.max(...lengths) / Math.min(...lengths)).toBeGreaterThan(1.1);
  }
});
