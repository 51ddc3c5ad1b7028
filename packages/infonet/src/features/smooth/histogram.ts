/** The copula histogram, smooth in the points. */

import type { FloatArray, Pullback, SoftSample } from "../../copula/soft-sample.js";
import { GRID } from "../histogram.js";
import { nodeWeights, nodeWeightsSpace } from "./weights.js";

/** Position of a soft rank among the centres of the cells of one axis. */
const toNode = (rank: number, n: number): number => ((rank - 0.5) * GRID) / n - 0.5;

const inside = (node: number): number => Math.min(Math.max(node, 0), GRID - 1);

/**
 * Copula histogram of soft pseudo-observations (rank − ½)/n with weights that are smooth in them: the bilinear ones
 * of `copulaHistogram` with rounded corners. Overwrites GRID² counts at `offset`.
 */
export function smoothHistogram(sample: SoftSample, out: FloatArray, offset: number): Pullback {
  const { u, v } = sample;
  const n = u.length;
  const sums = new Float64Array(GRID * GRID);
  const [a, b] = [nodeWeightsSpace(), nodeWeightsSpace()];
  for (let k = 0; k < n; k++) {
    nodeWeights(toNode(u[k], n), a);
    nodeWeights(toNode(v[k], n), b);
    const i0 = inside(a.first);
    const i1 = inside(a.first + 1);
    const i2 = inside(a.first + 2);
    for (let m = 0; m < 3; m++) {
      const weight = b.weights[m];
      if (weight === 0) continue;
      const row = inside(b.first + m) * GRID;
      sums[row + i0] += weight * a.weights[0];
      sums[row + i1] += weight * a.weights[1];
      sums[row + i2] += weight * a.weights[2];
    }
  }
  out.set(sums, offset);

  return (cotangent, at, gradient) => pullCounts(sample, cotangent, at, gradient);
}

/** Adds to the derivatives by the soft ranks, from those by the counts. */
function pullCounts({ u, v }: SoftSample, ...[cotangent, at, gradient]: Parameters<Pullback>): void {
  const n = u.length;
  const [a, b] = [nodeWeightsSpace(), nodeWeightsSpace()];
  const scale = GRID / n;
  for (let k = 0; k < n; k++) {
    nodeWeights(toNode(u[k], n), a);
    nodeWeights(toNode(v[k], n), b);
    const i0 = inside(a.first);
    const i1 = inside(a.first + 1);
    const i2 = inside(a.first + 2);
    let du = 0;
    let dv = 0;
    for (let m = 0; m < 3; m++) {
      const weight = b.weights[m];
      const slope = b.slopes[m];
      if (weight === 0 && slope === 0) continue;
      const row = at + inside(b.first + m) * GRID;
      const g0 = cotangent[row + i0];
      const g1 = cotangent[row + i1];
      const g2 = cotangent[row + i2];
      du += weight * (a.slopes[0] * g0 + a.slopes[1] * g1 + a.slopes[2] * g2);
      dv += slope * (a.weights[0] * g0 + a.weights[1] * g1 + a.weights[2] * g2);
    }
    gradient.u[k] += scale * du;
    gradient.v[k] += scale * dv;
  }
}
