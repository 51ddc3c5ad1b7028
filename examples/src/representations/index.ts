/** The example `representations`: codes of two views that are trained to share information, and what they have learnt. */
import type { Example, Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import { type Curve, svgCurves, svgDocument } from "../svg.js";
import { Pair } from "./data.js";
import { CODE, encoder, infonce, joint, type Method, mine } from "./encoders.js";
import { linearProbe } from "./probe.js";

/** A method with its rows a step, its rate, and as many steps as take about five seconds of a processor. */
interface Plan {
  name: string;
  method: Method;
  rows: number;
  rate: number;
  steps: number;
}

/** Seconds of processor time since the program began: other programs on the machine change them little. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function run({ net, quick, seed, signal, report }: Run): Promise<Outcome> {
  const plans: Plan[] = [
    { name: "infonet", method: joint, rows: quick ? 300 : 500, rate: 0.01, steps: quick ? 20 : 920 },
    { name: "InfoNCE", method: infonce, rows: quick ? 128 : 256, rate: 0.01, steps: quick ? 20 : 2760 },
    { name: "MINE", method: mine, rows: quick ? 128 : 256, rate: 0.003, steps: quick ? 20 : 2760 },
  ];
  const pair = new Pair(new Random(seed, 1));
  const held = pair.draw(quick ? 1000 : 4000, new Random(seed, 2));
  const probe = await encoder(held.n);
  const score = async (theta: Float32Array): Promise<number> => {
    const [codes] = await probe.codes(theta, held);
    return linearProbe(codes, CODE, held.shared);
  };
  const results: { plan: Plan; before: number; after: number; seconds: number; curve: Curve }[] = [];
  for (const plan of plans) {
    const random = new Random(seed, 3);
    const training = await plan.method(plan.rows, random, net);
    const before = await score(training.theta);
    const points: [number, number][] = [[0, before]];
    let seconds = 0;
    for (let step = 1; step <= plan.steps; step++) {
      signal.throwIfAborted();
      const views = pair.draw(plan.rows, random);
      const start = processorSeconds();
      // Smaller steps in the last third: the noise of the batches is averaged.
      const mi = await training.step(views, plan.rate * Math.min(1, 3 - (3 * step) / (plan.steps + 1)));
      seconds += processorSeconds() - start;
      if (step % Math.ceil(plan.steps / 20) !== 0 && step < plan.steps) continue;
      points.push([seconds, await score(training.theta)]);
      report(
        `${plan.name}: step ${step} of ${plan.steps}, ${mi.toFixed(2)} nats, probe ${points.at(-1)?.[1].toFixed(3)}`,
      );
    }
    await training.dispose();
    const after = points[points.length - 1][1];
    results.push({ plan, before, after, seconds, curve: { name: plan.name, points } });
  }
  await probe.dispose();
  const [own, nce, other] = results;
  return {
    figures: [
      { name: "linear probe R², encoders as they start", value: own.before },
      ...results.flatMap(({ plan, after, seconds }) => [
        { name: `linear probe R², ${plan.name}`, value: after },
        { name: `${plan.name}: ${plan.steps} steps of ${plan.rows} rows`, value: seconds, unit: "s" },
      ]),
    ],
    checks: quick
      ? [{ name: "infonet, above the start", value: own.after - own.before, bound: "at least", bar: 0.05 }]
      : [
          { name: "infonet, above the start", value: own.after - own.before, bound: "at least", bar: 0.3 },
          { name: "infonet less InfoNCE", value: own.after - nce.after, bound: "at least", bar: -0.02 },
          { name: "infonet less MINE", value: own.after - other.after, bound: "at least", bar: 0 },
        ],
    pictures: new Map([
      [
        "training.svg",
        svgDocument(
          "What a linear probe reads from the codes, by the processor time of the training",
          420,
          330,
          [
            ...svgCurves(
              { x: 60, y: 34, width: 320, height: 190 },
              { title: "R² of a linear probe on fresh rows", axis: "seconds" },
              results.map(({ curve }) => curve),
            ),
          ],
        ),
      ],
    ]),
  };
}

/** The example. */
export const representations: Example = {
  name: "representations",
  title: "codes of two views that share all they can, beside InfoNCE and MINE",
  run,
};
