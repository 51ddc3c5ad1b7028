/** Mutual information of vectors: the mixtures that the second version of the benchmark adds. */
import { drawMixture, MIXTURE_TASKS } from "./mixture-tasks.js";
import type { Suite } from "./suite.js";
import { measureVectors, type VectorTask } from "./vector-tasks.js";

const TASKS: readonly VectorTask[] = MIXTURE_TASKS.map((task) => ({
  ...task,
  draw: (n, rng) => drawMixture(task, n, rng),
}));

/** Streams of random numbers: those before belong to the tasks of the first version. */
const streamOf = (task: VectorTask): number => 100_003 * (1000 + TASKS.indexOf(task));

export const bmi2: Suite = {
  title: "Vectors: mixtures of the second version of that benchmark",
  about: "X, AI, waves, galaxy, concentric shells, inliers: mixtures with exact densities",
  threads: 1,
  async run(context) {
    const { quick } = context;
    const sizes = quick ? [1000] : [1000, 5000, 10_000];
    const draws = quick ? 1 : 10;
    const { scores, summary, each } = await measureVectors(context, { tasks: TASKS, sizes, draws, streamOf });
    return {
      notes: [
        `Mean absolute error in nats over ${draws} draw${draws === 1 ? "" : "s"} a task (where a row says so, over fewer: the first ones), and over the tasks. Distributions after Czyż, Grabowski, Vogt, Beerenwinkel & Marx, "On the Properties and Estimation of Pointwise Mutual Information Profiles" (TMLR 2025), with their published parameters; truths by quadrature of the mixtures' exact densities, checked by mean exact log ratios. Methods as above.`,
        "Waves: twelve posts, bent by a sine, with four heights of y over and over. Galaxy: two balls, turned by an angle that grows with the square of the radius. Concentric: y tells the radius of the ball that x is from. Inliers: two pairs that correlate by 0.8, and a share of rows in which nothing does.",
      ],
      tables: [
        summary("All mixtures: mean absolute error, nats", [
          ["without waves", ({ name }) => name !== "2v1 waves"],
        ]),
        each,
      ],
      pictures: [],
      data: scores,
    };
  },
};
