/** The network of the InfoNet paper as the trainer sees it. */

import { criticLosses, donskerVaradhanBound } from "../loss/losses.js";
import { resampleMass, sampleMass } from "../network/critic-table.js";
import {
  PERCEIVER_DEFAULTS,
  type PerceiverConfig,
  perceiver,
  perceiverParameters,
} from "../network/perceiver.js";
import { batchShapes } from "../stream/inputs.js";
import { type Architecture, required } from "./architecture.js";

/**
 * Points → critic: see the network. It trains on the Donsker–Varadhan bound at fresh points of the joint: at the points
 * that it reads the bound is optimistic. Its estimate is the value
 * of the bound on those very points, the paper's way; there are no quantiles.
 */
export const PERCEIVER: Architecture<PerceiverConfig> = {
  name: "perceiver",
  defaults: PERCEIVER_DEFAULTS,
  lossNames: ["total", "donskerVaradhan"],
  answerName: "bound",
  parameters: perceiverParameters,
  inputs: ({ points }, batch) => ({ points: [batch, points, 2], fresh: batchShapes(batch).fresh }),
  examples: ({ points }) => ({ points, nMin: points, fresh: true }),
  losses(config, p, inputs) {
    const { points, fresh } = required(inputs, ["points", "fresh"]);
    return criticLosses(perceiver(config, p, points), resampleMass(fresh, config.table));
  },
  evaluate(config, p, inputs) {
    const { points, fresh } = required(inputs, ["points", "fresh"]);
    const [batch] = points.shape;
    const mass = sampleMass(points.ref, config.table);
    const critic = perceiver(config, p, points);
    const answer = donskerVaradhanBound(critic.ref, mass).reshape([batch, 1]);
    return { losses: criticLosses(critic, resampleMass(fresh, config.table)), answer };
  },
  estimate: ([bound]) => ({ mi: Math.max(bound, 0) }),
  inference: { reason: "reads points of the sample, not the copula histogram, and has no quantiles of √MI" },
};
