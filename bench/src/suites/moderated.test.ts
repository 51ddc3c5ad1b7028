import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { conditionalNeighbours } from "../reference/conditional-neighbours.js";
import { normalDensity } from "../reference/quadrature.js";
import { drawModerated, MODERATED_LAWS, type ModeratedLaw } from "./moderated-laws.js";
import { columnsOf, sideOf } from "./sides.js";

const truthOf = (call: ModeratedLaw["call"], name: string): number =>
  MODERATED_LAWS.find((law) => law.call === call && law.name === name)?.truth ?? Number.NaN;

test("truths that are known otherwise", () => {
  const known: Array<[ModeratedLaw["call"], string, number]> = [
    ["conditional", "slope by the sign of z", 0.8304],
    ["conditional", "slope where z > 0 only", 0.4152],
    ["conditional", "partial correlation 0.8", 0.5108],
    // Additive uniform noise, 0.1 − ln 0.2, as in Beyond Normal.
    ["conditional", "y = (x + z) mod 1, noise 0.1", 1.7094],
    ["joint", "y = a + b + 0.5 g", 0.5 * Math.log(9)],
    ["joint", "sum of five, + g", 0.5 * Math.log(6)],
  ];
  for (const [call, name, truth] of known) expect(truthOf(call, name), name).toBeCloseTo(truth, 3);
  expect(
    MODERATED_LAWS.filter(({ name }) => name.startsWith("common cause")).map(({ truth }) => truth),
  ).toEqual([0, 0, 0, 0, 0]);
  const keys = MODERATED_LAWS.map(({ call, name }) => `${call} ${name}`);
  expect(new Set(keys).size).toBe(keys.length);
});

/** Mean and standard error over fresh draws. */
function meanOf(value: (rng: Random) => number, draws = 200_000): [mean: number, error: number] {
  const rng = new Random(11, 5);
  let [sum, squares] = [0, 0];
  for (let k = 0; k < draws; k++) {
    const v = value(rng);
    sum += v;
    squares += v * v;
  }
  const mean = sum / draws;
  return [mean, Math.sqrt((squares / draws - mean * mean) / draws)];
}

/** E of the log density ratio along draws of the law itself: another way to the same number. */
const ratios: Array<[call: ModeratedLaw["call"], name: string, value: (rng: Random) => number]> = [
  [
    "conditional",
    "y = xz + 0.3 g",
    (rng) => {
      const [x, z, g] = [rng.normal(), rng.normal(), rng.normal()];
      const y = x * z + 0.3 * g;
      return Math.log(normalDensity(y, x * z, 0.3) / normalDensity(y, 0, Math.hypot(z, 0.3)));
    },
  ],
  [
    "conditional",
    "correlation 0.9 sin 2z",
    (rng) => {
      const [x, z, g] = [rng.normal(), rng.normal(), rng.normal()];
      const slope = 0.9 * Math.sin(2 * z);
      const rest = Math.sqrt(1 - slope * slope);
      const y = slope * x + rest * g;
      return Math.log(normalDensity(y, slope * x, rest) / normalDensity(y));
    },
  ],
  [
    "conditional",
    "binary, logit slope by the sign of z",
    (rng) => {
      const p = 1 / (1 + Math.exp(-3 * rng.normal()));
      return Math.log(2 * (rng.chance(p) ? p : 1 - p));
    },
  ],
  [
    "joint",
    "stripes along a wave",
    (rng) => {
      const sign = rng.sign();
      const y = sign + 0.3 * rng.normal();
      const [own, other] = [normalDensity(y, sign, 0.3), normalDensity(y, -sign, 0.3)];
      return Math.log(own / (0.5 * (own + other)));
    },
  ],
  [
    "joint",
    "categories and a number",
    (rng) => {
      const effects = [0.4, -1.6, 1.1, -0.3, 2, -0.9, 0.1, -0.8];
      const [level, a] = [rng.integer(0, 7), rng.normal()];
      const centre = 2 * effects[level] + a;
      const y = centre + 0.5 * rng.normal();
      const spread = Math.sqrt(1.25);
      const pooled = effects.reduce((sum, e) => sum + normalDensity(y, 2 * e, spread) / 8, 0);
      return Math.log(normalDensity(y, centre, 0.5) / pooled);
    },
  ],
];

