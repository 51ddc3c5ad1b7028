/** The sections of the scoreboard: each measures something of an estimator and prints it. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { correlatedNormal, nineCopulas } from "./copulas.js";
import { LEVELS, priorCoverage, testLevels } from "./coverage.js";
import { type DensityScore, scoreDensities } from "./density.js";
import { movingNormal, movingParabola, scoreDerivatives } from "./derivative.js";
import type { Estimator } from "./estimator.js";
import {
  additiveUniform,
  checkerboard,
  gammaExponential,
  normalOf,
  smoothedUniformOf,
  zigzagOf,
} from "./families.js";
import type { Family } from "./family.js";
import { scoreLevels } from "./level-laws.js";
import { type FamilyScore, mean, scoreFamilies } from "./score.js";
import { number, percent, textTable } from "./table.js";
import { type OrderScore, orderTest, scoreOrder, type Triple } from "./triples.js";

/** Options shared by all sections. */
export interface SectionOptions {
  seed: number;
  /** Fewer draws, for a first look. */
  quick: boolean;
  /** File of the published triples. */
  triples: string;
  /** Called with a line on what is being done. */
  tell: (line: string) => void;
}

/** A measured section: the numbers, and the same as text. */
export interface SectionResult {
  title: string;
  data: unknown;
  text: string;
}

/** A section of the scoreboard. */
export type Section = (estimator: Estimator, options: SectionOptions) => Promise<SectionResult | undefined>;

/** InfoNet's published order accuracies for K = 1 … 10, percent (ICML 2024). */
const PUBLISHED = [99.8, 99.5, 99.0, 99.2, 99.1, 99.2, 99.0, 99.2, 99.3, 99.5];

const triples: Section = async (estimator, { seed, quick, triples: file, tell }) => {
  if (!existsSync(file)) {
    tell(`triples: ${file} does not exist; name the file with --triples`);
    return undefined;
  }
  const list = JSON.parse(await readFile(file, "utf8")) as Triple[];
  const chosen = quick ? list.filter((_, index) => index % 10 === 0) : list;
  const data: Record<string, { estimate: OrderScore; floor: OrderScore }> = {};
  const rows: string[][] = [];
  const row = (name: string, { mae, accuracy, meanAccuracy }: OrderScore): string[] => [
    name,
    number(mae),
    ...[...accuracy.values()].map((a) => percent(a)),
    percent(meanAccuracy, 2),
  ];
  for (const n of [2000, 5000]) {
    tell(`triples: n = ${n}`);
    const tests = chosen.map((triple) => orderTest(triple, n, seed, list.indexOf(triple)));
    const results = await estimator(tests.flatMap(({ samples }) => samples));
    const score = (pairs: ReadonlyArray<readonly [number, number]>): OrderScore => scoreOrder(tests, pairs);
    const estimate = score(tests.map((_, t) => [results[2 * t].mi, results[2 * t + 1].mi] as const));
    const floor = score(tests.map((test) => test.floor));
    data[n] = { estimate, floor };
    rows.push(row(`infonet, n = ${n}`, estimate), row(`noise floor, n = ${n}`, floor));
  }
  rows.push(["InfoNet, published", "–", ...PUBLISHED.map((a) => a.toFixed(1)), "99.28"]);
  const head = ["", "MAE", ...[...data[2000].estimate.accuracy.keys()].map((k) => `K=${k}`), "mean"];
  return {
    title: `Published triples: MAE in nats, order accuracy in % (${chosen.length} triples)`,
    data: Object.fromEntries(
      Object.entries(data).map(([n, scores]) => [
        n,
        { estimate: plain(scores.estimate), floor: plain(scores.floor) },
      ]),
    ),
    text: textTable(head, rows),
  };
};

const plain = ({ mae, accuracy, meanAccuracy }: OrderScore) => ({
  mae,
  meanAccuracy,
  accuracy: Object.fromEntries(accuracy),
});

function familyTable(scores: readonly FamilyScore[]): string {
  const rows = scores.map(({ name, n, truth, mean: m, mae, floor, coverage }) => [
    name,
    String(n),
    number(truth),
    number(m),
    number(mae),
    number(floor),
    percent(coverage, 0),
  ]);
  return textTable(["", "n", "truth", "mean", "MAE", "floor", "90 % holds"], rows);
}

