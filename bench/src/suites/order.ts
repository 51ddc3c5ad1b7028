/** Is I(X;Y) larger than I(X;Z)? The paper's order test. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import {
  type Mixture2,
  mutualInformation,
  number,
  type OrderScore,
  type OrderTest,
  orderTest,
  percent,
  scoreOrder,
  type Triple,
} from "@infonet/training/evaluate";
import { lineChart, type Series } from "../chart.js";
import {
  infonetMethod,
  journaled,
  kdeMethod,
  ksgMethod,
  ksgScoresMethod,
  type Method,
  mineMethod,
  oneByOne,
} from "../methods.js";
import { PAPER, PUBLISHED_ORDER } from "../published.js";
import { fitMixture } from "../reference/mixture-likelihood.js";
import type { Table } from "../report.js";
import type { Context, Suite } from "./suite.js";
import { freshTest } from "./triples.js";

const ROWS = 2000;
const COMPONENTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const QUICK_COMPONENTS = [1, 5, 10];
/** Triples of each K that MINE is put to: it is trained anew for every pair, which takes most of the time. */
const MINE_TRIPLES = 20;
/** Triples of each K that maximum likelihood is put to, and points a component for the information of a fit. */
const LIKELIHOOD_TRIPLES = 100;
const FIT_POINTS = 1024;

/** A set of triples that all methods are put to. */
interface TripleSet {
  name: string;
  title: string;
  tests: OrderTest[];
}

async function tripleSets({ quick, seed, triples: file, tell }: Context): Promise<TripleSet[]> {
  const components = quick ? QUICK_COMPONENTS : COMPONENTS;
  tell("drawing triples");
  const each = quick ? 5 : 400;
  const fresh = components.flatMap((k) =>
    Array.from({ length: each }, (_, index) => freshTest(k, ROWS, seed, index)),
  );
  const sets = [{ name: "fresh", title: `Fresh triples, ${each} for each K`, tests: fresh }];
  if (!existsSync(file)) {
    tell(`${file} is not here; name the published triples with --triples to have them too`);
    return sets;
  }
  const list = JSON.parse(await readFile(file, "utf8")) as Triple[];
  const numbered = list
    .map((triple, index) => ({ triple, index, components: triple.components }))
    .filter(({ components: k }) => components.includes(k));
  const tests = firstOfEach(numbered, quick ? 2 : Infinity).map(({ triple, index }) =>
    orderTest(triple, ROWS, seed, index),
  );
  return [...sets, { name: "published", title: `Published triples, ${tests.length} in all`, tests }];
}

/** The first few of each K. */
function firstOfEach<T extends { components: number }>(tests: readonly T[], most: number): T[] {
  const taken = new Map<number, number>();
  return tests.filter(({ components }) => {
    const before = taken.get(components) ?? 0;
    taken.set(components, before + 1);
    return before < most;
  });
}

interface Line {
  name: string;
  score: OrderScore;
}

/** The likeliest mixture of as many components, started at the true one. */
function likelihoodMethod(tests: readonly OrderTest[]): Method {
  const truths = new Map(tests.flatMap(({ samples, mixtures }) => samples.map((s, k) => [s, mixtures[k]])));
  return {
    name: "maximum likelihood, told K",
    chunk: 20,
    estimate: oneByOne((sample) =>
      mutualInformation(fitMixture(truths.get(sample) as Mixture2, sample), FIT_POINTS),
    ),
  };
}

function orderTable(title: string, lines: readonly Line[]): Table {
  const components = [...lines[0].score.accuracy.keys()];
  const published = Object.entries(PUBLISHED_ORDER).map(([name, { values, mean }]) => [
    `${name}, published`,
    "–",
    ...components.map((k) => values[k - 1]?.toFixed(1) ?? "–"),
    mean,
  ]);
  const ours = lines.map(({ name, score }) => [
    name,
    number(score.mae),
    ...components.map((k) => percent(score.accuracy.get(k) as number)),
    percent(score.meanAccuracy, 2),
  ]);
  return {
    title: `${title}: mean absolute error in nats, order accuracy in %`,
    head: ["", "MAE", ...components.map((k) => `K=${k}`), "mean"],
    rows: [...ours, ...published],
  };
}

