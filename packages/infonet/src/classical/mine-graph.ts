/**
 * The critic of `mine` and its training step, written with jax-js and compiled to ONNX. Loaded only when `mine` is
 * first called. Inside traced functions jax-js' ownership rule holds: an array passed to an operation is
 * consumed, `.ref` keeps it.
 */

import { init, lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { compile, spec } from "jax-onnx";
import {
  type CriticSizes,
  type MineObjective,
  type ParameterPiece,
  parameterCount,
  parameterPieces,
  sizeOf,
} from "./mine-layout.js";

type Tensor = np.Array;

/** Adam's constants (Kingma & Ba 2015). */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** e^T is continued by its tangent above this: a gradient that overflowed would end the training for good. */
const STEEPEST = 20;

function cut(sizes: CriticSizes, theta: Tensor): Record<ParameterPiece["name"], Tensor> {
  let at = 0;
  const pieces = parameterPieces(sizes).map((piece) => {
    const from = at;
    at += sizeOf(piece);
    return [piece.name, theta.ref.slice([from, at]).reshape([...piece.shape])] as const;
  });
  theta.dispose();
  return Object.fromEntries(pieces) as Record<ParameterPiece["name"], Tensor>;
}

const constant = (x: Tensor): Tensor => lax.stopGradient(x) as Tensor;

/**
 * x for x > 0, else eˣ − 1 (Clevert et al. 2016). The exponent is never positive, so it cannot overflow. The
 * derivative, min(value, 0) + 1, is written by hand: it needs neither comparisons nor the exponential again.
 */
function elu(x: Tensor): Tensor {
  const value = constant(
    np
      .maximum(x.ref, 0)
      .add(np.exp(np.minimum(x.ref, 0)))
      .sub(1),
  );
  const surrogate = x.mul(constant(np.minimum(value.ref, 0).add(1)));
  return value.add(surrogate.ref.sub(constant(surrogate)));
}

/** T(x, y) of every row: x [rows, widthX], y [rows, widthY] → [rows]. Consumes its inputs. */
function criticOfRows(sizes: CriticSizes, theta: Tensor, x: Tensor, y: Tensor): Tensor {
  const p = cut(sizes, theta);
  const first = np.matmul(x, p.x).add(np.matmul(y, p.y)).add(p.bias1);
  const second = elu(np.matmul(elu(first), p.inner).add(p.bias2));
  return np.matmul(second, p.outer).add(p.bias3).reshape([-1]);
}

/** T(xᵢ, yⱼ) of all pairs of rows, [rows, rows]. Consumes its inputs. */
function criticOfPairs(sizes: CriticSizes, theta: Tensor, x: Tensor, y: Tensor): Tensor {
  const p = cut(sizes, theta);
  const [rows] = x.shape;
  const { hidden } = sizes;
  // The first layer is a sum of what x and y bring: it is computed for the rows, not for the pairs.
  const fromX = np.matmul(x, p.x).reshape([rows, 1, hidden]);
  const fromY = np.matmul(y, p.y).add(p.bias1).reshape([1, rows, hidden]);
  const first = fromX.add(fromY).reshape([rows * rows, hidden]);
  const second = elu(np.matmul(elu(first), p.inner).add(p.bias2));
  return np.matmul(second, p.outer).add(p.bias3).reshape([rows, rows]);
}

/** Mean of e^T, continued by its tangent where T is too large for float32. Consumes its input. */
function meanExponential(t: Tensor): Tensor {
  const beyond = np.maximum(t.ref.sub(STEEPEST), 0).add(1);
  return np.exp(np.minimum(t, STEEPEST)).mul(beyond).mean();
}

/** T of a batch of pairs, and of the same x with other y: two vectors of [rows]. Consumes its inputs. */
function jointAndProduct(sizes: CriticSizes, theta: Tensor, [x, y, other]: readonly Tensor[]): Tensor[] {
  const [rows] = x.shape;
  const t = criticOfRows(sizes, theta, np.concatenate([x.ref, x], 0), np.concatenate([y, other], 0));
  return [t.ref.slice([0, rows]), t.slice([rows, 2 * rows])];
}

/** What a step descends, and the new moving average of mean e^T where the objective has one. */
type Loss = (theta: Tensor) => [Tensor, Tensor[]];

/** The loss of a batch as a function of the parameters. Consumes its inputs. */
function lossOf(
  objective: MineObjective,
  sizes: CriticSizes,
  batch: readonly Tensor[],
  [average, forget]: readonly Tensor[],
): Loss {
  const [rows] = batch[0].shape;
  switch (objective) {
    case "mine":
      // The gradient of log mean e^T over a batch is biased. Dividing by a moving average instead lessens that
      // (Belghazi et al. 2018, section 3.2); the average is a constant to the gradient.
      return (theta) => {
        const [joint, shuffled] = jointAndProduct(sizes, theta, batch);
        const now = meanExponential(shuffled);
        const change = forget.mul(constant(now.ref).sub(average.ref));
        const moved = average.add(change);
        return [now.div(moved.ref).sub(joint.mean()), [moved]];
      };
    case "nwj":
      return (theta) => {
        const [joint, shuffled] = jointAndProduct(sizes, theta, batch);
        return [meanExponential(shuffled.sub(1)).sub(joint.mean()), []];
      };
    case "infonce":
      return (theta) => {
        const t = criticOfPairs(sizes, theta, batch[0], batch[1]);
        return [
          nn
            .logSoftmax(t, 1)
            .mul(np.eye(rows))
            .sum()
            .mul(-1 / rows),
          [],
        ];
      };
  }
}

/** Names of a step's inputs, in order. The outputs are those of the state, with `next_` before them. */
export interface StepNames {
  /** Flat vectors, and for "mine" the moving average. Fed back from the outputs. */
  state: readonly string[];
  /** Scalars of every step: learning rate over 1 − β₁ᵗ; 1/(1 − β₂ᵗ); the new batch's share of the average. */
  schedule: readonly string[];
  /** Arrays of a batch; `other` holds y of other rows. */
  batch: readonly string[];
}

/** What the step of an objective takes. */
export function stepNames(objective: MineObjective): StepNames {
  const averaged = objective === "mine";
  return {
    state: ["theta", "m", "v", ...(averaged ? ["average"] : [])],
    schedule: ["rate", "correction", ...(averaged ? ["forget"] : [])],
    batch: objective === "infonce" ? ["x", "y"] : ["x", "y", "other"],
  };
}

/** One step of Adam on a batch, for {@link stepNames}. */
export async function compileStep(
  objective: MineObjective,
  sizes: CriticSizes,
  rows: number,
): Promise<Uint8Array> {
  await init("cpu");
  const names = stepNames(objective);
  const inputs = [...names.state, ...names.schedule, ...names.batch];
  const flat = [parameterCount(sizes)];
  const shapes: Record<string, number[]> = {
    ...{ theta: flat, m: flat, v: flat },
    ...{ x: [rows, sizes.widthX], y: [rows, sizes.widthY], other: [rows, sizes.widthY] },
  };
  const step = (...tensors: Tensor[]): Tensor[] => {
    const of = (name: string): Tensor => tensors[inputs.indexOf(name)];
    const average = objective === "mine" ? [of("average"), of("forget")] : [];
    const loss = lossOf(objective, sizes, names.batch.map(of), average);
    const differentiated = valueAndGrad(loss as never, { hasAux: true }) as unknown as (
      theta: Tensor,
    ) => [ReturnType<Loss>, Tensor];
    const [[value, moved], gradient] = differentiated(of("theta").ref);
    value.dispose();
    const m = of("m")
      .mul(ADAM.beta1)
      .add(gradient.ref.mul(1 - ADAM.beta1));
    const v = of("v")
      .mul(ADAM.beta2)
      .add(np.square(gradient).mul(1 - ADAM.beta2));
    const root = np.sqrt(v.ref.mul(of("correction"))).add(ADAM.epsilon);
    return [of("theta").sub(m.ref.div(root).mul(of("rate"))), m, v, ...moved];
  };
  const { bytes } = compile(
    step as never,
    inputs.map((name) => spec(shapes[name] ?? [])),
    { inputs, outputs: names.state.map((name) => `next_${name}`), name: `mine-step-${objective}` },
  );
  return bytes;
}

/** The critic alone: `theta`, `x` and `y` in, `t` of every row out. */
export async function compileCritic(sizes: CriticSizes, rows: number): Promise<Uint8Array> {
  await init("cpu");
  const { bytes } = compile(
    ((theta: Tensor, x: Tensor, y: Tensor) => criticOfRows(sizes, theta, x, y)) as never,
    [spec([parameterCount(sizes)]), spec([rows, sizes.widthX]), spec([rows, sizes.widthY])],
    { inputs: ["theta", "x", "y"], outputs: ["t"], name: "mine-critic" },
  );
  return bytes;
}
