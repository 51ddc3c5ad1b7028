/** What each estimator says of simple distributions: the figures of docs/estimators.md. */
import {
  correlatedNormal,
  type Family,
  normalOf,
  number,
  pointwise,
  Random,
  student,
  zigzagOf,
} from "@infonet/training/evaluate";
import { gaussian, histogram, kde, mine } from "infonet/classical";
import { lineChart } from "../chart.js";
import { infonetMethod, journaled, ksgMethod, ksgScoresMethod, type Method, oneByOne } from "../methods.js";
import type { Context, Suite } from "./suite.js";

const ROWS = 2000;
const DRAWS = 10;
const QUICK_DRAWS = 2;
const CURVE = [0.1, 0.3, 0.6, 1, 1.5, 2, 3, 4, 5];

const PARABOLA_STEPS = 300;

/** Y = X² + σZ, X and Z normal. I = h(Y) − h(σZ), Y's density by a sum over the X that can lie under it. */
export function noisyParabola(sigma: number): Family {
  const gauss = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const reach = 8 * sigma;
  const dy = 0.05 * sigma;
  let entropy = 0;
  for (let y = -reach; y < 40; y += dy) {
    const low = Math.sqrt(Math.max(0, y - reach));
    const dx = (Math.sqrt(y + reach) - low) / PARABOLA_STEPS;
    let density = 0;
    for (let k = 0; k < PARABOLA_STEPS; k++) {
      const x = low + (k + 0.5) * dx;
      // Both signs of x at once.
      density += (2 * gauss(x) * gauss((y - x * x) / sigma) * dx) / sigma;
    }
    if (density > 0) entropy -= density * Math.log(density) * dy;
  }
  return {
    name: `y = x² + ${sigma} z`,
    truth: entropy - 0.5 * Math.log(2 * Math.PI * Math.E) - Math.log(sigma),
    sample: (rng, n) =>
      pointwise(n, () => {
        const x = rng.normal();
        return [x, x * x + sigma * rng.normal()];
      }),
  };
}

const integers: Family = {
  name: "independent integers 1 … 5",
  truth: 0,
  sample: (rng, n) => pointwise(n, () => [rng.integer(1, 5), rng.integer(1, 5)]),
};

function families(): Family[] {
  return [
    { ...correlatedNormal("independent normal", 0), truth: 0 },
    correlatedNormal("normal, ρ = 0.6", 0.6),
    correlatedNormal("normal, ρ = 0.999", 0.999),
    noisyParabola(0.3),
    { ...zigzagOf(1), name: "zigzag of three teeth" },
    student("Cauchy, ρ = 0", 0, 1),
    integers,
  ];
}

function methods({ net, seed, signal }: Context): Method[] {
  const classical = (name: string, estimate: Parameters<typeof oneByOne>[0], chunk = 16): Method => ({
    ...{ name, chunk },
    estimate: oneByOne(estimate),
  });
  return [
    infonetMethod(net, signal),
    { ...ksgMethod, name: "`ksg`" },
    { ...ksgScoresMethod, name: "`ksg`, k = 10, scores" },
    classical("`kde`", ({ x, y }) => kde(x, y)),
    classical("`histogram`", ({ x, y }) => histogram(x, y)),
    classical("`histogram`, adaptive", ({ x, y }) => histogram(x, y, { bins: "adaptive" })),
    classical("`gaussian`", ({ x, y }) => gaussian(x, y)),
    classical("`mine`", ({ x, y }) => mine(x, y, { seed, signal }), 4),
  ];
}

export const estimators: Suite = {
  title: "Estimators",
  about: "what each estimator says of simple distributions, n = 2000",
  threads: 1,
  async run(context) {
    const { journal, seed, quick, tell } = context;
    const draws = quick ? QUICK_DRAWS : DRAWS;
    const parts = [
      { label: "distributions", list: families() },
      { label: "normal", list: (quick ? [0.3, 1, 3] : CURVE).map(normalOf) },
      { label: "zigzag", list: (quick ? [0.3, 1, 3] : CURVE).map(zigzagOf) },
    ];
    const all = methods(context);
    const results = [];
    for (const [p, { label, list }] of parts.entries()) {
      const samples = list.flatMap(({ sample }, f) =>
        Array.from({ length: draws }, (_, k) => sample(new Random(seed, (p * 100 + f) * 1009 + k), ROWS)),
      );
      const means: Record<string, number[]> = {};
      for (const method of all) {
        const found = await journaled(method, { journal, tell, label })(samples);
        means[method.name] = list.map(
          (_, f) => found.slice(f * draws, (f + 1) * draws).reduce((sum, { mi }) => sum + mi, 0) / draws,
        );
      }
      results.push({
        label,
        names: list.map(({ name }) => name),
        truths: list.map(({ truth }) => truth),
        means,
      });
    }
    const [simple, ...curves] = results;
    return {
      notes: [
        `Means of ${draws} samples of ${ROWS} rows, every estimator with its defaults where nothing else is said.`,
      ],
      tables: [
        {
          title: "Mean estimates",
          head: ["", "truth", ...all.map(({ name }) => name)],
          rows: simple.names.map((name, f) => [
            name,
            number(simple.truths[f], 3),
            ...all.map((method) => number(simple.means[method.name][f], 3)),
          ]),
        },
      ],
      pictures: curves.map(({ label, truths, means }) => ({
        name: `estimators-${label}`,
        title: `Mean estimates over the truth: ${label}`,
        svg: lineChart(
          all.map(({ name }, colour) => ({
            name: name.replaceAll("`", ""),
            colour,
            points: truths.map((truth, f) => [truth, means[name][f]] as const),
          })),
          { x: "true mutual information, nats", y: "mean estimate, nats", diagonal: true },
        ),
      })),
      data: results,
    };
  },
};
