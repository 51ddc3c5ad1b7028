/** The example `fair-prediction`: scores that say nothing of a group, alone or given the label. */
import type { InfoNet } from "infonet";
import { ross } from "infonet/classical";
import type { Example, Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import { type Curve, svgCurves, svgDocument } from "../svg.js";
import { drawPeople, type People } from "./data.js";
import { accuracy, logisticSlopes, Predictor } from "./predictor.js";

/** What is to be 0. */
type Penalty = "nothing" | "group" | "group given label";

const PENALTIES: readonly Penalty[] = ["nothing", "group", "group given label"];
const LAMBDA = 15;
const RATE = 0.05;

interface Trained {
  penalty: Penalty;
  predictor: Predictor;
  shared: [number, number][];
  right: [number, number][];
}

async function run({ net, quick, seed, signal, report }: Run): Promise<Outcome> {
  const [steps, rows, every, fresh] = quick ? [90, 300, 30, 1500] : [600, 1500, 20, 20_000];
  const trained: Trained[] = [];
  for (const penalty of PENALTIES) {
    const random = new Random(seed, 1);
    const predictor = new Predictor(4);
    const [shared, right]: [number, number][][] = [[], []];
    for (let step = 0; step < steps; step++) {
      signal.throwIfAborted();
      // Other people at every step: those that are seen again and again are learnt by heart, and their information is not that of others.
      const people = drawPeople(rows, random);
      const scores = predictor.scores(people.features);
      const slopes = logisticSlopes(scores, people.label);
      const information = await penaltyOf(net, scores, people, penalty === "nothing" ? "group" : penalty);
      if (penalty !== "nothing")
        for (const [k, slope] of information.dx.entries()) slopes[k] += LAMBDA * slope;
      // Smaller steps towards the end: the noise of the batches is averaged.
      predictor.step(people.features, slopes, RATE * Math.min(1, 2 - (2 * step) / steps));
      if (step % every === 0 || step === steps - 1) {
        shared.push([step, information.mi]);
        right.push([step, accuracy(scores, people.merit)]);
        report(`${penalty}: step ${step} of ${steps}, ${information.mi.toFixed(3)} nats`);
      }
    }
    trained.push({ penalty, predictor, shared, right });
  }
  const people = drawPeople(fresh, new Random(seed, 2));
  const found = trained.map(({ penalty, predictor }) => ({
    penalty,
    ...measured(predictor.scores(people.features), people),
  }));
  const [free, parity, odds] = found;
  const few = quick ? 0.03 : 0.004;
  return {
    figures: found.flatMap(({ penalty, ...of }) => [
      { name: `${penalty}: information of score and group`, value: of.group, unit: "nats" },
      { name: `${penalty}: the same given the label`, value: of.given, unit: "nats" },
      { name: `${penalty}: right by the recorded label`, value: of.label },
      { name: `${penalty}: right by merit`, value: of.merit },
    ]),
    checks: [
      {
        name: "nothing: information with the group",
        value: free.group,
        bound: "at least",
        bar: quick ? 0.08 : 0.12,
      },
      { name: "group: information with the group", value: parity.group, bound: "at most", bar: few },
      {
        name: "group given label: information left",
        value: odds.given,
        bound: "at most",
        bar: quick ? few : 0.01,
      },
      // A short run ends before the penalty and the label have settled.
      ...(quick
        ? []
        : [
            {
              name: "group: gained by merit",
              value: parity.merit - free.merit,
              bound: "at least" as const,
              bar: 0.02,
            },
          ]),
      { name: "group: lost by the label", value: free.label - parity.label, bound: "at most", bar: 0.15 },
      { name: "given label: lost by the label", value: free.label - odds.label, bound: "at most", bar: 0.15 },
    ],
    pictures: new Map([["training.svg", picture(trained)]]),
  };
}

/** Information, and its derivatives by the scores. */
function penaltyOf(net: InfoNet, scores: Float64Array, people: People, penalty: Penalty) {
  const group = { values: people.group, kind: "category" } as const;
  const label = { values: people.label, kind: "category" } as const;
  return penalty === "group" ? net.gradient(scores, group) : net.conditionalGradient(scores, group, label);
}

/** By nearest neighbours (Ross 2014), one row in a hundred: few of them would scatter by as much as is left in the end. */
function nearest(group: readonly number[], scores: readonly number[]): number {
  return Math.max(0, ross(group, scores, { k: Math.ceil(scores.length / 100) }));
}

/** On people that nobody was trained on, by an estimator that took no part. */
function measured(scores: Float64Array, { group, label, merit }: People) {
  const among = (wanted: number): number => {
    const own = [...label.keys()].filter((k) => label[k] === wanted);
    const shared = nearest(
      own.map((k) => group[k]),
      own.map((k) => scores[k]),
    );
    return (own.length / label.length) * shared;
  };
  return {
    group: nearest([...group], [...scores]),
    given: among(0) + among(1),
    label: accuracy(scores, label),
    merit: accuracy(scores, merit),
  };
}

function picture(trained: readonly Trained[]): string {
  const curves = (of: (one: Trained) => [number, number][]): Curve[] =>
    trained.map((one) => ({ name: `down: ${one.penalty}`, points: of(one) }));
  return svgDocument("Information of scores and group, and accuracy, during training", 620, 330, [
    ...svgCurves(
      { x: 50, y: 34, width: 230, height: 180 },
      { title: "information with the group, nats", axis: "step" },
      curves(({ shared }) => shared),
    ),
    ...svgCurves(
      { x: 350, y: 34, width: 230, height: 180 },
      { title: "share right by merit", axis: "step" },
      curves(({ right }) => right),
    ),
  ]);
}

/** The example. */
export const fairPrediction: Example = {
  name: "fair-prediction",
  title: "scores whose information about a group is driven to nothing, alone or given the label",
  run,
};
