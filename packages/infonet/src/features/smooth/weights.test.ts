import { expect, test } from "vitest";
import { nodeWeights, nodeWeightsSpace, smoothStep, smoothStepSlope } from "./weights.js";

test("the step is 3t² − 2t³ between 0 and 1, and flat beyond", () => {
  expect([-0.5, 0, 0.25, 0.5, 0.75, 1, 1.5].map(smoothStep)).toEqual([0, 0, 0.15625, 0.5, 0.84375, 1, 1]);
  expect([-0.5, 0, 0.25, 0.5, 0.75, 1, 1.5].map(smoothStepSlope)).toEqual([0, 0, 1.125, 1.5, 1.125, 0, 0]);
});

/** Weights and slopes of the nodes that have any, by the number of the node. */
function weightsAt(position: number): { weights: Map<number, number>; slopes: Map<number, number> } {
  const out = nodeWeightsSpace();
  nodeWeights(position, out);
  const nodes = [out.first, out.first + 1, out.first + 2];
  const of = (values: Float64Array) => new Map(nodes.map((node, k) => [node, values[k]]));
  return { weights: of(out.weights), slopes: of(out.slopes) };
}

test("a hat averaged over a quarter of a node about the position, which has the mean of that", () => {
  for (const position of [-0.4, 0, 0.05, 0.12, 0.13, 0.3, 0.49, 0.51, 0.87, 0.88, 2.95, 3.06]) {
    const { weights, slopes } = weightsAt(position);
    for (const [node, weight] of weights) {
      const steps = 2000;
      let mean = 0;
      for (let k = 0; k < steps; k++) {
        const at = position + 0.25 * ((k + 0.5) / steps - 0.5);
        mean += Math.max(0, 1 - Math.abs(at - node)) / steps;
      }
      expect(weight, `position ${position}, node ${node}`).toBeCloseTo(mean, 6);
      const h = 1e-6;
      const rise =
        (weightsAt(position + h).weights.get(node) ?? 0) - (weightsAt(position - h).weights.get(node) ?? 0);
      expect(slopes.get(node), `slope at ${position}, node ${node}`).toBeCloseTo(rise / (2 * h), 5);
    }
  }
});
