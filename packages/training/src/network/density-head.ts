/**
 * The copula density as a mixture of Gaussians on the scale of normal scores z = Φ⁻¹(u): every token gives a few
 * components near its place, one softmax weighs them all. With the mixture's own marginals divided out,
 * log c(u, v) = ln p(z₁, z₂) − ln p₁(z₁) − ln p₂(z₂), all three sums over the same components: a copula density but for
 * the transform of its marginals, with closed derivatives and conditional distributions.
 */
import { NORMAL_NUMBERS, TOKEN_GRID, TOKENS } from "infonet/copula";
import { normalDensity, normalQuantile } from "../prior/normal.js";
import { np, type Tensor } from "../runtime/jax.js";
import { logSumExp, softmax, softplus } from "./layers.js";

/** Components a token along each axis. */
const SIDE = 2;
/** Components a token. */
export const SLOTS = SIDE * SIDE;
/** Components that tokens give. */
const PLACED = TOKENS * SLOTS;
/** Components in all: the last is the normal copula of the sample. */
export const COMPONENTS = PLACED + 1;
/** What a component is given by: logit of its weight, centre along both axes, slope, log widths. */
export const COMPONENT_NUMBERS = 6;

/** Part of an output that moves a centre, in units of the distance to the neighbours. */
const CENTRE_GAIN = 1.5;
const SLOPE_GAIN = 1.5;
const WIDTH_GAIN = 1.5;
/** Narrowest and widest component, as logarithms. */
const LOG_WIDTHS = [Math.log(3e-4), Math.log(3)] as const;

/** Components of a batch: each [B, COMPONENTS], slope and widths in normal scores. */
export interface Components {
  logWeight: Tensor;
  centreX: Tensor;
  centreY: Tensor;
  /** Regression slope of z₂ on z₁. */
  slope: Tensor;
  /** Log deviation along z₁, and of z₂ given z₁. */
  logWidth: Tensor;
  logRest: Tensor;
}

/** Where the components of an untrained head are along one axis, and how far apart: their mixture is nearly the normal law. */
const PLACES = Array.from({ length: TOKEN_GRID * SIDE }, (_, k) => {
  const z = normalQuantile((k + 0.5) / (TOKEN_GRID * SIDE));
  return { z, distance: 1 / (TOKEN_GRID * SIDE * normalDensity(z)) };
});
const AXES = Array.from({ length: PLACED }, (_, k) => {
  const [token, slot] = [Math.floor(k / SLOTS), k % SLOTS];
  const column = (token % TOKEN_GRID) * SIDE + (slot % SIDE);
  const row = Math.floor(token / TOKEN_GRID) * SIDE + Math.floor(slot / SIDE);
  return { x: PLACES[column], y: PLACES[row] };
});
/** Width of an untrained component, in distances to its neighbours. */
const START = 0.8;

const constant = (of: (axes: (typeof AXES)[number]) => number): Tensor =>
  np.array(AXES.map(of)).reshape([1, PLACED]);

/**
 * Components from the outputs of the head. Consumes its inputs.
 *
 * @param raw [B, TOKENS, SLOTS · COMPONENT_NUMBERS], tokens row by row (v, then u)
 * @param share logit of the share of the normal copula, [B, 1]
 * @param normal numbers of the normal copula, slope and log rest first, [B, 4]
 */
export function components(raw: Tensor, share: Tensor, normal: Tensor): Components {
  const [batch] = raw.shape;
  const numbers = raw.reshape([batch, PLACED, COMPONENT_NUMBERS]).transpose([2, 0, 1]);
  const pick = (k: number): Tensor => {
    const source = k < COMPONENT_NUMBERS - 1 ? numbers.ref : numbers;
    const row = Array.from({ length: COMPONENT_NUMBERS }, (_, i) => Number(i === k));
    return np
      .matmul(np.array([row]), source.reshape([COMPONENT_NUMBERS, batch * PLACED]))
      .reshape([batch, PLACED]);
  };
  const [weight, alongX, alongY, slope, width, rest] = [0, 1, 2, 3, 4, 5].map(pick);
  const clip = (x: Tensor): Tensor => np.clip(x, LOG_WIDTHS[0], LOG_WIDTHS[1]);
  const weights = weight.ref.sub(logSumExp(weight).reshape([batch, 1])).sub(softplus(share.ref));
  const number = (k: number): Tensor =>
    np.matmul(normal.ref, np.array(Array.from({ length: NORMAL_NUMBERS }, (_, i) => [Number(i === k)])));
  const [normalSlope, normalRest] = [number(0), number(1)];
  normal.dispose();
  const zero = np.zeros([batch, 1]);
  const all = (placed: Tensor, last: Tensor): Tensor => np.concatenate([placed, last], 1);
  const centre = (along: Tensor, axis: "x" | "y"): Tensor =>
    along.mul(constant((axes) => CENTRE_GAIN * axes[axis].distance)).add(constant((axes) => axes[axis].z));
  const deviation = (log: Tensor, axis: "x" | "y"): Tensor =>
    clip(log.mul(WIDTH_GAIN).add(constant((axes) => Math.log(START * axes[axis].distance))));
  return {
    logWeight: all(weights, softplus(share.neg()).neg()),
    centreX: all(centre(alongX, "x"), zero.ref),
    centreY: all(centre(alongY, "y"), zero.ref),
    slope: all(slope.mul(SLOPE_GAIN), normalSlope),
    logWidth: all(deviation(width, "x"), zero),
    logRest: all(deviation(rest, "y"), normalRest),
  };
}

