/** Laws of X, Y and Z that the test of conditional independence is put to. */
import type { Random } from "@infonet/training/evaluate";
import { FIRST, logistic, NAMES, SECOND } from "./category-effects.js";
import { type Cell, columnsOf, type Side, sideOf } from "./sides.js";

/** One row. */
interface Row {
  x: Cell;
  y: Cell;
  z: Cell[];
  /** What X and Y are beyond Z, where they are numbers that are Z and noise. */
  noises?: readonly [number, number];
}

/** A law of one row. */
export interface ConditionalLaw {
  name: string;
  /** Whether X and Y share anything beyond Z. */
  dependent: boolean;
  row(rng: Random): Row;
}

const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);
const square = (values: readonly number[]): number => sum(values.map((v) => v * v));

/** Laws with Z of some columns; X and Y are functions of Z and of noises of their own. */
function law(
  name: string,
  width: number,
  x: (z: readonly number[], noise: number) => number,
  y: (z: readonly number[], noise: number, ofX: number) => number,
  dependent = false,
): ConditionalLaw {
  return {
    name,
    dependent,
    row(rng) {
      const z = Array.from({ length: width }, () => rng.normal());
      const [a, b] = [rng.normal(), rng.normal()];
      return { x: x(z, a), y: y(z, b, a), z, noises: [a, b] };
    },
  };
}

const share = (noise: number, ofX: number, r: number): number => r * ofX + Math.sqrt(1 - r * r) * noise;