function orderChart(lines: readonly Line[]): string {
  const ours: Series[] = lines.map(({ name, score }, colour) => ({
    name,
    colour,
    points: [...score.accuracy].map(([k, share]) => [k, 100 * share] as const),
  }));
  const published = Object.entries(PUBLISHED_ORDER).map(([name, { values }]): Series => {
    const twin = ours.find((series) => series.name === name);
    return {
      name: `${name}, published`,
      dashed: true,
      colour: twin?.colour ?? 0,
      points: values.flatMap((value, k) => (value === undefined ? [] : [[k + 1, value] as const])),
    };
  });
  return lineChart([...ours, ...published.filter(({ points }) => points.length > 0)], {
    x: "components K",
    y: "order accuracy, %",
    ticks: COMPONENTS,
  });
}

export const order: Suite = {
  title: "Order accuracy",
  about: "which of two dependences is stronger, K = 1 … 10, beside the paper's table",
  threads: 2,
  async run(context) {
    const { net, journal, seed, signal, tell } = context;
    // Methods with the triples of each K that they are put to.
    const contestants: [Method, number][] = [
      ...[infonetMethod(net, signal), ksgMethod, ksgScoresMethod, kdeMethod].map(
        (method): [Method, number] => [method, Infinity],
      ),
      ...[500, 100, 10].map((iterations): [Method, number] => [
        mineMethod(iterations, seed, signal),
        MINE_TRIPLES,
      ]),
    ];
    const results: { set: TripleSet; lines: Line[] }[] = [];
    for (const set of await tripleSets(context)) {
      const lines: Line[] = [];
      const likelihood: [Method, number] = [likelihoodMethod(set.tests), LIKELIHOOD_TRIPLES];
      for (const [method, most] of [...contestants, likelihood]) {
        const tests = firstOfEach(set.tests, most);
        const estimate = journaled(method, { journal, tell, label: set.name });
        const found = await estimate(tests.flatMap(({ samples }) => samples));
        const pairs = tests.map((_, t) => [found[2 * t].mi, found[2 * t + 1].mi] as const);
        lines.push({ name: method.name, score: scoreOrder(tests, pairs) });
      }
      const floors = set.tests.map(({ floor }) => floor);
      lines.push({ name: "noise floor", score: scoreOrder(set.tests, floors) });
      results.push({ set, lines });
    }
    return {
      notes: [
        `Three-dimensional Gaussian mixtures of K components, ${ROWS} rows each: weights Dirichlet(1), means U(−5, 5), covariances A·Aᵀ with the entries of A from U(−3, 3); triples with |I(X;Y) − I(X;Z)| below 0.02 nats are left out. A triple counts if the estimates are in the order of the exact values. MINE, trained anew for every pair, sees the first ${MINE_TRIPLES} triples of each K.`,
        `Maximum likelihood is told the number of components and starts at the true mixture (first ${LIKELIHOOD_TRIPLES} triples of each K): nobody with data has that, but it says what 2000 rows can tell. The noise floor is the mean exact log density ratio over the same rows: what an estimator that knew the density would say. Published: ${PAPER}, K = 1 and 10 only for other methods than InfoNet.`,
      ],
      tables: results.map(({ set, lines }) => orderTable(set.title, lines)),
      pictures: results.map(({ set, lines }) => ({
        name: `order-${set.name}`,
        title: `${set.title}: order accuracy`,
        svg: orderChart(lines),
      })),
      data: Object.fromEntries(
        results.map(({ set, lines }) => [
          set.name,
          lines.map(({ name, score: { mae, accuracy, meanAccuracy } }) => ({
            ...{ name, mae, meanAccuracy },
            accuracy: Object.fromEntries(accuracy),
          })),
        ]),
      ),
    };
  },
};
