/** Laws of columns of every kind, with their information: tables, levels beside a number, mixtures. */
import {
  informationOf,
  LEVEL_LAWS,
  lawOf,
  levelDraw,
  type Random,
  sampleTable,
  type TableLaw,
} from "@infonet/training/evaluate";
import { integral } from "../reference/quadrature.js";

/** Two columns of codes or numbers. */
export interface KindSample {
  x: Float64Array;
  y: Float64Array;
  /** Whether the column is one of categories. */
  categories: [x: boolean, y: boolean];
  /** Nats. */
  truth: number;
}

/** A law, or a random family of them, at one sample size. */
export interface KindLaw {
  name: string;
  n: number;
  draw(rng: Random): KindSample;
}

/** Rows of a table of counts, cell after cell: their order means nothing. */
function rowsOf(rng: Random, law: TableLaw, n: number): KindSample {
  const { cells } = sampleTable(rng, law, n);
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  let row = 0;
  cells.count.forEach((count, k) => {
    x.fill(cells.x[k], row, row + count);
    y.fill(cells.y[k], row, row + count);
    row += count;
  });
  return { x, y, categories: [true, true], truth: informationOf(law) };
}

const table = (name: string, n: number, law: (rng: Random) => TableLaw): KindLaw => ({
  name,
  n,
  draw: (rng) => rowsOf(rng, law(rng), n),
});

/** x is uniform; y is its partner with some probability, otherwise uniform. */
const kept = (levels: number, n: number, share = 0.5): KindLaw =>
  table(share === 1 ? `identity of ${levels}` : `kept ${levels} × ${levels}`, n, () =>
    lawOf(levels, levels, (i, k) => (1 - share) / levels + (i === k ? share : 0)),
  );

const zipf = (levels: number, n: number): KindLaw =>
  table(`independent Zipf ${levels} × ${levels}`, n, () =>
    lawOf(levels, levels, (i, k) => 1 / ((i + 1) * (k + 1))),
  );

const dirichlet = (rows: number, columns: number, n: number): KindLaw =>
  table(`Dirichlet ${rows} × ${columns}`, n, (rng) => {
    const p = rng.dirichlet(rows * columns);
    return lawOf(rows, columns, (i, k) => p[i * columns + k]);
  });

const map = (from: number, to: number, n: number): KindLaw =>
  table(`function ${from} → ${to}`, n, (rng) => {
    const target = Uint32Array.from({ length: from }, () => rng.integer(0, to - 1));
    return lawOf(from, to, (i, k) => Number(target[i] === k));
  });

/** Both columns are the same, half of it ones. */
const twice = (n: number): KindLaw => ({
  name: "binary with itself",
  n,
  draw: () => {
    const x = Float64Array.from({ length: n }, (_, row) => row % 2);
    return { x, y: x.slice(), categories: [true, true], truth: Math.LN2 };
  },
});

/** Laws of tables. */
export function tableLaws(): KindLaw[] {
  return [
    ...[20, 50, 100].map((levels) => kept(levels, 2000)),
    kept(50, 200),
    zipf(50, 2000),
    zipf(50, 200),
    dirichlet(50, 50, 2000),
    dirichlet(50, 50, 200),
    dirichlet(100, 3, 2000),
    dirichlet(3, 4, 200),
    map(100, 3, 2000),
    map(100, 10, 2000),
    kept(30, 2000, 1),
    ...[12, 40, 100].map(twice),
  ];
}

/** Laws of levels beside a number; the levels come in any order. */
export function levelLaws(): KindLaw[] {
  const many = LEVEL_LAWS.flatMap((law) => [10, 30, 100, 200].map((levels) => levelLaw(law, levels, 2000)));
  return [...many, ...LEVEL_LAWS.map((law) => levelLaw(law, 10, 200))];
}

const levelLaw = (law: (typeof LEVEL_LAWS)[number], levels: number, n: number): KindLaw => ({
  name: law === "nothing" ? `independent, ${levels} levels` : `${law} differ, ${levels} levels`,
  n,
  draw: (rng) => {
    const { sample, truth } = levelDraw(rng, law, levels, n);
    return { x: Float64Array.from(sample.codes), y: sample.y, categories: [true, false], truth };
  },
});

