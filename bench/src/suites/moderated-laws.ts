/** Laws whose dependence changes with other columns, with their information: closed forms and quadrature. */
import type { Random } from "@infonet/training/evaluate";
import type { Cells } from "../reference/conditional-neighbours.js";
import {
  differentialEntropy,
  integral,
  normalDensity,
  normalEntropy,
  normalMean,
  shareEntropy,
} from "../reference/quadrature.js";
import { FIRST, logistic, NAMES, SECOND } from "./category-effects.js";
import { type Cell, columnsOf } from "./sides.js";

/** One row; no z where the call is `joint`. */
interface Row {
  x: Cell[];
  y: Cell[];
  z?: Cell[];
}

/** A law of rows. */
export interface ModeratedLaw {
  name: string;
  /** What is asked: I(X; Y | Z), or I(X; Y). */
  call: "conditional" | "joint";
  sizes: readonly number[];
  /** Nats. */
  truth: number;
  row(rng: Random): Row;
}

/** Columns of a sample. */
export interface ModeratedSample {
  x: Cells[];
  y: Cells[];
  z: Cells[];
}

/** A sample of n rows. */
export function drawModerated({ row }: Pick<ModeratedLaw, "row">, n: number, rng: Random): ModeratedSample {
  const rows = Array.from({ length: n }, () => row(rng));
  return {
    x: columnsOf(rows.map(({ x }) => x)),
    y: columnsOf(rows.map(({ y }) => y)),
    z: columnsOf(rows.map(({ z }) => z ?? [])),
  };
}

const SIZES = [500, 2000];

const given = (
  name: string,
  truth: number,
  row: (rng: Random) => Required<Row>,
  sizes: readonly number[] = SIZES,
): ModeratedLaw => ({ name, call: "conditional", sizes, truth, row });

const joint = (
  name: string,
  truth: number,
  row: (rng: Random) => Row,
  sizes: readonly number[] = SIZES,
): ModeratedLaw => ({ name, call: "joint", sizes, truth, row });

/** I of two normal variables. */
const normalInformation = (correlation: number): number => -0.5 * Math.log1p(-(correlation ** 2));

/** I of a uniform variable and itself with uniform noise of at most 0.5 in size. */
const uniformInformation = (noise: number): number => noise - Math.log(2 * noise);

const SLOPE = 0.9;
const sharing = (x: number, correlation: number, rng: Random): number =>
  correlation * x + Math.sqrt(1 - correlation ** 2) * rng.normal();

/** Signs of six categories. */
const SIGNS = [1, -1, -1, 1, -1, 1];

const LOGIT = 3;

/** I of a normal number and a binary whose logit it moves: the same for either sign of the slope. */
const logitInformation =
  Math.LN2 - normalMean((y) => shareEntropy([logistic(LOGIT * y), logistic(-LOGIT * y)]));

/** Class of a pair of categories, one of six and one of five. */
const classOf = (a: number, b: number): number => (a * b + (a >> 1) + 2 * (b & 1)) % 4;

function classEntropy(): number {
  const shares = [0, 0, 0, 0];
  for (let a = 0; a < 6; a++) for (let b = 0; b < 5; b++) shares[classOf(a, b)] += 1 / 30;
  return shareEntropy(shares);
}

const WAVE_NOISE = 0.3;
/** The stripe of a point is as often one of +1 as of −1: 12 is a whole number of periods. */
const stripe = (a: number, b: number): number => (Math.floor((Math.sin(a) + b) / 1.5) % 2 === 0 ? 1 : -1);
const stripeInformation =
  differentialEntropy(
    -5,
    5,
    4000,
    (y) => 0.5 * (normalDensity(y, 1, WAVE_NOISE) + normalDensity(y, -1, WAVE_NOISE)),
  ) - normalEntropy(WAVE_NOISE);

/** I of (a, b) and ab + noise: given a the product is normal. */
const productInformation = (noise: number): number => {
  const density = (y: number): number =>
    2 * integral(0, 9, 600, (a) => normalDensity(a) * normalDensity(y, 0, Math.hypot(a, noise)));
  return 2 * differentialEntropy(0, 40, 2000, density) - normalEntropy(noise);
};

const several = (rng: Random, count: number): number[] => Array.from({ length: count }, () => rng.normal());
const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

