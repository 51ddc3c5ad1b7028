import { expect, test } from "vitest";
import { randomPolyline } from "./curves.js";
import { Random } from "./random.js";

const NODES = 257;

/** Nodes at which y bends as a function of x; none if x is not evenly spaced. */
function bends(x: Float64Array, y: Float64Array): number[] | undefined {
  const step = x[1] - x[0];
  for (let i = 1; i < NODES; i++) if (Math.abs(x[i] - x[i - 1] - step) > 1e-9) return undefined;
  const bend = (i: number): number => Math.abs(y[i + 1] - 2 * y[i] + y[i - 1]);
  return Array.from({ length: NODES - 2 }, (_, k) => k + 1).filter((i) => bend(i) > 1e-9);
}

/** Corners of the broken lines among random polylines, which are straight nearly everywhere. */
function brokenLines(count: number): number[][] {
  const lines: number[][] = [];
  for (let k = 0; k < count; k++) {
    const { x, y } = randomPolyline(new Random(5, k), NODES);
    const bent = bends(x, y) ?? bends(y, x);
    // A corner between two nodes bends the line at both.
    if (bent !== undefined && bent.length <= 18) lines.push(bent.filter((i) => !bent.includes(i - 1)));
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

test("about three in ten are broken lines, none of them with its corners at regular places", () => {
  const count = 600;
  const lines = brokenLines(count);
  expect(lines.length / count).toBeGreaterThan(0.25);
  expect(lines.length / count).toBeLessThan(0.35);
  for (const corners of lines.filter(({ length }) => length >= 3)) {
    const lengths = corners.map((corner, k) => corner - (corners[k - 1] ?? 0));
    expect(Math.max(...lengths) / Math.min(...lengths)).toBeGreaterThan(1.05);
  }
});
