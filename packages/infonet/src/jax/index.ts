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
import { InfoNetError } from "../errors.js";
import { GRADIENT, readGradientOptions } from "../gradient/options.js";
import type {
  Gradient,
  GradientOptions,
  JointGradient,
  JointGradientOptions,
  SlicedGradient,
  SlicedGradientOptions,
} from "../gradient/types.js";
import { type OptionsOf, type TableOf, wholeNumber } from "../input/options.js";
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
  jointGradient(x: Variable, y: Variable, options?: JointGradientOptions): Promise<JointGradient>;
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
 * @param gradient of `gradient`, `gradientMany`, `jointGradient` or `slicedGradient`
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
  numpy: Pick<typeof numpy, "array" | "concatenate">;
  vjp: typeof vjp;
}

/** Options of {@link informationAndGrad}: those of `gradient`, and `slices`. */
export interface InformationOptions extends GradientOptions {
  /**
   * Random slices that samples of several columns are seen through, as by `slicedGradient`; by default they are taken as a whole, as by
   * `jointGradient`. It says nothing where both samples have one column.
   */
  slices?: number | undefined;
}

const OPTIONS = {
  ...GRADIENT,
  slices: wholeNumber(1, undefined),
} satisfies TableOf<InformationOptions>;

/**
 * Mutual information of two samples that are made from parameters, and its derivatives by these, in one forward and
 * one backward pass of jax-js: by `gradient` where both have one column, [n] or [n, 1], else by `jointGradient`, or by
 * `slicedGradient` where `slices` says so.
 *
 * ```ts
 * const step = informationAndGrad(jax, net, (p: Params) => generate(p, noise.ref));
 * const { mi, gradient } = await step(params.ref, { seed });
 * ```
 *
 * @param sample makes x and y, [n] or [n, width] each; follows jax-js' ownership rules
 * @returns a function that consumes the parameters and resolves to `mi` (nats unless `units` says otherwise) and
 *   `gradient`, arrays in the structure of the parameters
 * @throws InfoNetError as `InfoNet.gradient`, and "invalid-option" for `through: "estimate"` or a jitter where samples are taken as a
 *   whole; RangeError for samples of other shapes
 */
export function informationAndGrad<Params>(
  { numpy: np, vjp }: JaxModuleWithVjp,
  net: Differentiator,
  sample: (params: Params) => readonly [x: Tensor, y: Tensor],
): (params: Params, options?: InformationOptions) => Promise<{ mi: number; gradient: Params }> {
  type Vjp = (f: (params: Params) => Tensor, primals: [Params]) => [Tensor, Pullback<Params>];
  return async (params, options) => {
    let shapes: [number[], number[]] = [[], []];
    // Both samples as one array: `vjp` of jax-js mixes derivatives up where the first of several results is constant.
    const both = (p: Params): Tensor => {
      const [x, y] = sample(p);
      shapes = [x.shape, y.shape];
      return np.concatenate([x, y].map((values) => values.reshape([-1])));
    };
    const [values, pull] = (vjp as unknown as Vjp)(both, [params]);
    try {
      const data = await values.data();
      const end = shapes[0].reduce((product, length) => product * length, 1);
      const [a, b] = [variable(shapes[0], data.slice(0, end)), variable(shapes[1], data.slice(end))];
      const { mi, dx, dy } = await differentiate(net, a, b, readGradientOptions(options, OPTIONS));
      const slopes = new Float32Array(data.length);
      slopes.set(dx);
      slopes.set(dy, end);
      const [gradient] = pull(np.array(slopes));
      return { mi, gradient };
    } finally {
      pull.dispose();
    }
  };
}

interface Pullback<Params> {
  (cotangent: Tensor): [Params];
  dispose(): void;
}

/** A sample as the library takes it. */
function variable(shape: readonly number[], data: ArrayLike<number>): Variable {
  if (shape.length === 1 || (shape.length === 2 && shape[1] === 1)) return data;
  if (shape.length === 2) return { data, width: shape[1] };
  throw new RangeError(`a sample has shape [${shape}]; make it [n] or [n, width].`);
}

async function differentiate(
  net: Differentiator,
  x: Variable,
  y: Variable,
  { slices, ...options }: OptionsOf<typeof OPTIONS>,
): Promise<Gradient | JointGradient | SlicedGradient> {
  if (!("data" in x || "data" in y)) return net.gradient(x, y, options);
  if (slices !== undefined) return net.slicedGradient(x, y, { ...options, slices });
  const { through, jitter, units, seed } = options;
  if (through !== "critic" || jitter !== 0) {
    const given = jitter === 0 ? `through is "${through}"` : `jitter is ${jitter}`;
    throw new InfoNetError(
      "invalid-option",
      `${given} and a sample has several columns, which are taken as a whole; pass slices too, or leave it out.`,
    );
  }
  return net.jointGradient(x, y, { units, seed });
}
