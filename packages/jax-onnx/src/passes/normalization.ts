import { is, type Node, uniform } from "../ir/node.js";
import { product, range } from "../ir/shape.js";
import { operands, reducedAlong } from "./match.js";
import type { Rule, Site } from "./rewrite.js";

/** Softmax, log-softmax and layer normalisation, each one kernel that reads its input once. */
export const normalizations: Rule = (n, site) =>
  softmax(n, site) ?? logSoftmax(n, site) ?? layerNorm(n, site);

/** `exp(x − max x)` with its axis. */
function shiftedExp(e: Node): { shifted: Node; axis: number } | undefined {
  return e.op === "exp" ? shiftedByMax(e.inputs[0]) : undefined;
}

/** `x − max x`, or x itself where the maximum has been folded away. */
function shiftedByMax(shifted: Node): { shifted: Node; axis: number } | undefined {
  if (shifted.op !== "sub") return undefined;
  const [x, top] = shifted.inputs;
  for (let axis = 0; axis < x.shape.length; axis++) {
    const max = reducedAlong(top, x.shape, [axis]);
    if (
      max &&
      is(max, "reduce") &&
      max.attrs.kind === "max" &&
      max.inputs[0] === x &&
      max.attrs.axes[0] === axis
    )
      return { shifted, axis };
  }
  return undefined;
}

const isSum = (n: Node | undefined, of: Node, axis: number): n is Node<"reduce"> =>
  n !== undefined &&
  is(n, "reduce") &&
  n.attrs.kind === "sum" &&
  n.inputs[0] === of &&
  n.attrs.axes[0] === axis;

function softmax(n: Node, { g, of, uses }: Site): Node | undefined {
  for (const [e, scale] of operands(n, "mul")) {
    const found = shiftedExp(e);
    if (!found) continue;
    const r = reducedAlong(scale, e.shape, [found.axis]);
    if (r?.op !== "reciprocal" || !isSum(r.inputs[0], e, found.axis)) continue;
    // When a derivative also reads the exponentials, the parts are needed anyway.
    if (uses(e) !== 2 || uses(r) !== 1 || uses(r.inputs[0]) !== 1) continue;
    const x = found.shifted.inputs[0];
    return g.onnx("Softmax", [of(x)], { axis: found.axis }, [{ shape: n.shape, dtype: n.dtype }])[0];
  }
  return undefined;
}

function logSoftmax(n: Node, { g, of, uses }: Site): Node | undefined {
  if (n.op !== "sub") return undefined;
  const [shifted, total] = n.inputs;
  const found = shiftedByMax(shifted);
  if (!found) return undefined;
  const log = reducedAlong(total, n.shape, [found.axis]);
  if (log?.op !== "log") return undefined;
  const sum = log.inputs[0];
  if (!is(sum, "reduce") || sum.inputs[0].op !== "exp" || sum.inputs[0].inputs[0] !== shifted)
    return undefined;
  if (!isSum(sum, sum.inputs[0], found.axis)) return undefined;
  if (uses(shifted) !== 2 || uses(sum.inputs[0]) !== 1 || uses(log) !== 1) return undefined;
  const x = shifted.inputs[0];
  return g.onnx("LogSoftmax", [of(x)], { axis: found.axis }, [{ shape: n.shape, dtype: n.dtype }])[0];
}

/** Parts of `(x − mean) / sqrt(variance + ε)`. */
interface Moments {
  readonly x: Node;
  readonly axes: readonly number[];
  readonly epsilon: number;
}

/** The node `1 / sqrt(mean((x − mean x)²) + ε)` taken apart; its other readers get it from the kernel too. */
function inverseDeviation(r: Node): { moments: Moments; centred: Node; square: Node } | undefined {
  if (r.op !== "reciprocal" || r.inputs[0].op !== "sqrt") return undefined;
  const sum = r.inputs[0].inputs[0];
  if (sum.op !== "add") return undefined;
  const epsilon = uniform(sum.inputs[1]);
  const variance = sum.inputs[0];
  if (epsilon === undefined || !is(variance, "reduce") || variance.attrs.kind !== "mean") return undefined;
  const square = variance.inputs[0];
  const { axes } = variance.attrs;
  if (square.op !== "mul" || square.inputs[0] !== square.inputs[1]) return undefined;
  const centred = square.inputs[0];
  if (centred.op !== "sub") return undefined;
  const [x, shift] = centred.inputs;
  const mean = reducedAlong(shift, x.shape, axes);
  if (!mean || !is(mean, "reduce") || mean.attrs.kind !== "mean" || mean.inputs[0] !== x) return undefined;
  const trailing =
    axes.length > 0 &&
    [...axes].sort((p, q) => p - q).every((a, i) => a === x.shape.length - axes.length + i);
  if (!trailing || mean.attrs.axes.length !== axes.length || !mean.attrs.axes.every((a) => axes.includes(a)))
    return undefined;
  if (x.dtype !== "float32") return undefined;
  return { moments: { x, axes, epsilon }, centred, square };
}

