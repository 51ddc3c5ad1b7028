/** The dependences that independence tests are put to, each with its noise. */
import type { Random, Sample } from "@infonet/training/evaluate";

/** A shape of dependence. */
export interface Alternative {
  name: string;
  /** Deviations of the noise: from clearly visible to nearly hidden at n = 100 … 400. */
  noise: readonly number[];
  draw(rng: Random, noise: number): readonly [number, number];
}

const SQUARES = 4;

export const ALTERNATIVES: readonly Alternative[] = [
  {
    name: "linear",
    noise: [2, 4, 6],
    draw(rng, noise) {
      const x = rng.normal();
      return [x, x + noise * rng.normal()];
    },
  },
  {
    name: "quadratic",
    noise: [0.5, 1, 1.5],
    draw(rng, noise) {
      const x = rng.between(-1, 1);
      return [x, x * x + noise * rng.normal()];
    },
  },
  {
    name: "sine",
    noise: [1, 1.5, 2.5],
    draw(rng, noise) {
      const x = rng.uniform();
      return [x, Math.sin(4 * Math.PI * x) + noise * rng.normal()];
    },
  },
  {
    name: "circle",
    noise: [0.3, 0.5, 0.7],
    draw(rng, noise) {
      const angle = rng.between(0, 2 * Math.PI);
      return [Math.cos(angle) + noise * rng.normal(), Math.sin(angle) + noise * rng.normal()];
    },
  },
  {
    name: "checkerboard",
    noise: [0.2, 0.3, 0.4],
    draw(rng, noise) {
      const column = rng.integer(0, SQUARES - 1);
      const row = 2 * rng.integer(0, SQUARES / 2 - 1) + (column % 2);
      return [column + rng.uniform() + noise * rng.normal(), row + rng.uniform() + noise * rng.normal()];
    },
  },
];

/** Draw k of an alternative at a level of noise. */
export function sampleOf({ draw }: Alternative, noise: number, n: number, rng: Random): Sample {
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) [x[i], y[i]] = draw(rng, noise);
  return { x, y };
}
