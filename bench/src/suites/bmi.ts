/** Mutual information of vectors: the 40 tasks of "Beyond Normal", beside published errors. */
import { number, Random } from "@infonet/training/evaluate";
import { gaussian, ksg } from "infonet/classical";
import { PUBLISHED_BMI } from "../published.js";
import { TASKS, type Task, type Vectors } from "./bmi-tasks.js";
import type { Context, Suite } from "./suite.js";

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

interface Score {
  task: string;
  n: number;
  errors: Record<string, number[]>;
  covered: number;
  seconds: number;
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

export const bmi: Suite = {
  title: "Vectors: the 40 tasks of Beyond Normal",
  about: "mutual information of vectors of up to 50 coordinates, beside published errors",
  threads: 1,
  async run(context) {
    const { quick, seed, journal, signal, tell } = context;
    const sizes = quick ? [1000] : [1000, 5000, 10_000];
    const seeds = quick ? 1 : 10;
    const tasks = quick ? TASKS.filter((_, k) => k % 4 === 0) : TASKS;
    const methods = contenders(context);
    const scores: Score[] = [];
    for (const n of sizes) {
      for (const task of tasks) {
        tell(`n = ${n}, ${task.name}`);
        const answers: Record<string, Answer[]> = Object.fromEntries(methods.map(({ name }) => [name, []]));
        for (let draw = 0; draw < seeds; draw++) {
          let sample: readonly [Vectors, Vectors] | undefined;
          for (const method of methods) {
            const { name, ours = false } = method;
            if (draw >= drawsOf(method, n, seeds)) continue;
            const answer = (): Promise<Answer> => {
              sample ??= task.draw(n, new Random(seed, 100_003 * TASKS.indexOf(task) + draw));
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
    const of = (n: number, name: string, wanted: (task: Task) => boolean): string => {
      const chosen = new Set(tasks.filter(wanted).map((task) => task.name));
      const rows = scores.filter((row) => row.n === n && chosen.has(row.task));
      return rows.length === 0 ? "–" : number(mean(rows.map(({ errors }) => mean(errors[name]))), 3);
    };
    const notes = [
      `Mean absolute error in nats over ${seeds} draw${seeds === 1 ? "" : "s"} a task (where a row says so, over fewer: the first ones), and over the tasks. Distributions and closed forms after Czyż et al., "Beyond Normal" (NeurIPS 2023). InfoNet is \`joint\` as it comes; KSG has ten neighbours on scaled columns, CCA is the closed form of normal variables on the columns themselves, less its bias; published numbers as ALICE (arXiv 2609.34962) reports them.`,
      "Spirals turn a plane by an angle that grows with the norm of the whole vector; no linear coordinates straighten them.",
    ];
    const groups = [...new Set(TASKS.map(({ group }) => group))];
    return {
      notes,
      tables: [
        {
          title: "All tasks: mean absolute error, nats",
          head: ["", ...sizes.map((n) => `n = ${n}`)],
          rows: [
            ...methods.map((method) => [
              labelOf(method, sizes, seeds),
              ...sizes.map((n) => of(n, method.name, () => true)),
            ]),
            ["InfoNet without spirals", ...sizes.map((n) => of(n, "InfoNet", (t) => t.group !== "spiral"))],
            ...groups.map((group) => [
              `InfoNet, ${group}`,
              ...sizes.map((n) => of(n, "InfoNet", (t) => t.group === group)),
            ]),
            ...Object.entries(PUBLISHED_BMI).map(([name, values]) => [
              `${name}, published`,
              ...sizes.map((n) => values[[1000, 5000, 10_000].indexOf(n)]?.toFixed(3) ?? "–"),
            ]),
          ],
        },
        {
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
      ],
      pictures: [],
      data: scores,
    };
  },
};

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
