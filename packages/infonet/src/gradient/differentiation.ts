/** Mutual information with its derivatives by the values of both columns. */

import { thin } from "../copula/index.js";
import type { Task } from "../engine/task.js";
import { failureOf } from "../errors.js";
import { resultWarnings } from "../inference/reading.js";
import { readColumn } from "../input/columns.js";
import { unitScale } from "../input/units.js";
import type { Network } from "../network/network.js";
import { completePair, prepareCells } from "../pairs/prepared.js";
import { numberSample } from "../pairs/samples.js";
import type { Failure, Gradient, GradientResult, NumberColumn } from "../types.js";
import { differentiateDensities } from "./density.js";
import type { GradientSettings } from "./options.js";
import { type GradientSample, type SoftPair, softPair } from "./soft-pair.js";

/** Two columns that were read. */
export interface ReadPair {
  x: Float64Array;
  y: Float64Array;
}

/**
 * Reads two columns.
 *
 * @throws InfoNetError "not-a-number", "not-finite"
 */
export function readPair(x: NumberColumn, y: NumberColumn): ReadPair {
  return { x: readColumn({ name: "x", values: x }), y: readColumn({ name: "y", values: y }) };
}

/** Pairs to be differentiated with one set of options. */
interface Batch {
  pairs: readonly (ReadPair | Failure)[];
  settings: GradientSettings;
}

/** Differentiates a batch of pairs at most, see {@link gradientBatch}; a pair that cannot be differentiated has its reason. */
export const GRADIENTS: Task<Batch, GradientResult[]> = {
  name: "gradients",
  async run({ pairs, settings }, network) {
    const results: GradientResult[] = new Array(pairs.length);
    const samples: (RankedPair & { index: number })[] = [];
    for (const [index, pair] of pairs.entries()) {
      try {
        if ("error" in pair) results[index] = pair;
        else samples.push({ index, ...ranked(pair, settings, network) });
      } catch (error) {
        results[index] = failureOf(error);
      }
    }
    const gradients = samples.length > 0 ? await differentiated(samples, settings, network) : [];
    for (const [k, { index }] of samples.entries()) results[index] = gradients[k];
    return results;
  },
};

/**
 * Pairs that are differentiated at once.
 *
 * @throws InfoNetError "model" if the model has no gradient graphs and they are needed
 */
export function gradientBatch(network: Network, { through }: GradientSettings): number {
  return through === "critic" ? network.largestBatch : network.largestDifferentiated;
}

/** A pair that was ranked. */
interface RankedPair {
  pair: SoftPair;
  /** Permutation in canonical orientation, and what is known of the rows. */
  sample: GradientSample;
}

/** @throws InfoNetError "not-finite", "unequal-lengths", "too-few-samples", "constant" */
function ranked({ x, y }: ReadPair, settings: GradientSettings, network: Network): RankedPair {
  const [a, b] = Object.entries({ x, y }).map(([name, values]) => ({
    name,
    ...prepareCells({ kind: "number", values }),
  }));
  const { rows, warnings, ...columns } = completePair(a, b);
  const { whole, ...others } = numberSample(columns.x, columns.y, Infinity);
  const sample = { ...others, perm: thin(whole, network.manifest.range.n[1]), rows, warnings };
  return { pair: softPair(x, y, sample, settings), sample };
}

/** @throws InfoNetError "model" if the model has no gradient graphs and they are needed */
async function differentiated(
  ranked: readonly RankedPair[],
  { units, through }: GradientSettings,
  network: Network,
): Promise<Gradient[]> {
  const { manifest } = network;
  const scale = unitScale(units);
  const critic = through === "critic";
  const samples = ranked.map(({ pair, sample }) => ({ perm: sample.perm, soft: pair.soft }));
  const derivatives = await (critic
    ? differentiateDensities(network, samples)
    : network.differentiate(samples));
  return derivatives.map(({ median, gradient }, k) => {
    const { pair, sample } = ranked[k];
    // MI is the square of the median where that is positive, and 0 elsewhere.
    const root = Math.max(median, 0);
    const { dx, dy } = pair.pull(gradient);
    const slope = scale * (critic ? 1 : 2 * root);
    multiplyBy(slope, dx, dy);
    const facts = { n: sample.n, used: sample.perm.length, warnings: sample.warnings };
    const warnings = resultWarnings(facts, root ** 2, manifest);
    return { mi: scale * root ** 2, dx, dy, n: sample.n, warnings };
  });
}

function multiplyBy(factor: number, a: Float64Array, b: Float64Array): void {
  for (let row = 0; row < a.length; row++) {
    a[row] *= factor;
    b[row] *= factor;
  }
}
