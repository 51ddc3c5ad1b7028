/** Parameters on their way down a loss. */
import { numpy as np, valueAndGrad } from "@jax-js/jax";
import { Graph, type Shapes, type Tensor } from "./graph.js";

/** Constants of Adam (Kingma & Ba 2015), and how long the average of the parameters remembers. */
export interface AdamOptions {
  /** Default 0.9. */
  beta1?: number;
  /** Default 0.99. */
  beta2?: number;
  /** Share of the average that a step keeps. Default 0.995. */
  keep?: number;
}

const EPSILON = 1e-8;
const STATE = ["theta", "m", "v", "average"] as const;
const RATES = ["rate", "correction", "fresh"] as const;

/** A loss compiled together with its gradient and a step of Adam. It holds the parameters and the state of Adam. */
export class Descent {
  private steps = 0;

  private constructor(
    private readonly graph: Graph,
    private state: Record<string, Float32Array>,
    private readonly adam: Required<AdamOptions>,
  ) {}

  /**
   * @param theta parameters to start from
   * @param shapes names and shapes of what the loss takes beside the parameters
   * @param loss scalar function of the parameters and the rest, in the order of `shapes`; consumes them
   */
  static async open(
    theta: Float32Array,
    shapes: Shapes,
    loss: (theta: Tensor, ...inputs: Tensor[]) => Tensor,
    options: AdamOptions = {},
  ): Promise<Descent> {
    const adam = { beta1: 0.9, beta2: 0.99, keep: 0.995, ...options };
    const step = (...tensors: Tensor[]): Tensor[] => {
      const [parameters, m, v, average, rate, correction, fresh, ...inputs] = tensors;
      const differentiated = valueAndGrad(((t: Tensor) => loss(t, ...inputs)) as never) as unknown as (
        theta: Tensor,
      ) => [Tensor, Tensor];
      const [value, slope] = differentiated(parameters.ref);
      const nextM = m.mul(adam.beta1).add(slope.ref.mul(1 - adam.beta1));
      const nextV = v.mul(adam.beta2).add(np.square(slope).mul(1 - adam.beta2));
      const root = np.sqrt(nextV.ref.mul(correction)).add(EPSILON);
      const next = parameters.sub(nextM.ref.div(root).mul(rate));
      const nextAverage = average.ref.add(next.ref.sub(average).mul(fresh));
      return [next, nextM, nextV, nextAverage, value];
    };
    const flat = Object.fromEntries(STATE.map((name) => [name, [theta.length]]));
    const scalars = Object.fromEntries(RATES.map((name) => [name, []]));
    const outputs = [...STATE.map((name) => `next_${name}`), "loss"];
    const graph = await Graph.open(step, { ...flat, ...scalars, ...shapes }, outputs);
    const zeros = new Float32Array(theta.length);
    return new Descent(graph, { theta, m: zeros, v: zeros, average: theta }, adam);
  }

  /** Parameters after the last step. */
  get theta(): Float32Array {
    return this.state.theta;
  }

  /** Average of the parameters over the last steps, recent ones counting more. */
  get average(): Float32Array {
    return this.state.average;
  }

  /**
   * One step.
   *
   * @returns the loss before it
   * @throws Error if the loss is not finite
   */
  async step(rate: number, inputs: Readonly<Record<string, Float32Array | number>>): Promise<number> {
    this.steps++;
    const { beta1, beta2, keep } = this.adam;
    const result = await this.graph.run({
      ...this.state,
      rate: rate / (1 - beta1 ** this.steps),
      correction: 1 / (1 - beta2 ** this.steps),
      // Early on it is the plain mean of the steps so far: the start is soon forgotten.
      fresh: Math.max(1 - keep, 1 / this.steps),
      ...inputs,
    });
    const [loss] = result.loss;
    if (!Number.isFinite(loss)) {
      throw new Error(`the loss of step ${this.steps} is ${loss}; take a smaller rate than ${rate}.`);
    }
    this.state = Object.fromEntries(STATE.map((name) => [name, result[`next_${name}`]]));
    return loss;
  }

  /** Frees the memory of the graph. */
  dispose(): Promise<void> {
    return this.graph.dispose();
  }
}
