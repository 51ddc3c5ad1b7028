/**
 * Mutual information as a term of a loss in jax-js. The estimate is computed outside of jax-js and asynchronously, so a
 * step has two halves: values first, then a term with the value and the derivatives found for them.
 *
 * Nothing of jax-js is imported: pages hand over the copy they use.
 *
 * @packageDocumentation
 * @module infonet/jax
 */

import type { lax, numpy, vjp } from "@jax-js/jax";
import { GRADIENT, readGradientOptions, SLICED_GRADIENT } from "../gradient/options.js";
import type { Gradient, GradientOptions, SlicedGradient, SlicedGradientOptions } from "../gradient/types.js";
import type { TableOf } from "../input/options.js";
import type { Variable } from "../input/variables.js";
import type { NumberColumn } from "../types.js";

/** An array of jax-js, or its stand-in while a function is traced. */
type Tensor = numpy.Array;

/** What is used of jax-js: `import * as jax from "@jax-js/jax"`. */
export interface JaxModule {
  numpy: Pick<typeof numpy, "array">;
  lax: Pick<typeof lax, "stopGradient">;
}

/** What is used of a loaded network: an `InfoNet`. */
export interface Differentiator {
  gradient(x: NumberColumn, y: NumberColumn, options?: GradientOptions): Promise<Gradient>;
  slicedGradient(x: Variable, y: Variable, options?: SlicedGradientOptions): Promise<SlicedGradient>;
}

/** A jax-js function of two samples, [n] or [n, width] each, with a scalar value. It consumes its arguments. */
export type InformationTerm = (x: Tensor, y: Tensor) => Tensor;

/**
 * A gradient as a function that jax-js differentiates: its value is `mi`, its derivatives by x and y are `dx` and `dy`.
 * It is right at the values that the gradient was taken at, and constant in everything but its arguments.
 *
 * ```ts
 * const [x, y] = generate(params.ref, noise.ref);
 * const information = informationTerm(jax, await net.gradient(await x.data(), await y.data(), options));
 * const loss = (p: Params) => {
 *   const [x, y] = generate(p, noise.ref);
 *   return distortion(x.ref).sub(information(x, y));
 * };
 * const [value, gradient] = jax.valueAndGrad(loss)(params.ref);
 * ```
 *
 * @param gradient of `gradient`, `gradientMany` or `slicedGradient`
 */
export function informationTerm(
  { numpy: np, lax }: JaxModule,
  { mi, dx, dy }: Pick<Gradient, "mi" | "dx" | "dy">,
): InformationTerm {
  const along = (values: Tensor, slopes: Float64Array): Tensor => {
    const size = values.shape.reduce((product, length) => product * length, 1);
    if (size !== slopes.length) {
      throw new RangeError(
        `the array has shape [${values.shape}], the gradient ${slopes.length} values; pass the arrays that it was taken at.`,
      );
    }
    return values.mul(np.array(Float32Array.from(slopes)).reshape(values.shape)).sum();
  };
  return (x, y) => {
    const linear = along(x, dx).add(along(y, dy));
    // Less its own value, which has no derivative, the linear part is 0: what is left is `mi`.
    const change = linear.ref.sub(lax.stopGradient(linear) as Tensor);
    return change.add(mi);
  };
}

/** jax-js with what {@link informationAndGrad} needs beyond. */
export interface JaxModuleWithVjp extends JaxModule {
  vjp: typeof vjp;
}

/**
 * Options of {@link informationAndGrad}: those of `gradient`, and `slices` of `slicedGradient`, which says nothing where
 * both samples have one column.
 */
export type InformationOptions = GradientOptions & Pick<SlicedGradientOptions, "slices">;

const OPTIONS = {
  ...GRADIENT,
  slices: SLICED_GRADIENT.slices,
} satisfies TableOf<InformationOptions>;

/**
 * Mutual information of two samples that are made from parameters, and its derivatives by these, in one forward and
 * one backward pass of jax-js. Samples of shape [n, width] are seen through random slices. It goes through the critic
 * unless told otherwise, as `gradient` does: a network with many parameters soon finds samples that please the estimate
 * alone.
 *
 * ```ts
 * const step = informationAndGrad(jax, net, (p: Params) => generate(p, noise.ref));
 * const { mi, gradient } = await step(params.ref, { seed });
 * ```
 *
 * @param sample makes x and y, [n] or [n, width] each; follows jax-js' ownership rules
 * @returns a function that consumes the parameters and resolves to `mi` (nats unless `units` says otherwise) and
 *   `gradient`, arrays in the structure of the parameters
 * @throws InfoNetError as `InfoNet.gradient`, RangeError for samples of other shapes
 */
export function informationAndGrad<Params>(
  { numpy: np, vjp }: JaxModuleWithVjp,
  net: Differentiator,
  sample: (params: Params) => readonly [x: Tensor, y: Tensor],
): (params: Params, options?: InformationOptions) => Promise<{ mi: number; gradient: Params }> {
  type Vjp = (f: typeof sample, primals: [Params]) => [[Tensor, Tensor], Pullback<Params>];
  return async (params, options) => {
    const [[x, y], pull] = (vjp as unknown as Vjp)(sample, [params]);
    try {
      const shapes = [x.shape, y.shape];
      // Reading an array consumes it: both are read before anything can be refused.
      const [dataX, dataY] = [await x.data(), await y.data()];
      const [a, b] = [variable(shapes[0], dataX), variable(shapes[1], dataY)];
      const { mi, dx, dy } = await differentiate(net, a, b, readGradientOptions(options, OPTIONS));
      const [cotangentX, cotangentY] = [dx, dy].map((slopes, k) =>
        np.array(Float32Array.from(slopes)).reshape(shapes[k]),
      );
      const [gradient] = pull([cotangentX, cotangentY]);
      return { mi, gradient };
    } finally {
      pull.dispose();
    }
  };
}

interface Pullback<Params> {
  (cotangents: [Tensor, Tensor]): [Params];
  dispose(): void;
}

/** A sample as the library takes it. */
function variable(shape: readonly number[], data: ArrayLike<number>): Variable {
  if (shape.length === 1) return data;
  if (shape.length === 2) return { data, width: shape[1] };
  throw new RangeError(`a sample has shape [${shape}]; make it [n] or [n, width].`);
}

function differentiate(
  net: Differentiator,
  x: Variable,
  y: Variable,
  { slices, ...options }: InformationOptions,
): Promise<Gradient | SlicedGradient> {
  return "data" in x || "data" in y
    ? net.slicedGradient(x, y, { ...options, slices })
    : net.gradient(x, y, options);
}