const mixed = (name: string, n: number, truth: number, row: (rng: Random) => [number, number]): KindLaw => ({
  name,
  n,
  draw: (rng) => {
    const [x, y] = [new Float64Array(n), new Float64Array(n)];
    for (let k = 0; k < n; k++) [x[k], y[k]] = row(rng);
    return { x, y, categories: [false, false], truth };
  },
});

/** A count. */
export function poisson(rng: Random, mean: number): number {
  // By the gaps of a process of rate 1.
  let count = -1;
  for (let time = 0; time <= mean; count++) time -= Math.log(1 - rng.uniform());
  return count;
}

/** I(X; Y), X exponential with mean 1 and Y Poisson with mean X, but 0 with some probability: by quadrature. */
export function poissonInformation(zeros: number): number {
  const most = 60;
  const given = (x: number): number[] => {
    const shares: number[] = [];
    for (let k = 0, p = Math.exp(-x); k <= most; p *= x / ++k)
      shares.push((1 - zeros) * p + (k === 0 ? zeros : 0));
    return shares;
  };
  const entropy = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  // P(Y = k) of the plain law is 2^−(k + 1).
  let ofY = 0;
  for (let k = 0; k <= most; k++) ofY += entropy((1 - zeros) * 2 ** -(k + 1) + (k === 0 ? zeros : 0));
  const within = integral(
    0,
    45,
    20_000,
    (x) => Math.exp(-x) * given(x).reduce((sum, p) => sum + entropy(p), 0),
  );
  return ofY - within;
}

const normalInformation = (rho: number): number => -0.5 * Math.log1p(-rho * rho);
const RHO = 0.8;

function normalPair(rng: Random, rho: number): [number, number] {
  const x = rng.normal();
  return [x, rho * x + Math.sqrt(1 - rho * rho) * rng.normal()];
}

/** I(max(X, c); Y) of a normal pair: what the values above c tell, and whether there is one. By quadrature. */
export function censoredInformation(rho: number, limit: number): number {
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const rest = Math.sqrt(1 - rho * rho);
  const below = (z: number): number => integral(-9, z, 4000, density);
  const share = below(limit);
  const conditional = (y: number): number => below((limit - rho * y) / rest);
  // ∫ over y of what the atom tells, and of what each value above it tells.
  const atom = integral(-8, 8, 800, (y) => {
    const p = conditional(y);
    return p > 0 ? density(y) * p * Math.log(p / share) : 0;
  });
  // E[ln c(X, Y); X > c]: of the exponent only moments of X remain.
  const above = integral(
    limit,
    9,
    4000,
    (x) => density(x) * (-Math.log(rest) + ((x * x - 1) * rho * rho) / 2),
  );
  return atom + above;
}

/** Laws of Gao et al. 2017, and normal pairs with atoms. */
export function mixedLaws(): KindLaw[] {
  const flips = 0.8 * Math.log(1.6) + 0.2 * Math.log(0.4);
  const normal = normalInformation(0.9);
  return [
    mixed("uniform on [X, X + 2], X of 0 … 4", 3100, Math.log(5) - 0.8 * Math.LN2, (rng) => {
      const x = rng.integer(0, 4);
      return [x, x + 2 * rng.uniform()];
    }),
    mixed("half normal, half binary", 3100, Math.LN2 + normal / 2 + flips / 2, (rng) => {
      if (rng.chance(0.5)) return normalPair(rng, 0.9);
      const x = rng.sign();
      return [x, rng.chance(0.8) ? x : -x];
    }),
    ...[0, 0.15, 0.3].map((zeros) =>
      mixed(`Poissonisation, ${zeros} zeros`, 3100, poissonInformation(zeros), (rng) => {
        const x = -Math.log(1 - rng.uniform());
        return [x, rng.chance(zeros) ? 0 : poisson(rng, x)];
      }),
    ),
    mixed("censored normal", 3100, censoredInformation(RHO, -0.5), (rng) => {
      const [x, y] = normalPair(rng, RHO);
      return [Math.max(x, -0.5), y];
    }),
    mixed("normal, 0.3 zeros each", 3100, 0.49 * normalInformation(RHO), (rng) => {
      const [x, y] = normalPair(rng, RHO);
      return [rng.chance(0.3) ? 0 : x, rng.chance(0.3) ? 0 : y];
    }),
  ];
}
