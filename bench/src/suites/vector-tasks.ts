/** Mutual information of vectors with known truths: `joint`, KSG and CCA on the same samples. */
import { number, Random } from "@infonet/training/evaluate";
import { gaussian, ksg } from "infonet/classical";
import type { Table } from "../report.js";
import type { Vectors } from "./bmi-tasks.js";
import type { Context } from "./suite.js";

/** What is measured of a task. */
export interface VectorTask {
  name: string;
  group: string;
  /** Mutual information, nats. */
  truth: number;
  draw(n: number, rng: Random): [Vectors, Vectors];
}

/** What a method says of one sample. */
interface Answer {
  mi: number;
  /** Whether the 90 % interval holds the truth; absent where there is none. */
  covered?: boolean;
  seconds: number;
}

interface Contender {
  name: string;
  /** Whether it is our network: the answers of others stay when the weights change. */
  ours?: boolean;
  /** Draws a task at most, by sample size, where all of them would take hours. */
  fewer?: Readonly<Record<number, number>>;
  estimate(x: Vectors, y: Vectors, truth: number): Promise<Omit<Answer, "seconds">>;
}

/** A task at one sample size. */
export interface VectorScore {
  task: string;
  n: number;
  errors: Record<string, number[]>;
  covered: number;
  seconds: number;
}

/** What is measured, and how much of it. */
export interface VectorPlan {
  tasks: readonly VectorTask[];
  sizes: readonly number[];
  draws: number;
  /** First stream of random numbers of a task's draws. */
  streamOf(task: VectorTask): number;
}

/** The scores, and the tables that are made of them. */
export interface VectorScores {
  scores: VectorScore[];
  /** Mean absolute errors by method and by group of tasks. */
  summary(
    title: string,
    more?: ReadonlyArray<[name: string, wanted: (task: VectorTask) => boolean]>,
  ): {
    title: string;
    head: string[];
    rows: string[][];
  };
  /** Every task at every size. */
  each: Table;
}

function contenders({ net, signal }: Context): Contender[] {
  return [
    {
      name: "InfoNet",
      ours: true,
      async estimate(x, y, truth) {
        const { mi, interval } = await net.joint(x, y, { signal });
        return { mi, covered: interval[0] <= truth && truth <= interval[1] };
      },
    },
    {
      name: "KSG",
      // Its trees do not help among 25 columns: half a minute for 10,000 rows.
      fewer: { 5000: 3, 10000: 1 },
      estimate: async (x, y) => ({ mi: ksg(x, y, { k: 10 }) }),
    },
    { name: "CCA", estimate: async (x, y) => ({ mi: gaussian(x, y, { normalScores: false }) }) },
  ];
}

/** Draws a task that a method gets. */
const drawsOf = ({ fewer }: Contender, n: number, draws: number): number =>
  Math.min(draws, fewer?.[n] ?? draws);

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Measures all tasks at all sizes, answer by answer. */
export async function measureVectors(context: Context, plan: VectorPlan): Promise<VectorScores> {
  const { seed, journal, signal, tell } = context;
  const { tasks, sizes, draws } = plan;
  const methods = contenders(context);
  const scores: VectorScore[] = [];
  for (const n of sizes) {
    for (const task of tasks) {
      tell(`n = ${n}, ${task.name}`);
      const answers: Record<string, Answer[]> = Object.fromEntries(methods.map(({ name }) => [name, []]));
      for (let draw = 0; draw < draws; draw++) {
        let sample: readonly [Vectors, Vectors] | undefined;
        for (const method of methods) {
          const { name, ours = false } = method;
          if (draw >= drawsOf(method, n, draws)) continue;
          const answer = (): Promise<Answer> => {
            sample ??= task.draw(n, new Random(seed, plan.streamOf(task) + draw));
            return answerOf(method, sample, task.truth, signal);
          };
          const key = `${task.name}, n ${n}, draw ${draw}, ${name}`;
          answers[name].push(await journal.once(key, answer, !ours));
        }
      }
      const errors = Object.fromEntries(
        methods.map(({ name }) => [name, answers[name].map(({ mi }) => Math.abs(mi - task.truth))]),
      );
      const ours = answers.InfoNet;
      scores.push({
        task: task.name,
        n,
        errors,
        covered: mean(ours.map(({ covered }) => (covered ? 1 : 0))),
        seconds: mean(ours.map(({ seconds }) => seconds)),
      });
    }
  }
  const of = (n: number, name: string, wanted: (task: VectorTask) => boolean): string => {
    const chosen = new Set(tasks.filter(wanted).map((task) => task.name));
    const rows = scores.filter((row) => row.n === n && chosen.has(row.task));
    return rows.length === 0 ? "–" : number(mean(rows.map(({ errors }) => mean(errors[name]))), 3);
  };
  const groups = [...new Set(tasks.map(({ group }) => group))];
  const ours = (name: string, wanted: (task: VectorTask) => boolean): string[] => [
    `InfoNet${name}`,
    ...sizes.map((n) => of(n, "InfoNet", wanted)),
  ];
  return {
    scores,
    summary: (title, more = []) => ({
      title,
      head: ["", ...sizes.map((n) => `n = ${n}`)],
      rows: [
        ...methods.map((method) => [
          labelOf(method, sizes, draws),
          ...sizes.map((n) => of(n, method.name, () => true)),
        ]),
        ...more.map(([name, wanted]) => ours(` ${name}`, wanted)),
        ...groups.map((group) => ours(`, ${group}`, (task) => task.group === group)),
      ],
    }),
    each: {
      title: "Each task: mean absolute error; share of intervals that hold the truth; seconds",
      head: ["", "truth", "n", ...methods.map(({ name }) => name), "held", "s"],
      rows: scores.map(({ task, n, errors, covered, seconds }) => [
        task,
        number(tasks.find(({ name }) => name === task)?.truth ?? Number.NaN, 3),
        String(n),
        ...methods.map(({ name }) => number(mean(errors[name]), 3)),
        `${Math.round(100 * covered)} %`,
        number(seconds, 2),
      ]),
    },
  };
}

/** The name of a method, with its numbers of draws where they are not all there are. */
function labelOf(method: Contender, sizes: readonly number[], draws: number): string {
  const counts = sizes.map((n) => drawsOf(method, n, draws));
  const all = counts.every((count) => count === draws);
  return all ? method.name : `${method.name} (${counts.join(", ")} draws)`;
}

async function answerOf(
  { estimate }: Contender,
  [x, y]: readonly [Vectors, Vectors],
  truth: number,
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const start = performance.now();
  const answer = await estimate(x, y, truth);
  const seconds = (performance.now() - start) / 1000;
  // Ctrl-C is a message too.
  await new Promise((resolve) => setImmediate(resolve));
  return { ...answer, seconds };
}
