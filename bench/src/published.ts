/** Numbers that others printed, beside which ours are put. */

/** InfoNet, "Neural Estimation of Mutual Information without Test-Time Optimization" (ICML 2024). */
export const PAPER = "Hu et al., InfoNet, ICML 2024";

/** Sizes of the paper's table of times. */
export const TIME_SIZES: readonly number[] = [200, 500, 1000, 2000, 5000];

/** Seconds a pair at {@link TIME_SIZES}; InfoNet on a GPU, sixteen distributions at once. */
export const PUBLISHED_SECONDS: Readonly<Record<string, readonly number[]>> = {
  KSG: [0.009, 0.024, 0.049, 0.098, 0.249],
  KDE: [0.004, 0.021, 0.083, 0.32, 1.801],
  "MINE-2000": [3.35, 3.46, 3.61, 3.93, 4.16],
  "MINE-500": [0.821, 0.864, 0.908, 0.991, 1.235],
  "MINE-10": [0.017, 0.017, 0.019, 0.021, 0.027],
  "InfoNet, batch 16": [0.001, 0.002, 0.002, 0.002, 0.003],
};

/** Published order accuracies in percent. */
export interface PublishedOrder {
  /** For K = 1 … 10 components, where they are known. */
  values: ReadonlyArray<number | undefined>;
  mean: string;
}

/** The paper's order test; of the methods beside InfoNet we know the first and the last number at most. */
export const PUBLISHED_ORDER: Readonly<Record<string, PublishedOrder>> = {
  InfoNet: { values: [99.8, 99.5, 99.0, 99.2, 99.1, 99.2, 99.0, 99.2, 99.3, 99.5], mean: "99.28" },
  KSG: ends(98.7, 97.3),
  KDE: { values: [], mean: "about 97.5" },
  "MINE-500": ends(98.5, 78.1),
  "MINE-100": ends(94.6, 66.4),
  "MINE-10": ends(60.9, 52.5),
};

function ends(first: number, last: number): PublishedOrder {
  const values = Array.from({ length: 10 }, (_, k) => (k === 0 ? first : k === 9 ? last : undefined));
  return { values, mean: "–" };
}

/** What the sections of the scoreboard are held against. */
export const PUBLISHED_SECTIONS: Readonly<
  Record<string, { title: string; head: string[]; rows: string[][] }>
> = {
  copulas: {
    title: "Published, nine copulas, n = 2000, one draw each",
    head: ["", "MAE", "worst", "seconds a pair"],
    rows: [["VDC (arXiv 2604.20568)", "0.0073", "0.0285 (Joe)", "0.42"]],
  },
  strong: {
    title: "Published, correlated normal, n = 10 000 (mutinfo repository)",
    head: ["absolute error at true MI", "3", "5", "7", "10"],
    rows: [
      ["KSG", "0.18", "0.83", "1.77", "3.79"],
      ["MINE", "0.05", "0.30", "1.31", "3.88"],
    ],
  },
};

/** Mean absolute error over the 40 tasks of Beyond Normal at n = 1000, 5000, 10,000, as ALICE (arXiv 2609.34962) reports it. */
export const PUBLISHED_BMI: Readonly<Record<string, readonly number[]>> = {
  "ALICE-Base": [0.092, 0.063, 0.06],
  "ALICE-Small": [0.101, 0.103, 0.104],
  MINDE: [0.353, 0.07, 0.065],
  MINE: [0.248, 0.117, 0.108],
  InfoNCE: [0.887, 0.123, 0.083],
  KSG: [0.288, 0.24, 0.219],
  CCA: [0.195, 0.192, 0.181],
  InfoAtlas: [0.253, 0.271, 0.276],
};

/** Sample sizes of the paper's independence test of vectors. */
export const HIGH_SIZES: readonly number[] = [50, 100, 150, 200, 250, 300];

/** Area under the curve of the paper's independence test (relation 1) at {@link HIGH_SIZES}, by number of coordinates. */
export const PUBLISHED_AUC: Readonly<Record<number, readonly number[]>> = {
  16: [0.961, 1, 1, 1, 1, 1],
  128: [0.597, 0.806, 0.87, 0.936, 0.963, 0.995],
};
