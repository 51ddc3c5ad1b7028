/** Mutual information of vectors: the 40 tasks of "Beyond Normal", beside published errors. */
import { PUBLISHED_BMI } from "../published.js";
import { TASKS } from "./bmi-tasks.js";
import type { Suite } from "./suite.js";
import { measureVectors } from "./vector-tasks.js";

export const bmi: Suite = {
  title: "Vectors: the 40 tasks of Beyond Normal",
  about: "mutual information of vectors of up to 50 coordinates, beside published errors",
  threads: 1,
  async run(context) {
    const { quick } = context;
    const sizes = quick ? [1000] : [1000, 5000, 10_000];
    const draws = quick ? 1 : 10;
    const tasks = quick ? TASKS.filter((_, k) => k % 4 === 0) : TASKS;
    const places = new Map(TASKS.map(({ name }, k) => [name, k]));
    const streamOf = ({ name }: { name: string }): number => 100_003 * (places.get(name) ?? 0);
    const { scores, summary, each } = await measureVectors(context, { tasks, sizes, draws, streamOf });
    const all = summary("All tasks: mean absolute error, nats", [
      ["without spirals", ({ group }) => group !== "spiral"],
    ]);
    const published = Object.entries(PUBLISHED_BMI).map(([name, values]) => [
      `${name}, published`,
      ...sizes.map((n) => values[[1000, 5000, 10_000].indexOf(n)]?.toFixed(3) ?? "–"),
    ]);
    return {
      notes: [
        `Mean absolute error in nats over ${draws} draw${draws === 1 ? "" : "s"} a task (where a row says so, over fewer: the first ones), and over the tasks. Distributions and closed forms after Czyż et al., "Beyond Normal" (NeurIPS 2023). InfoNet is \`joint\` as it comes; KSG has ten neighbours on scaled columns, CCA is the closed form of normal variables on the columns themselves, less its bias; published numbers as ALICE (arXiv 2609.34962) reports them.`,
        "Spirals turn a plane by an angle that grows with the norm of the whole vector; no linear coordinates straighten them.",
      ],
      tables: [{ ...all, rows: [...all.rows, ...published] }, each],
      pictures: [],
      data: scores,
    };
  },
};
