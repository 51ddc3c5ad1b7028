/** Generator and discriminator, compiled with their losses. */
import { nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { Descent } from "../networks/descent.js";
import { Graph, type Tensor } from "../networks/graph.js";
import { initialParameters } from "../networks/parameters.js";
import { leakyRelu, perceptron, perceptronPieces, softplus } from "../networks/perceptron.js";
import type { Random } from "../random.js";

/** Sizes and constants. */
export interface GanOptions {
  /** Values of a sample. */
  width: number;
  /** Whether samples lie between 0 and 1. */
  bounded: boolean;
  /** Normal inputs of the generator. */
  noise: number;
  /** Values of the code, which the generator is given as so many zeros and a one. */
  codes: number;
  /** Units of each of the two hidden layers of both networks. */
  hidden: number;
  /** Samples that the discriminator, and that the generator, takes at a step. */
  rows: { discriminator: number; generator: number };
  /** Weight of the discriminator's squared slope. */
  penalty: number;
}

/** Both networks, on their way. */
export interface Gan {
  /** Takes `real` and `fake`. */
  discriminator: Descent;
  /** Takes `discriminator` (its parameters), `real`, `inputs`, and `slope`, the derivative of what is to rise by the samples. */
  generator: Descent;
  /** Samples of so many inputs: `theta` and `inputs` in, `x` out. */
  generate: { few: Graph; many: Graph };
  dispose(): Promise<void>;
}

// Without momentum: each network answers what the other is, not what it was.
const ADAM = { beta1: 0, beta2: 0.99 };

/** Two networks to start from. */
export async function openGan(options: GanOptions, random: Random): Promise<Gan> {
  const { width, bounded, noise, codes, hidden, rows, penalty } = options;
  const generatorPieces = perceptronPieces([noise + codes, hidden, hidden, width], 2);
  const discriminatorPieces = perceptronPieces([width, hidden, hidden, 1], 2);
  const start = initialParameters(generatorPieces, random);
  const other = initialParameters(discriminatorPieces, random);

  const sample = (theta: Tensor, inputs: Tensor): Tensor => {
    const x = perceptron(generatorPieces, leakyRelu, theta, inputs);
    return bounded ? nn.sigmoid(x) : x;
  };
  const realness = (theta: Tensor, x: Tensor): Tensor =>
    perceptron(discriminatorPieces, leakyRelu, theta, x).reshape([x.shape[0]]);

  const generateRows = (count: number): Promise<Graph> =>
    Graph.open(
      (theta, inputs) => [sample(theta, inputs)],
      { theta: [start.length], inputs: [count, noise + codes] },
      ["x"],
    );
  const batch = (count: number): number[] => [count, width];

  const discriminator = await Descent.open(
    other,
    { real: batch(rows.discriminator), fake: batch(rows.discriminator) },
    (theta, real, fake) => {
      // A sample's realness and its slope there: the sum over all has the slopes of each.
      const sum = (x: Tensor): [Tensor, Tensor] => {
        const each = realness(theta.ref, x);
        return [each.ref.sum(), each];
      };
      const differentiate = valueAndGrad(sum, { hasAux: true }) as unknown as (
        x: Tensor,
      ) => [[Tensor, Tensor], Tensor];
      const [[total, each], slope] = differentiate(np.concatenate([real, fake], 0));
      total.dispose();
      theta.dispose();
      const count = rows.discriminator;
      const lead = each.ref.slice([0, count]).sub(each.slice([count, 2 * count]));
      const steepness = np
        .square(slope)
        .sum()
        .mul(penalty / 2 / count);
      return softplus(lead.neg()).mean().add(steepness);
    },
    ADAM,
  );
  const generator = await Descent.open(
    start,
    {
      discriminator: [other.length],
      real: batch(rows.generator),
      inputs: [rows.generator, noise + codes],
      slope: batch(rows.generator),
    },
    (theta, discriminator, real, inputs, slope) => {
      const x = sample(theta, inputs);
      const each = realness(discriminator, np.concatenate([real, x.ref], 0));
      const count = rows.generator;
      const lead = each.ref.slice([count, 2 * count]).sub(each.slice([0, count]));
      // Linear in the samples, with the information's derivative: to the generator's parameters the two are the same.
      const information = x.mul(slope).sum();
      return softplus(lead.neg()).mean().sub(information);
    },
    ADAM,
  );
  const generate = { few: await generateRows(rows.discriminator), many: await generateRows(rows.generator) };
  const dispose = async (): Promise<void> => {
    const parts = [discriminator, generator, generate.few, generate.many];
    await Promise.all(parts.map((part) => part.dispose()));
  };
  return { discriminator, generator, generate, dispose };
}