export const CONDITIONAL_LAWS: readonly ConditionalLaw[] = [
  law(
    "linear, one column",
    1,
    ([z], e) => z + e,
    ([z], e) => z + e,
  ),
  law(
    "linear, one column, little noise",
    1,
    ([z], e) => z + 0.3 * e,
    ([z], e) => z + 0.3 * e,
  ),
  law(
    "z² and |z|, little noise",
    1,
    ([z], e) => z * z + 0.1 * e,
    ([z], e) => Math.abs(z) + 0.1 * e,
  ),
  law(
    "two waves",
    1,
    ([z], e) => Math.sin(3 * z) + 0.3 * e,
    ([z], e) => Math.cos(3 * z) + 0.3 * e,
  ),
  law(
    "a common scale, one column",
    1,
    ([z], e) => Math.exp(z) * e,
    ([z], e) => Math.exp(z) * e,
  ),
  law(
    "z₁z₂ and sin 2z₁ + z₂²",
    2,
    ([a, b], e) => a * b + 0.3 * e,
    ([a, b], e) => Math.sin(2 * a) + b * b + 0.3 * e,
  ),
  law(
    "linear, three columns",
    3,
    (z, e) => sum(z) + e,
    (z, e) => sum(z) + z[0] + e,
  ),
  law(
    "‖z‖² and ‖z‖, three columns",
    3,
    (z, e) => square(z) + e,
    (z, e) => Math.sqrt(square(z)) + 0.3 * e,
  ),
  law(
    "linear, eight columns",
    8,
    (z, e) => sum(z) / 2 + e,
    (z, e) => sum(z) / 2 + e,
  ),
  law(
    "a common scale, five columns",
    5,
    (z, e) => Math.exp(sum(z) / Math.sqrt(5)) * e,
    (z, e) => Math.exp(sum(z) / Math.sqrt(5)) * e,
  ),
  law(
    "linear, correlation 0.15 beyond it",
    1,
    ([z], e) => z + e,
    ([z], e, a) => z + share(e, a, 0.15),
    true,
  ),
  law(
    "linear, a square beyond it",
    1,
    ([z], e) => z + e,
    ([z], e, a) => z + 0.3 * a * a + e,
    true,
  ),
  law(
    "z₁z₂ and sin 2z₁ + z₂², correlation 0.2 beyond it",
    2,
    ([z, w], e) => z * w + 0.3 * e,
    ([z, w], e, a) => Math.sin(2 * z) + w * w + 0.3 * share(e, a, 0.2),
    true,
  ),
  law(
    "linear, three columns, correlation 0.15 beyond it",
    3,
    (z, e) => sum(z) + e,
    (z, e, a) => sum(z) + z[0] + share(e, a, 0.15),
    true,
  ),
  {
    name: "two causes of one effect",
    dependent: true,
    row(rng) {
      const [x, y] = [rng.normal(), rng.normal()];
      return { x, y, z: [x + y + 2 * rng.normal()] };
    },
  },
  // Laws are added at the end: their places number the streams of random numbers.
  law(
    "‖z‖² and ‖z‖, noise 0.3 and 0.1",
    3,
    (z, e) => square(z) + 0.3 * e,
    (z, e) => Math.sqrt(square(z)) + 0.1 * e,
  ),
  {
    name: "8 categories",
    dependent: false,
    row(rng) {
      const [level, a, b] = [rng.integer(0, 7), rng.normal(), rng.normal()];
      return { x: FIRST[level] + a, y: SECOND[level] + b, z: [NAMES[level]], noises: [a, b] };
    },
  },
  {
    name: "8 categories, little noise",
    dependent: false,
    row(rng) {
      const [level, a, b] = [rng.integer(0, 7), rng.normal(), rng.normal()];
      const [x, y] = [FIRST[level] + 0.3 * a, SECOND[level] + 0.3 * b];
      return { x, y, z: [NAMES[level]], noises: [a, b] };
    },
  },
  {
    name: "8 categories and a number",
    dependent: false,
    row(rng) {
      const [level, z, a, b] = [rng.integer(0, 7), rng.normal(), rng.normal(), rng.normal()];
      const [x, y] = [FIRST[level] + z + 0.5 * a, SECOND[level] + z + 0.5 * b];
      return { x, y, z: [NAMES[level], z], noises: [a, b] };
    },
  },
  {
    name: "texts given 8 categories",
    dependent: false,
    row(rng) {
      const level = rng.integer(0, 7);
      const shown = (effect: number): string => (rng.chance(logistic(1.5 * effect)) ? "yes" : "no");
      return { x: shown(FIRST[level]), y: shown(SECOND[level]), z: [NAMES[level]] };
    },
  },
  {
    name: "a text and a number given a number",
    dependent: false,
    row(rng) {
      const z = rng.normal();
      return { x: rng.chance(logistic(2 * z)) ? "yes" : "no", y: z + 0.5 * rng.normal(), z: [z] };
    },
  },
  law(
    "slope 0.3 by the sign of z",
    1,
    (_, e) => e,
    ([z], e, a) => share(e, a, 0.3 * Math.sign(z)),
    true,
  ),
  law(
    "y = 0.3 xz + g",
    1,
    (_, e) => e,
    ([z], e, a) => 0.3 * a * z + e,
    true,
  ),
  {
    name: "y = (x + z) mod 1 + 0.3 g",
    dependent: true,
    row(rng) {
      const [x, z] = [rng.uniform(), rng.uniform()];
      return { x, y: ((x + z) % 1) + 0.3 * rng.normal(), z: [z] };
    },
  },
  {
    name: "exclusive or of texts, 3 of 10 wrong",
    dependent: true,
    row(rng) {
      const [x, y] = [rng.chance(0.5), rng.chance(0.5)];
      return {
        x: x ? "yes" : "no",
        y: y ? "on" : "off",
        z: [(x === y) === rng.chance(0.7) ? "same" : "other"],
      };
    },
  },
  {
    name: "slope 0.3 by the sign of 8 categories",
    dependent: true,
    row(rng) {
      const [level, x, e] = [rng.integer(0, 7), rng.normal(), rng.normal()];
      return { x, y: share(e, x, level % 2 === 0 ? 0.3 : -0.3), z: [NAMES[level]] };
    },
  },
  law(
    "linear, three columns, correlation −0.15 beyond it",
    3,
    (z, e) => sum(z) + e,
    (z, e, a) => sum(z) + z[0] + share(e, a, -0.15),
    true,
  ),
  law(
    "2z₁ and noise of scale e¹·²ᶻ²",
    2,
    ([a, b], e) => 2 * a + Math.exp(1.2 * b) * e,
    ([a, b], e) => 2 * a + Math.exp(1.2 * b) * e,
  ),
  law(
    "z₁ + z₂ and noise of scale 1.5 or 0.3 by the sign of z₁z₂",
    2,
    ([a, b], e) => a + b + (a * b > 0 ? 1.5 : 0.3) * e,
    ([a, b], e) => a + b + (a * b > 0 ? 1.5 : 0.3) * e,
  ),
  law(
    "2z₁ and noise that is skewed by the sign of z₂",
    2,
    ([a, b], e) => 2 * a + Math.sign(b) * (e * e - 1),
    ([a, b], e) => 2 * a + Math.sign(b) * (e * e - 1),
  ),
];

/** A sample of a law. */
export interface ConditionalSample extends Record<"x" | "y" | "z", Side> {
  /** What X and Y are beyond Z, where that is known. */
  noises?: [Float64Array, Float64Array];
}

/** A sample of n rows. */
export function drawConditional({ row }: ConditionalLaw, n: number, rng: Random): ConditionalSample {
  const rows = Array.from({ length: n }, () => row(rng));
  const side = (cells: (row: Row) => Cell[]): Side => sideOf(columnsOf(rows.map(cells)));
  const noise = (at: 0 | 1): Float64Array => Float64Array.from(rows, ({ noises }) => noises?.[at] ?? 0);
  const sample = { x: side(({ x }) => [x]), y: side(({ y }) => [y]), z: side(({ z }) => z) };
  return rows[0]?.noises === undefined ? sample : { ...sample, noises: [noise(0), noise(1)] };
}
