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

/** Sample sizes at which the power below is read off. */
export const HYPPO_SIZES: readonly number[] = [20, 50, 100];

/** Tests whose published power stands beside ours. */
export const HYPPO_TESTS = ["MGC", "HHG", "dCor", "HSIC"] as const;

/** Power at {@link HYPPO_SIZES} of the tests in {@link HYPPO_TESTS}. */
export type PublishedPower = Readonly<Record<(typeof HYPPO_TESTS)[number], readonly number[]>>;

/**
 * Power at the level of 5 % of tests on the 1 × 1 laws of hyppo with noise: its files benchmarks/vs_samplesize
 * (github.com/neurodata/hyppo), means of five runs of 1000 draws.
 */
export const PUBLISHED_POWER: Readonly<Record<string, PublishedPower>> = {
  linear: {
    MGC: [0.503, 0.883, 0.9992],
    HHG: [0.364, 0.828, 0.992],
    dCor: [0.5852, 0.9588, 0.9992],
    HSIC: [0.5068, 0.9058, 0.998],
  },
  exponential: {
    MGC: [0.3698, 0.7304, 0.9844],
    HHG: [0.2906, 0.7022, 0.9576],
    dCor: [0.4638, 0.8704, 0.9922],
    HSIC: [0.3568, 0.7768, 0.978],
  },
  cubic: {
    MGC: [0.438, 0.8338, 0.994],
    HHG: [0.3444, 0.7948, 0.985],
    dCor: [0.4878, 0.8844, 0.9956],
    HSIC: [0.3566, 0.7858, 0.982],
  },
  joint_normal: {
    MGC: [0.3608, 0.671, 0.983],
    HHG: [0.2436, 0.6106, 0.922],
    dCor: [0.4294, 0.8774, 0.9914],
    HSIC: [0.3206, 0.713, 0.9586],
  },
  step: {
    MGC: [0.3784, 0.7388, 0.9804],
    HHG: [0.241, 0.6248, 0.9354],
    dCor: [0.4138, 0.8536, 0.9888],
    HSIC: [0.3668, 0.7672, 0.973],
  },
  quadratic: {
    MGC: [0.198, 0.6054, 0.9444],
    HHG: [0.2516, 0.6592, 0.9726],
    dCor: [0.1186, 0.417, 0.8846],
    HSIC: [0.1686, 0.5878, 0.9276],
  },
  w_shaped: {
    MGC: [0.2006, 0.6792, 0.9744],
    HHG: [0.1602, 0.487, 0.8948],
    dCor: [0.1102, 0.3298, 0.7796],
    HSIC: [0.144, 0.3536, 0.717],
  },
  spiral: {
    MGC: [0.1192, 0.4418, 0.9388],
    HHG: [0.092, 0.2112, 0.6106],
    dCor: [0.0748, 0.111, 0.2228],
    HSIC: [0.0912, 0.1198, 0.202],
  },
  uncorrelated_bernoulli: {
    MGC: [0.368, 0.8778, 0.998],
    HHG: [0.5846, 0.9874, 1],
    dCor: [0.2648, 0.7422, 0.9934],
    HSIC: [0.487, 0.9608, 0.9996],
  },
  logarithmic: {
    MGC: [0.2732, 0.7416, 0.9834],
    HHG: [0.2638, 0.7212, 0.9834],
    dCor: [0.177, 0.589, 0.96],
    HSIC: [0.2448, 0.6762, 0.9606],
  },
  fourth_root: {
    MGC: [0.2162, 0.6784, 0.9734],
    HHG: [0.2066, 0.6194, 0.9506],
    dCor: [0.1326, 0.457, 0.9106],
    HSIC: [0.1922, 0.5674, 0.9362],
  },
  sin_four_pi: {
    MGC: [0.0846, 0.3328, 0.8364],
    HHG: [0.0682, 0.1068, 0.24],
    dCor: [0.0606, 0.1196, 0.187],
    HSIC: [0.0576, 0.087, 0.1106],
  },
  sin_sixteen_pi: {
    MGC: [0.0522, 0.088, 0.5242],
    HHG: [0.051, 0.055, 0.0654],
    dCor: [0.0594, 0.0552, 0.0554],
    HSIC: [0.0518, 0.0546, 0.052],
  },
  square: {
    MGC: [0.0868, 0.2488, 0.6384],
    HHG: [0.0722, 0.2138, 0.6894],
    dCor: [0.0566, 0.0698, 0.198],
    HSIC: [0.0704, 0.1422, 0.263],
  },
  two_parabolas: {
    MGC: [0.0912, 0.1954, 0.4604],
    HHG: [0.1482, 0.3332, 0.6998],
    dCor: [0.0622, 0.0832, 0.0918],
    HSIC: [0.0802, 0.1298, 0.25],
  },
  circle: {
    MGC: [0.0982, 0.3628, 0.8494],
    HHG: [0.1036, 0.4764, 0.95],
    dCor: [0.0492, 0.0678, 0.149],
    HSIC: [0.06, 0.1684, 0.4574],
  },
  ellipse: {
    MGC: [0.1038, 0.3918, 0.864],
    HHG: [0.1048, 0.4198, 0.9366],
    dCor: [0.045, 0.0694, 0.1408],
    HSIC: [0.0852, 0.159, 0.5832],
  },
  diamond: {
    MGC: [0.1284, 0.4768, 0.9424],
    HHG: [0.1254, 0.636, 0.987],
    dCor: [0.0416, 0.0846, 0.2598],
    HSIC: [0.0932, 0.4484, 0.8976],
  },
  multiplicative_noise: {
    MGC: [0.307, 0.7772, 0.997],
    HHG: [0.672, 0.9912, 1],
    dCor: [0.182, 0.3844, 0.8476],
    HSIC: [0.3584, 0.8644, 0.9996],
  },
  multimodal_independence: {
    MGC: [0.0512, 0.0392, 0.049],
    HHG: [0.0484, 0.0516, 0.0488],
    dCor: [0.0556, 0.0462, 0.0418],
    HSIC: [0.0516, 0.048, 0.0492],
  },
};