/** Laws of X and Y given Z. */
const CONDITIONAL: readonly ModeratedLaw[] = [
  given("slope by the sign of z", normalInformation(SLOPE), (rng) => {
    const [x, z] = several(rng, 2);
    return { x: [x], y: [sharing(x, Math.sign(z) * SLOPE, rng)], z: [z] };
  }),
  given("slope by z of −1 and 1", normalInformation(SLOPE), (rng) => {
    const [x, z] = [rng.normal(), rng.sign()];
    return { x: [x], y: [sharing(x, z * SLOPE, rng)], z: [z] };
  }),
  given("slope where z > 0 only", normalInformation(SLOPE) / 2, (rng) => {
    const [x, z] = several(rng, 2);
    return { x: [x], y: [sharing(x, z > 0 ? SLOPE : 0, rng)], z: [z] };
  }),
  given(
    "y = xz + 0.3 g",
    normalMean((z) => 0.5 * Math.log1p((z / 0.3) ** 2)),
    (rng) => {
      const [x, z] = several(rng, 2);
      return { x: [x], y: [x * z + 0.3 * rng.normal()], z: [z] };
    },
  ),
  given("slope by the sign of ab", normalInformation(SLOPE), (rng) => {
    const [x, a, b] = several(rng, 3);
    return { x: [x], y: [sharing(x, Math.sign(a * b) * SLOPE, rng)], z: [a, b] };
  }),
  given(
    "correlation 0.9 sin 2z",
    normalMean((z) => normalInformation(SLOPE * Math.sin(2 * z))),
    (rng) => {
      const [x, z] = several(rng, 2);
      return { x: [x], y: [sharing(x, SLOPE * Math.sin(2 * z), rng)], z: [z] };
    },
  ),
  given("y = (x + z) mod 1, noise 0.1", uniformInformation(0.1), (rng) => {
    const [x, z] = [rng.uniform(), rng.uniform()];
    return { x: [x], y: [((x + z) % 1) + rng.between(-0.1, 0.1)], z: [z] };
  }),
  given("slope by the sign of 6 categories", normalInformation(SLOPE), (rng) => {
    const [x, level] = [rng.normal(), rng.integer(0, 5)];
    return { x: [x], y: [sharing(x, SIGNS[level] * SLOPE, rng)], z: [NAMES[level]] };
  }),
  given("binary, logit slope by the sign of z", logitInformation, (rng) => {
    const [y, z] = several(rng, 2);
    return { x: [rng.chance(logistic(LOGIT * Math.sign(z) * y)) ? "yes" : "no"], y: [y], z: [z] };
  }),
  given(
    "exclusive or of texts",
    Math.LN2,
    (rng) => {
      const [x, y] = [rng.chance(0.5), rng.chance(0.5)];
      return { x: [x ? "yes" : "no"], y: [y ? "on" : "off"], z: [x === y ? "same" : "other"] };
    },
    [400],
  ),
  given("partial correlation 0.8", normalInformation(0.8), (rng) => {
    const [e, z] = several(rng, 2);
    return { x: [z + e], y: [z + sharing(e, 0.8, rng)], z: [z] };
  }),
  given("common cause, a number", 0, (rng) => {
    const z = rng.normal();
    return { x: [z + 0.5 * rng.normal()], y: [z + 0.5 * rng.normal()], z: [z] };
  }),
  given("common cause, z² and |z|", 0, (rng) => {
    const z = rng.normal();
    return { x: [z * z + 0.1 * rng.normal()], y: [Math.abs(z) + 0.1 * rng.normal()], z: [z] };
  }),
  given("common cause, 8 categories", 0, (rng) => {
    const level = rng.integer(0, 7);
    return {
      x: [FIRST[level] + 0.5 * rng.normal()],
      y: [SECOND[level] + 0.5 * rng.normal()],
      z: [NAMES[level]],
    };
  }),
  given("common cause, three numbers", 0, (rng) => {
    const z = several(rng, 3);
    return { x: [sum(z) + 0.8 * rng.normal()], y: [sum(z) + 0.8 * rng.normal()], z };
  }),
  given("common cause, a category and a number", 0, (rng) => {
    const [level, z] = [rng.integer(0, 7), rng.normal()];
    return {
      x: [FIRST[level] + z + 0.5 * rng.normal()],
      y: [SECOND[level] + z + 0.5 * rng.normal()],
      z: [NAMES[level], z],
    };
  }),
];

/** Laws of X and Y. */
const JOINT: readonly ModeratedLaw[] = [
  joint(
    "class of two categories",
    classEntropy(),
    (rng) => {
      const [a, b] = [rng.integer(0, 5), rng.integer(0, 4)];
      return { x: [NAMES[a], NAMES[b]], y: [`class ${classOf(a, b)}`] };
    },
    [500, 3000],
  ),
  joint(
    "exclusive or of texts",
    Math.LN2,
    (rng) => {
      const [a, b] = [rng.chance(0.5), rng.chance(0.5)];
      return { x: [a ? "yes" : "no", b ? "on" : "off"], y: [a === b ? "same" : "other"] };
    },
    [400],
  ),
  joint(
    "stripes along a wave",
    stripeInformation,
    (rng) => {
      const [a, b] = [rng.between(-6, 6), rng.between(-6, 6)];
      return { x: [a, b], y: [stripe(a, b) + WAVE_NOISE * rng.normal()] };
    },
    [5000],
  ),
  joint("slope by the sign of b", normalInformation(SLOPE), (rng) => {
    const [a, b] = several(rng, 2);
    return { x: [a, b], y: [sharing(a, Math.sign(b) * SLOPE, rng)] };
  }),
  joint("y = ab + 0.3 g", productInformation(0.3), (rng) => {
    const [a, b] = several(rng, 2);
    return { x: [a, b], y: [a * b + 0.3 * rng.normal()] };
  }),
  joint("y = a + b + 0.5 g", 0.5 * Math.log1p(2 / 0.25), (rng) => {
    const x = several(rng, 2);
    return { x, y: [sum(x) + 0.5 * rng.normal()] };
  }),
  joint("sum of five, + g", 0.5 * Math.log1p(5), (rng) => {
    const x = several(rng, 5);
    return { x, y: [sum(x) + rng.normal()] };
  }),
  joint("categories and a number", categoryInformation(), (rng) => {
    const [level, a] = [rng.integer(0, 7), rng.normal()];
    return { x: [NAMES[level], a], y: [2 * FIRST[level] + a + 0.5 * rng.normal()] };
  }),
];

/** I of (category, a) and 2 · effect + a + noise of 0.5. */
function categoryInformation(): number {
  const spread = Math.hypot(1, 0.5);
  const density = (y: number): number =>
    sum(FIRST.map((effect) => normalDensity(y, 2 * effect, spread))) / FIRST.length;
  return differentialEntropy(-14, 14, 4000, density) - normalEntropy(0.5);
}

export const MODERATED_LAWS: readonly ModeratedLaw[] = [...CONDITIONAL, ...JOINT];
