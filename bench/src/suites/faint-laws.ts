/** Laws of two columns that have exactly a given information, a faint one, by quadrature. */
import { bisect, type Random } from "@infonet/training/evaluate";

/** A law: values of y, one for each of x. */
export interface FaintLaw {
  name: string;
  x(rng: Random): number;
  /** Draws y for a value of x. */
  y(x: number, rng: Random): number;
  /** The logarithm of the joint density over that of independence. */
  logRatio(x: number, y: number): number;
  /** Its mean, in nats, by quadrature. */
  information: number;
}

/** Points a side of a quadrature of the unit square. */
const SIDE = 64;

/** On the unit square, a density of 1 + a·k(u, v), where k has no mean along either side and lies within [−1, 1]. */
function tilted(name: string, k: (u: number, v: number) => number, information: number): FaintLaw {
  const informationAt = (a: number): number => {
    let sum = 0;
    for (let i = 0; i < SIDE; i++) {
      for (let j = 0; j < SIDE; j++) {
        const density = 1 + a * k((i + 0.5) / SIDE, (j + 0.5) / SIDE);
        sum += density * Math.log(density);
      }
    }
    return sum / SIDE ** 2;
  };
  const a = bisect((at) => information - informationAt(at), 1e-3, 0.999);
  return {
    name,
    information: informationAt(a),
    logRatio: (u, v) => Math.log(1 + a * k(u, v)),
    x: (rng) => rng.uniform(),
    y: (x, rng) => {
      for (;;) {
        const v = rng.uniform();
        if (rng.uniform() * (1 + a) <= 1 + a * k(x, v)) return v;
      }
    },
  };
}

const wave =
  (i: number, j: number) =>
  (u: number, v: number): number =>
    Math.cos(i * Math.PI * u) * Math.cos(j * Math.PI * v);

const board =
  (cells: number) =>
  (u: number, v: number): number =>
    (Math.floor(cells * u) + Math.floor(cells * v)) % 2 === 0 ? 1 : -1;

/** Standard deviations on either side, and points, of a quadrature of the plane. */
const REACH = 8;
const POINTS = 160;

/** A standard normal x, and y with a density given x. */
function ofNormal(name: string, density: (y: number, x: number) => number, draw: FaintLaw["y"]): FaintLaw {
  const step = (2 * REACH) / POINTS;
  const at = Array.from({ length: POINTS }, (_, k) => -REACH + (k + 0.5) * step);
  const weights = at.map((x) => step * normalDensity(x, 0, 1));
  const marginal = (y: number): number => at.reduce((sum, x, k) => sum + weights[k] * density(y, x), 0);
  let information = 0;
  for (const y of at) {
    const whole = marginal(y);
    for (const [k, x] of at.entries()) {
      const given = density(y, x);
      if (given > 0) information += step * weights[k] * given * Math.log(given / whole);
    }
  }
  const logRatio = (x: number, y: number): number => Math.log(density(y, x) / marginal(y));
  return { name, information, logRatio, x: (rng) => rng.normal(), y: draw };
}

const normalDensity = (y: number, mean: number, deviation: number): number =>
  Math.exp(-(((y - mean) / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));

/** The strength of a law that has the information, which rises with it. */
function having(information: number, law: (strength: number) => FaintLaw, most: number): FaintLaw {
  return law(bisect((strength) => information - law(strength).information, 1e-3, most));
}

const line = (rho: number): FaintLaw => {
  const rest = Math.sqrt(1 - rho * rho);
  return ofNormal(
    "a line",
    (y, x) => normalDensity(y, rho * x, rest),
    (x, rng) => rho * x + rest * rng.normal(),
  );
};

const cross = (rho: number): FaintLaw => {
  const rest = Math.sqrt(1 - rho * rho);
  return ofNormal(
    "a cross",
    (y, x) => (normalDensity(y, rho * x, rest) + normalDensity(y, -rho * x, rest)) / 2,
    (x, rng) => (rng.uniform() < 0.5 ? rho : -rho) * x + rest * rng.normal(),
  );
};

const spread = (slope: number): FaintLaw =>
  ofNormal(
    "a spread that grows",
    (y, x) => normalDensity(y, 0, Math.exp(slope * x)),
    (x, rng) => Math.exp(slope * x) * rng.normal(),
  );

const bow = (height: number): FaintLaw =>
  ofNormal(
    "a bow",
    (y, x) => normalDensity(y, (height * (x * x - 1)) / Math.SQRT2, 1),
    (x, rng) => (height * (x * x - 1)) / Math.SQRT2 + rng.normal(),
  );

/** The laws, each of the information given, in nats. */
export function faintLaws(information: number): FaintLaw[] {
  return [
    having(information, line, 0.9),
    having(information, bow, 2),
    having(information, cross, 0.99),
    having(information, spread, 2),
    tilted("waves 1 × 3", wave(1, 3), information),
    tilted("waves 2 × 2", wave(2, 2), information),
    tilted("waves 3 × 3", wave(3, 3), information),
    tilted("waves 4 × 4", wave(4, 4), information),
    tilted("2 × 2 fields", board(2), information),
    tilted("4 × 4 fields", board(4), information),
  ];
}
