import { expect, test } from "vitest";
import { permutation } from "../testing/random.js";
import { LEVELS, LOCAL_FEATURES, localInformation, SHAPES, TOKEN_GRID, TOKENS } from "./local-information.js";
import { FINE } from "./rank-cells.js";

const cLogC = (c: number): number => (c > 1 ? c * Math.log(c) : 0);

/** E[c ln c]/λ of Poisson's distribution. */
function uniformSum(lambda: number): number {
  if (lambda > 500) return Math.log(lambda) + 0.5 / lambda;
  let [term, sum] = [Math.exp(-lambda), 0];
  for (let c = 1; c < lambda + 15 * Math.sqrt(lambda) + 30; c++) {
    term *= lambda / c;
    sum += term * cLogC(c);
  }
  return sum / lambda;
}

const levels = Array.from({ length: LEVELS }, (_, level) => level);
/** All shapes in the order of the features: those of two dimensions, strips along u, strips along v. */
const ALL_SHAPES = [
  ...SHAPES,
  ...levels.map((level) => [level, LEVELS] as const),
  ...levels.map((level) => [LEVELS, level] as const),
];

test.each([40, 700, 5000])(
  "of each token and shape: (1/m) Σ c ln c less what m uniform points have, n = %i",
  (n) => {
    const perm = permutation(4, n);
    const out = new Float32Array(TOKENS * LOCAL_FEATURES + 2).fill(7);
    localInformation(perm, out, 1);
    const fine = (rank: number): number => Math.floor(((rank + 0.5) * FINE) / n);
    const tokens = Array.from({ length: TOKENS }, () => [] as [number, number][]);
    perm.forEach((v, u) => {
      tokens[(fine(v) >> LEVELS) * TOKEN_GRID + (fine(u) >> LEVELS)].push([fine(u), fine(v)]);
    });
    let furthest = 0;
    for (const [token, points] of tokens.entries()) {
      for (const [s, [a, b]] of ALL_SHAPES.entries()) {
        const counts = new Map<number, number>();
        for (const [u, v] of points) {
          const cell = (v >> b) * FINE + (u >> a);
          counts.set(cell, (counts.get(cell) ?? 0) + 1);
        }
        const sum = [...counts.values()].reduce((total, c) => total + cLogC(c), 0);
        const lambda = points.length / 2 ** (2 * LEVELS - a - b);
        const expected = points.length === 0 ? 0 : sum / points.length - uniformSum(lambda);
        furthest = Math.max(furthest, Math.abs(out[1 + token * LOCAL_FEATURES + s] - expected));
      }
    }
    // What uniform points have comes from a table of four entries an octave.
    expect(furthest).toBeLessThan(4e-3);
    expect([out[0], out[TOKENS * LOCAL_FEATURES + 1]]).toEqual([7, 7]);
  },
);

test.each([1, 3, 40, 160])("a rise of %i points a fine cell: as many in every cell on the diagonal", (c) => {
  const out = new Float32Array(TOKENS * LOCAL_FEATURES);
  localInformation(
    Uint32Array.from({ length: FINE * c }, (_, k) => k),
    out,
  );
  const m = 2 ** LEVELS * c;
  let furthest = 0;
  for (let token = 0; token < TOKENS; token++) {
    const onDiagonal = token % (TOKEN_GRID + 1) === 0;
    for (const [s, [a, b]] of ALL_SHAPES.entries()) {
      // Where cells are longer one way, the diagonal crosses as many as it does short sides.
      const occupied = 2 ** (LEVELS - Math.min(a, b));
      const lambda = m / 2 ** (2 * LEVELS - a - b);
      const expected = onDiagonal ? Math.log(m / occupied) - uniformSum(lambda) : 0;
      furthest = Math.max(furthest, Math.abs(out[token * LOCAL_FEATURES + s] - expected));
    }
  }
  expect(furthest).toBeLessThan(4e-3);
});