/** The product of `centred` with the inverse deviation, when one of its readers is that. */
function normalizedFrom(r: Node, centred: Node, axes: readonly number[], site: Site): Node | undefined {
  for (const y of site.readers(centred)) {
    if (!y) continue;
    for (const [c, scale] of operands(y, "mul"))
      if (c === centred && reducedAlong(scale, centred.shape, axes) === r) return y;
  }
  return undefined;
}

function layerNorm(n: Node, site: Site): Node | undefined {
  // The inverse deviation comes before the normalised value; both are results of the same kernel.
  const own = inverseDeviation(n);
  if (own && normalizedFrom(n, own.centred, own.moments.axes, site) && pays(own, site))
    return site.g.reshape(kernel(own.moments, site)[2], n.shape);
  for (const [centred, scale] of operands(n, "mul")) {
    if (centred.op !== "sub") continue;
    const axes = trailingAxes(centred, scale);
    for (const candidate of axes) {
      const r = reducedAlong(scale, centred.shape, candidate);
      const found = r && inverseDeviation(r);
      if (
        found &&
        found.centred === centred &&
        found.moments.axes.length === candidate.length &&
        pays(found, site)
      )
        return kernel(found.moments, site)[0];
    }
  }
  return undefined;
}

const trailingAxes = (x: Node, scale: Node): number[][] => {
  const rank = x.shape.length;
  const options = range(rank).map((k) => range(k + 1, rank - k - 1));
  return options.filter((axes) => reducedAlong(scale, x.shape, axes) !== undefined);
};

/** Worth it when the centred tensor and its square are needed for nothing else. */
function pays({ centred, square }: { centred: Node; square: Node }, { uses, readers }: Site): boolean {
  // The square reads the centred tensor twice; the third reader is the normalised value.
  return uses(square) === 1 && readers(centred).length === 3;
}

function kernel({ x, axes, epsilon }: Moments, { g, of }: Site): Node[] {
  const shape = x.shape.slice(x.shape.length - axes.length);
  const one = g.node("const", [], shape, x.dtype, ones(product(shape)));
  const small = x.shape.map((d, i) => (axes.includes(i) ? 1 : d));
  const attributes = { axis: x.shape.length - axes.length, epsilon: { float: epsilon }, stash_type: 1 };
  return g.onnx("LayerNormalization", [of(x), one], attributes, [
    { shape: x.shape, dtype: x.dtype },
    { shape: small, dtype: x.dtype },
    { shape: small, dtype: x.dtype },
  ]);
}

/** A constant that stays an array: the kernel wants a scale of full length, not a fill. */
const ones = (n: number): { data: Float32Array; key: string } => ({
  data: new Float32Array(n).fill(1),
  key: `ones${n}`,
});

/** A gain and an offset that only follow a layer normalisation become its scale and bias. */
export const affineNorms: Rule = (n, { g, of, uses, readers }) => {
  if (n.op !== "add" && n.op !== "mul") return undefined;
  for (const [scaled, offset] of [...operands(n, "add"), ...operands(n, "mul")]) {
    const bias = n.op === "add" ? offset : undefined;
    const factors = n.op === "add" ? operands(scaled, "mul") : [[scaled, offset] as const];
    if (bias && uses(scaled) !== 1) continue;
    for (const [normal, gain] of factors) {
      const source = is(normal, "pick") && normal.attrs.index === 0 ? normal.inputs[0] : undefined;
      if (!source || !is(source, "onnx") || source.attrs.type !== "LayerNormalization") continue;
      // A gain that is there already stays; the kernel has room for one.
      if (uses(normal) !== 1 || uses(source) !== 1 || !hasNoGain(source)) continue;
      const inner = n.shape.slice(Number(source.attrs.attributes.axis));
      const fit = [gain, bias].map((x) => x && alongTrailing(x, inner));
      if (!fit[0] || (bias && !fit[1])) continue;
      // A product that is about to be summed with an offset waits for it.
      const reader = bias || uses(n) !== 1 ? undefined : readers(n)[0];
      if (reader?.op === "add" && reader.inputs.some((x) => x !== n && alongTrailing(x, inner))) continue;
      const inputs = [source.inputs[0], gain, ...(bias ? [bias] : [])].map((x) => of(x));
      const shaped = inputs.map((x, i) => (i === 0 ? x : g.reshape(x, inner)));
      const first = source.attrs.outputs.slice(0, 1);
      return g.onnx("LayerNormalization", shaped, { ...source.attrs.attributes }, first)[0];
    }
  }
  return undefined;
};

const hasNoGain = (norm: Node): boolean => {
  const scale = norm.inputs[1];
  return norm.inputs.length === 2 && is(scale, "const") && scale.attrs.key.startsWith("ones");
};

/** Whether `x`, with ones in front, has exactly the trailing axes `inner`. */
const alongTrailing = (x: Node, inner: readonly number[]): boolean =>
  product(x.shape) === product(inner) &&
  x.shape.filter((d) => d !== 1).join() === inner.filter((d) => d !== 1).join();
