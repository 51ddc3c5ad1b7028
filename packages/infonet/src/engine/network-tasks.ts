/** The network as a task. */

import { SCREEN_FUNCTIONS, type Screened, screenEvidence } from "../evidence/index.js";
import type { NetworkSample } from "../network/network.js";
import type { Task } from "./task.js";

/** What the network says of one sample. */
export interface SampleOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** The copula density on the canonical square, as `CopulaDensity.read` takes it, where it was asked for. */
  mixture?: Float32Array;
}

/** Quantiles of samples, one row after the other: a batch at most. */
export const QUANTILES: Task<readonly NetworkSample[], Float32Array> = {
  name: "quantiles",
  run: async (samples, network) => (await network.values(samples)).slice(),
};

/** Samples, a batch at most. */
interface Asked {
  samples: readonly NetworkSample[];
  /** Median of √MI from which on densities are asked for; by default always. */
  least?: number;
  /** How many samples the call is about, of which these are some; by default these are all. */
  asked?: number;
}

/** Quantiles and densities of samples. */
export const DENSITIES: Task<Asked, SampleOutput[]> = {
  name: "densities",
  async run({ samples, least, asked }, network) {
    const { quantiles, mixtures } = await network.run(samples, least, asked);
    const levels = network.manifest.quantiles.length;
    return samples.map((_, slot) => ({
      quantiles: quantiles.slice(slot * levels, (slot + 1) * levels),
      mixture: mixtures[slot],
    }));
  },
};

/** The functions of some columns, and those of others. */
interface ToScreen {
  /** One column after the other, each as `screenFunctions` gives it. */
  a: Float32Array;
  b: Float32Array;
  /** Rows of a column. */
  rows: number;
}

/** What all pairs of two sets of columns show, those of the first column of the one first. */
export type ScreenedBlock = Record<keyof Screened, Float64Array>;

const PARTS = ["evidence", "shape", "n"] as const satisfies readonly (keyof Screened)[];

/** Evidence of dependence of many pairs. */
export const SCREEN: Task<ToScreen, ScreenedBlock> = {
  name: "screen",
  async run({ a, b, rows }, network) {
    const products = await network.product(a, b, rows);
    const width = b.length / rows;
    const [first, second] = [a.length / rows, width].map((functions) => functions / SCREEN_FUNCTIONS);
    const column = () => new Float64Array(first * second);
    const block: ScreenedBlock = { evidence: column(), shape: column(), n: column() };
    for (let i = 0; i < first; i++) {
      for (let j = 0; j < second; j++) {
        const pair = screenEvidence(products, width, i, j);
        for (const part of PARTS) block[part][i * second + j] = pair[part];
      }
    }
    return block;
  },
};