/**
 * The numbers of all components as one row an example, component after component: logWeight, centreX, centreY, slope,
 * logWidth, logRest. What the library reads. Consumes its input.
 *
 * @returns [B, COMPONENTS · COMPONENT_NUMBERS]
 */
export function packed({ logWeight, centreX, centreY, slope, logWidth, logRest }: Components): Tensor {
  const [batch] = logWeight.shape;
  const columns = [logWeight, centreX, centreY, slope, logWidth, logRest];
  return np
    .concatenate(
      columns.map((column) => column.reshape([batch, COMPONENTS, 1])),
      2,
    )
    .reshape([batch, COMPONENTS * COMPONENT_NUMBERS]);
}

/** What a mixture says at points, each [B, P]. */
export interface DensityAtPoints {
  /** Log densities of the mixture and of its marginals, on the scale of normal scores. */
  joint: Tensor;
  alongX: Tensor;
  alongY: Tensor;
  /** Derivatives of log c by z₁ and z₂. */
  slopeX: Tensor;
  slopeY: Tensor;
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Log densities of a mixture at points, with the derivatives of the log copula density. Consumes its inputs.
 *
 * @param zx first normal scores, [B, P]
 * @param zy second ones
 */
export function densityAt(mixture: Components, zx: Tensor, zy: Tensor): DensityAtPoints {
  const [batch, points] = zx.shape;
  const wide = (t: Tensor): Tensor => t.reshape([batch, 1, COMPONENTS]);
  const tall = (t: Tensor): Tensor => t.reshape([batch, points, 1]);
  const { logWeight, centreX, centreY, slope, logWidth, logRest } = mixture;
  const inverseWidth = np.exp(logWidth.ref.neg());
  const inverseRest = np.exp(logRest.ref.neg());
  // Var z₂ = (slope · width)² + rest².
  const variance = np.square(slope.ref.mul(np.exp(logWidth.ref))).add(np.exp(logRest.ref.mul(2)));
  const inverseVariance = np.reciprocal(variance.ref) as Tensor;

  const dx = tall(zx).sub(wide(centreX));
  const dy = tall(zy).sub(wide(centreY));
  const qx = dx.ref.mul(wide(inverseWidth.ref));
  const rest = dy.ref.sub(dx.mul(wide(slope.ref))).mul(wide(inverseRest.ref));
  const logX = wide(logWeight.ref.sub(logWidth).sub(HALF_LOG_TWO_PI)).sub(np.square(qx.ref).mul(0.5));
  const logJoint = logX.ref.sub(wide(logRest.add(HALF_LOG_TWO_PI))).sub(np.square(rest.ref).mul(0.5));
  const logY = wide(logWeight.sub(np.log(variance).mul(0.5)).sub(HALF_LOG_TWO_PI)).sub(
    np.square(dy.ref).mul(wide(inverseVariance.ref)).mul(0.5),
  );

  const shareJoint = softmax(logJoint.ref);
  const pullX = qx.mul(wide(inverseWidth));
  const pullRest = rest.mul(wide(inverseRest));
  const pullY = dy.mul(wide(inverseVariance));
  const mean = (share: Tensor, value: Tensor): Tensor => share.mul(value).sum(2);
  const slopeX = mean(shareJoint.ref, pullRest.ref.mul(wide(slope)).sub(pullX.ref)).add(
    mean(softmax(logX.ref), pullX),
  );
  const slopeY = mean(softmax(logY.ref), pullY).sub(mean(shareJoint, pullRest));
  return {
    joint: logSumExp(logJoint),
    alongX: logSumExp(logX),
    alongY: logSumExp(logY),
    slopeX,
    slopeY,
  };
}