test.each(ratios)("%s, %s: quadrature agrees with the mean log density ratio", (call, name, value) => {
  const [mean, error] = meanOf(value);
  expect(error).toBeLessThan(0.005);
  expect(Math.abs(mean - truthOf(call, name))).toBeLessThan(4 * error);
});

test("a product and its noise: the information that a fine histogram of the product has", () => {
  const rng = new Random(12, 1);
  const [draws, width] = [1_000_000, 0.05];
  const counts = new Map<number, number>();
  for (let k = 0; k < draws; k++) {
    const bin = Math.floor((rng.normal() * rng.normal() + 0.3 * rng.normal()) / width);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  let entropy = Math.log(width);
  for (const count of counts.values()) entropy -= (count / draws) * Math.log(count / draws);
  const noise = 0.5 * Math.log(2 * Math.PI * Math.E * 0.09);
  expect(Math.abs(entropy - noise - truthOf("joint", "y = ab + 0.3 g"))).toBeLessThan(0.005);
});

test("the classes of two categories and the stripes are shared as the truths say", () => {
  const law = MODERATED_LAWS.find(({ name }) => name === "class of two categories")!;
  const { x, y } = drawModerated(law, 20_000, new Random(3, 3));
  const share = new Map<string, number>();
  const cells = new Map<string, string>();
  for (let row = 0; row < 20_000; row++) {
    const level = String(y[0][row]);
    share.set(level, (share.get(level) ?? 0) + 1 / 20_000);
    const cell = `${x[0][row]} ${x[1][row]}`;
    expect(cells.get(cell) ?? level).toBe(level);
    cells.set(cell, level);
  }
  expect(cells.size).toBe(30);
  const entropy = [...share.values()].reduce((sum, p) => sum - p * Math.log(p), 0);
  expect(Math.abs(entropy - law.truth)).toBeLessThan(0.02);
  const stripes = MODERATED_LAWS.find(({ name }) => name === "stripes along a wave")!;
  const ups = drawModerated(stripes, 20_000, new Random(4, 3)).y[0] as Float64Array;
  expect(Math.abs(ups.filter((v) => v > 0).length / 20_000 - 0.5)).toBeLessThan(0.015);
});

/** Where neighbours need more rows than these: what they miss of the truth. */
const FAR = /mod 1|sign of ab|sum of five|three numbers|ab \+|stripes/;

test.each(MODERATED_LAWS.filter(({ name }) => !FAR.test(name)))(
  "$call, $name: what neighbours find in a sample is near the truth",
  (law) => {
    const { x, y, z } = drawModerated(law, Math.max(...law.sizes, 2000), new Random(7, 1));
    for (const column of [...x, ...y, ...z]) expect(column).toHaveLength(y[0].length);
    const found = conditionalNeighbours(x, y, z);
    expect(Math.abs(found - law.truth)).toBeLessThan(0.1 + 0.15 * law.truth);
  },
);

test("sides: one column by itself, numbers row by row, a list where texts are among them", () => {
  const numbers = columnsOf([
    [1, 2],
    [3, 4],
  ]);
  expect(sideOf(numbers)).toEqual({ data: Float64Array.of(1, 2, 3, 4), width: 2 });
  expect(sideOf(numbers.slice(0, 1))).toEqual(Float64Array.of(1, 3));
  const mixed = columnsOf([
    ["a", 2],
    ["b", 4],
  ]);
  expect(mixed).toEqual([["a", "b"], Float64Array.of(2, 4)]);
  expect(sideOf(mixed)).toBe(mixed);
});