const copulas: Section = async (estimator, { seed, quick, tell }) => {
  tell("copulas");
  const scores = await scoreFamilies(nineCopulas(), estimator, { n: 2000, draws: quick ? 10 : 50, seed });
  const mae = mean(scores.map((score) => score.mae));
  const worst = Math.max(...scores.map((score) => score.mae));
  const floor = mean(scores.map((score) => score.floor));
  return {
    title: `Nine copulas, n = 2000, ${scores[0].draws} draws each: MAE ${number(mae)}, worst ${number(worst)}, floor ${number(floor)}`,
    data: { mae, worst, floor, scores },
    text: familyTable(scores),
  };
};

const unseen: Section = async (estimator, { seed, quick, tell }) => {
  tell("unseen families");
  const families = [
    ...[0.1, 0.5, 1, 2].map(normalOf),
    ...[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(additiveUniform),
    ...[0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7, 1.9].map(gammaExponential),
  ];
  const scores = await scoreFamilies(families, estimator, { n: 2000, draws: quick ? 10 : 50, seed });
  const of = (name: string): number =>
    mean(scores.filter((score) => score.name.startsWith(name)).map((score) => score.mae));
  const summary = { normal: of("normal"), additiveUniform: of("additive"), gammaExponential: of("gamma") };
  return {
    title: `Families of the paper, n = 2000: MAE normal ${number(summary.normal)}, additive uniform ${number(summary.additiveUniform)}, gamma–exponential ${number(summary.gammaExponential)}`,
    data: { summary, scores },
    text: familyTable(scores),
  };
};

/** The distributions of the section "sizes". */
export function familiesOfSizes(): Family[] {
  return [
    ...nineCopulas(),
    ...[0.1, 0.5, 1, 2].map(normalOf),
    ...[0.1, 0.5, 0.9].map(additiveUniform),
    ...[0.5, 1.1, 1.9].map(gammaExponential),
    ...[1, 3].map(smoothedUniformOf),
    ...[0.5, 1].map(zigzagOf),
  ];
}

const sizes: Section = async (estimator, { seed, quick, tell }) => {
  const families = familiesOfSizes();
  const scores: FamilyScore[] = [];
  const maes: Record<number, number> = {};
  for (const n of [200, 1000, 5000]) {
    tell(`other families: n = ${n}`);
    const some = await scoreFamilies(families, estimator, { n, draws: quick ? 4 : 25, seed });
    maes[n] = mean(some.map(({ mae }) => mae));
    scores.push(...some);
  }
  const each = Object.entries(maes).map(([n, mae]) => `${number(mae)} at n = ${n}`);
  return {
    title: `${families.length} distributions that no training saw: MAE ${each.join(", ")}`,
    data: { maes, scores },
    text: familyTable(scores),
  };
};

const strong: Section = async (estimator, { seed, quick, tell }) => {
  const scores: FamilyScore[] = [];
  for (const n of quick ? [1000, 10_000] : [1000, 10_000, 100_000]) {
    tell(`strong dependence: n = ${n}`);
    const values = [1, 3, 5, 7];
    const families = [...values.map(normalOf), ...values.map(smoothedUniformOf), ...values.map(zigzagOf)];
    scores.push(
      ...(await scoreFamilies(families, estimator, { n, draws: quick ? 4 : n > 10_000 ? 5 : 20, seed })),
    );
  }
  tell("strong dependence: checkerboard");
  const [board] = await scoreFamilies([checkerboard()], estimator, { n: 5000, draws: quick ? 4 : 20, seed });
  const bias = board.mean - board.truth;
  return {
    title: `Strong dependence; checkerboard of 4 × 4 cells, n = ${board.n}: bias ${number(bias)} nats`,
    data: { scores: [...scores, board], checkerboard: { bias } },
    text: familyTable([...scores, board]),
  };
};

const density: Section = async (estimator, { seed, quick, tell }) => {
  const { densities } = estimator;
  if (densities === undefined) {
    tell("density: there are no densities to compare");
    return undefined;
  }
  const laws = [
    ...[0, 0.5, 0.9, 0.99, 0.999].map((rho) => correlatedNormal(`normal, ρ ${rho}`, rho)),
    ...nineCopulas().filter(({ name }) => /^(Clayton|Gumbel|Joe|Frank)/.test(name)),
    additiveUniform(0.3),
    additiveUniform(0.05),
  ];
  const scores: DensityScore[] = [];
  for (const n of [2000, 200]) {
    tell(`density: n = ${n}`);
    scores.push(...(await scoreDensities(laws, densities, { n, draws: quick ? 4 : 20, seed })));
  }
  const rows = scores.map(({ name, n, truth, gap, worst }) => [
    name,
    String(n),
    number(truth),
    number(gap),
    number(worst),
  ]);
  return {
    title: `Copula density at fresh points: how much lower its mean logarithm is than the law's own, nats (${scores[0].draws} draws each)`,
    data: { scores },
    text: textTable(["", "n", "truth", "lower by", "at worst"], rows),
  };
};

const derivative: Section = async (estimator, { seed, quick, tell }) => {
  const { gradients } = estimator;
  if (gradients === undefined) {
    tell("derivative: there are no derivatives to compare");
    return undefined;
  }
  tell("derivative");
  const laws = [...[0.6, 0.9, 0.99, 0.999].map(movingNormal), ...[0.1, 1].map(movingParabola)];
  const scores = await scoreDerivatives(laws, gradients, { n: 2000, draws: quick ? 4 : 20, seed });
  const rows = scores.map(({ name, truth, mean: m, scatter }) => [
    name,
    number(truth),
    number(m),
    number(scatter),
  ]);
  return {
    title: `Derivatives through the copula density along parameters of laws, in units of the truth (n = 2000, ${scores[0].draws} draws each)`,
    data: { scores },
    text: textTable(["", "truth", "mean", "scatter"], rows),
  };
};

const levels: Section = async (estimator, { seed, quick, tell }) => {
  if (estimator.levels === undefined) {
    tell("levels: there are no estimates of samples with levels");
    return undefined;
  }
  tell("levels");
  const scores = await scoreLevels(estimator.levels, {
    levels: [10, 30, 100, 200],
    n: 2000,
    draws: quick ? 5 : 30,
    seed,
  });
  const rows = scores.map(({ law, levels, truth, bias, rmse }) => [
    `${law} ${law === "nothing" ? "differs" : "differ"}`,
    String(levels),
    number(truth),
    number(bias),
    number(rmse),
  ]);
  return {
    title: `Levels beside a number, n = 2000: errors in nats (${scores[0].draws} draws each)`,
    data: { scores },
    text: textTable(["", "levels", "truth", "bias", "RMSE"], rows),
  };
};

const coverage: Section = async (estimator, { seed, quick, tell }) => {
  tell("coverage on the prior");
  const { overall, byN, byInformation } = await priorCoverage(estimator, quick ? 1000 : 8000, seed);
  const row = (name: string, { from, to, draws, mae, coverage: share }: typeof overall): string[] => [
    Number.isFinite(to) ? `${name} ${from} … ${to}` : `${name} from ${from}`,
    String(draws),
    number(mae),
    percent(share),
  ];
  return {
    title: `Coverage of the 90 % interval on fresh draws from the prior: ${percent(overall.coverage)} %`,
    data: { overall, byN, byInformation },
    text: textTable(
      ["", "draws", "MAE", "90 % holds"],
      [...byN.map((band) => row("n", band)), ...byInformation.map((band) => row("MI", band))],
    ),
  };
};

const level: Section = async (estimator, { seed, quick, tell }) => {
  tell("level of the independence test");
  const sizes = quick ? [100, 1000] : [50, 200, 1000, 5000];
  const scores = await testLevels(estimator, { sizes, draws: quick ? 500 : 2000, seed });
  const rows = scores.map(({ name, n, rejected, median }) => [
    name,
    String(n),
    ...rejected.map((share) => percent(share, 2)),
    number(median, 5),
  ]);
  return {
    title: `Independence: share of p-values below the level, % (${scores[0].draws} draws)`,
    data: { levels: LEVELS, scores },
    text: textTable(["", "n", ...LEVELS.map((l) => percent(l, 1)), "median MI"], rows),
  };
};

/** All sections by name, in the order they are printed. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  triples,
  copulas,
  unseen,
  sizes,
  strong,
  density,
  derivative,
  levels,
  coverage,
  level,
};
