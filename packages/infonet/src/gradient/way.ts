/** What the two ways to derivatives have in common. */

import type { RootQuantiles } from "../inference/network-head.js";
import type { Network } from "../network/network.js";
import type { GradientSample, GradientSide } from "./used-rows.js";

/** What a pair shares, nats, and the derivatives of it by the values of all rows. */
export interface PairDerivative {
  nats: number;
  lowerBound: number | undefined;
  /** What the network said, where the value is to be read from that: of levels beside a number. */
  answer?: RootQuantiles;
  dx: Float64Array;
  dy: Float64Array;
}

/** A way to the derivatives of pairs: through the critic, or through the estimate. */
export interface Way<Pair> {
  /**
   * What is made of a pair before the network is asked.
   *
   * @throws InfoNetError "not-finite" if values are too close together for derivatives by them to be numbers
   */
  prepared(
    x: GradientSide,
    y: GradientSide,
    sample: GradientSample,
    settings: { seed: number; regularization?: number | undefined },
  ): Pair;
  /**
   * Pairs that are differentiated at once.
   *
   * @throws InfoNetError "model" if the model has no graphs for it
   */
  most(network: Network): number;
  differentiated(
    network: Network,
    pairs: readonly { sample: GradientSample; pair: Pair }[],
  ): Promise<PairDerivative[]>;
}
