/** The example `infogan`: a generator whose code means something because its information with the samples is part of the loss. */
import type { Check, Example, Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import type { Data } from "./data.js";
import { digits } from "./digits.js";
import type { Samples } from "./information.js";
import { type Agreement, agreement, joined, slicedInformation } from "./measure.js";
import { digitPicture, planePicture, type Trained } from "./picture.js";
import { ring } from "./ring.js";
import { trainGan } from "./training.js";

/** Fresh samples that a trained generator is measured on, in units of 512. */
const DRAWS = 4;
/** Directions that the sliced information is averaged over. */
const DIRECTIONS = 32;

/** Data, how to train on them, and what must come out. */
interface Task {
  name: string;
  data: Data;
  hidden: number;
  /** Weight of the information; the ablation's is 0. */
  lambda: number;
  steps: number;
  /** Steps between two points of the curve. */
  every: number;
  bars: { share: number; error: number; ablated: number; distance: number };
}

interface Result extends Trained, Agreement {
  /** Mean over directions, by InfoNet, nats. */
  sliced: number;
}

async function run(given: Run): Promise<Outcome> {
  const { quick, seed } = given;
  const tasks: Task[] = [
    {
      name: "ring",
      data: ring,
      hidden: 64,
      lambda: 1,
      steps: quick ? 150 : 1500,
      every: 50,
      bars: quick
        ? { share: 0.75, error: 0.35, ablated: 0.4, distance: 6 }
        : { share: 0.95, error: 0.1, ablated: 0.4, distance: 2 },
    },
    {
      name: "digits",
      data: digits(new Random(seed, 1)),
      hidden: 128,
      // The codes of a short run must settle sooner.
      lambda: quick ? 2 : 1,
      steps: quick ? 150 : 2500,
      every: quick ? 20 : 50,
      bars: quick
        ? { share: 0.5, error: 0.6, ablated: 0.6, distance: 4 }
        : { share: 0.9, error: 0.15, ablated: 0.6, distance: 2 },
    },
  ];
  const outcomes: Outcome[] = [];
  for (const task of tasks) outcomes.push(await runTask(task, given));
  return {
    figures: outcomes.flatMap(({ figures }) => figures),
    checks: outcomes.flatMap(({ checks }) => checks),
    pictures: new Map(outcomes.flatMap(({ pictures }) => [...pictures])),
  };
}

async function runTask(task: Task, given: Run): Promise<Outcome> {
  const { name, data, bars } = task;
  const { net, seed } = given;
  const entropy = Math.log(data.modes);
  const results: Result[] = [];
  for (const lambda of [0, task.lambda]) results.push(await trained(task, lambda, given));
  const [without, information] = results;

  // What the data would have if their modes were the codes.
  const x = data.draw(2048, new Random(seed, 21));
  const modes = Uint8Array.from(
    { length: 2048 },
    (_, row) => data.classify(x.subarray(row * data.width, (row + 1) * data.width)).mode,
  );
  const truth: Samples = { x, width: data.width, codes: modes };
  const real = agreement(data, truth);
  const sliced = await slicedInformation(net, truth, data.modes, {
    data: x,
    directions: DIRECTIONS,
    random: new Random(seed, 22),
  });
  const [one, zero] = [information, without].map(({ lambda }) => `${name}, λ = ${lambda}`);
  const [nearer, near] = [information.distance / real.distance, without.distance / real.distance];
  const of = data.width === 2 ? "I(c; x)" : "I(c; digit)";
  const checks: Check[] = [
    {
      name: `${one}: ${of} / H(c)`,
      value: information.information / entropy,
      bound: "at least",
      bar: bars.share,
    },
    { name: `${one}: matching error`, value: information.error, bound: "at most", bar: bars.error },
    { name: `${zero}: matching error`, value: without.error, bound: "at least", bar: bars.ablated },
    {
      name: `${one}: distance from the data, theirs = 1`,
      value: nearer,
      bound: "at most",
      bar: bars.distance,
    },
  ];
  return {
    figures: [
      { name: `${name}: H(c)`, value: entropy, unit: "nats" },
      { name: `${one}: ${of}`, value: information.information, unit: "nats" },
      { name: `${zero}: ${of}`, value: without.information, unit: "nats" },
      { name: `${one}: matching error of code to mode`, value: information.error },
      { name: `${zero}: matching error of code to mode`, value: without.error },
      { name: `${one}: sliced information, by InfoNet`, value: information.sliced, unit: "nats" },
      { name: `${zero}: sliced information, by InfoNet`, value: without.sliced, unit: "nats" },
      { name: `${name}: the same of the data and their modes`, value: sliced, unit: "nats" },
      { name: `${one}: distance from the data, theirs = 1`, value: nearer },
      { name: `${zero}: distance from the data, theirs = 1`, value: near },
    ],
    checks,
    pictures: new Map([
      [
        `${name}.svg`,
        data.width === 2 ? planePicture(x, results, entropy) : digitPicture(results, data.modes, entropy),
      ],
    ]),
  };
}

async function trained(task: Task, lambda: number, { net, seed, signal, report }: Run): Promise<Result> {
  const { name, data, hidden, steps, every } = task;
  const history: [number, number][] = [];
  let final: Samples | undefined;
  await trainGan(net, data, {
    lambda,
    steps,
    hidden,
    seed,
    every,
    async look(done, draw) {
      signal.throwIfAborted();
      const samples = await draw();
      const { information, error } = agreement(data, samples);
      history.push([done, information]);
      report(
        `${name}, λ = ${lambda}: step ${done} of ${steps}, ${information.toFixed(2)} nats, matching error ${error.toFixed(2)}`,
      );
      if (done < steps) return;
      const more = [samples];
      while (more.length < DRAWS) more.push(await draw());
      final = joined(more);
    },
  });
  const samples = final!;
  const random = new Random(seed, 20);
  const slices = { data: data.draw(2048, random), directions: DIRECTIONS, random };
  const sliced = await slicedInformation(net, samples, data.modes, slices);
  return { lambda, samples, history, sliced, ...agreement(data, samples) };
}

/** A generative adversarial network with and without information between its code and its samples. */
export const infogan: Example = {
  name: "infogan",
  title: "a generator's code comes to name the modes of the data when its information is part of the loss",
  run,
};
