/** Laws of X, Y and Z that the test of conditional independence is put to. */
import type { Random } from "@infonet/training/evaluate";
import type { Vectors } from "./bmi-tasks.js";

/** One row. */
interface Row {
  x: number;
  y: number;
  z: number[];
}

/** A law of one row. */
export interface ConditionalLaw {
  name: string;
  /** Whether X and Y share anything beyond Z. */
  dependent: boolean;
  row(normal: () => number): Row;
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
    row(normal) {
      const z = Array.from({ length: width }, normal);
      const [a, b] = [normal(), normal()];
      return { x: x(z, a), y: y(z, b, a), z };
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
    row(normal) {
      const [x, y] = [normal(), normal()];
      return { x, y, z: [x + y + 2 * normal()] };
    },
  },
];

/** A sample of n rows. */
export function drawConditional(
  { row }: ConditionalLaw,
  n: number,
  rng: Random,
): { x: Float64Array; y: Float64Array; z: Vectors } {
  const rows = Array.from({ length: n }, () => row(() => rng.normal()));
  return {
    x: Float64Array.from(rows, ({ x }) => x),
    y: Float64Array.from(rows, ({ y }) => y),
    z: { data: Float64Array.from(rows.flatMap(({ z }) => z)), width: rows[0].z.length },
  };
}
