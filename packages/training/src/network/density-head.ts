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

/** Width of an untrained component, in distances to its neighbours. */
const START = 0.8;
/**
 * What the head's outputs are multiplied by and what is added, by the places of components along an axis: untrained, they lie
 * in a grid and their mixture is nearly the normal law.
 *
 * @param own place of the axis's centre among the numbers of a component
 * @param log place of its log width
 */
function along(own: number, log: number): { gains: number[][]; starts: number[][] } {
  const places = Array.from({ length: TOKEN_GRID * SIDE }, (_, k) => {
    const z = normalQuantile((k + 0.5) / (TOKEN_GRID * SIDE));
    return { z, distance: 1 / (TOKEN_GRID * SIDE * normalDensity(z)) };
  });
  const numbers = Array.from({ length: COMPONENT_NUMBERS }, (_, k) => k);
  return {
    gains: places.map(({ distance }) =>
      numbers.map((k) => (k === own ? CENTRE_GAIN * distance : k === log ? WIDTH_GAIN : 1)),
    ),
    starts: places.map(({ z, distance }) =>
      numbers.map((k) => (k === own ? z : k === log ? Math.log(START * distance) : 0)),
    ),
  };
}
const ALONG_X = along(1, 4);
const ALONG_Y = along(2, 5);
/** A component is that of a token's row and column, and of its row and column in the token. */
const LAYOUT = [TOKEN_GRID, TOKEN_GRID, SIDE, SIDE, COMPONENT_NUMBERS];
const ofColumns = (rows: number[][]): Tensor =>
  np.array(rows).reshape([1, 1, TOKEN_GRID, 1, SIDE, COMPONENT_NUMBERS]);
const ofRows = (rows: number[][]): Tensor =>
  np.array(rows).reshape([1, TOKEN_GRID, 1, SIDE, 1, COMPONENT_NUMBERS]);
const SLOPES = Array.from({ length: COMPONENT_NUMBERS }, (_, k) => (k === 3 ? SLOPE_GAIN : 1));
const [NARROWEST, WIDEST] = LOG_WIDTHS.map((limit, side) =>
  [0, 0, 0, 0, limit, limit].map((at) => at || (2 * side - 1) * 1e6),
);

/** One in a place and zeros elsewhere: picks a number of a component, or puts one there. */
const unit = (k: number): number[] => Array.from({ length: COMPONENT_NUMBERS }, (_, i) => Number(i === k));

/**
 * Components from the outputs of the head. Consumes its inputs.
 *
 * @param raw [B, TOKENS, SLOTS · COMPONENT_NUMBERS], tokens row by row (v, then u)
 * @param share logit of the share of the normal copula, [B, 1]
 * @param normal numbers of the normal copula, slope and log rest first, [B, 4]
 * @returns logWeight, centreX, centreY, slope, logWidth and logRest of every component, [B, COMPONENTS, COMPONENT_NUMBERS]: what
 * the library reads
 */
export function components(raw: Tensor, share: Tensor, normal: Tensor): Tensor {
  const [batch] = raw.shape;
  const numbers = raw
    .reshape([batch, ...LAYOUT])
    .mul(ofColumns(ALONG_X.gains))
    .mul(ofRows(ALONG_Y.gains))
    .mul(np.array(SLOPES))
    .add(ofColumns(ALONG_X.starts))
    .add(ofRows(ALONG_Y.starts))
    .reshape([batch, PLACED, COMPONENT_NUMBERS]);
  const weights = np
    .matmul(numbers.ref.reshape([batch * PLACED, COMPONENT_NUMBERS]), np.array(unit(0).map((one) => [one])))
    .reshape([batch, PLACED]);
  const less = logSumExp(weights).reshape([batch, 1]).add(softplus(share.ref));
  const shift = np.matmul(less, np.array([unit(0)])).reshape([batch, 1, COMPONENT_NUMBERS]);
  const placed = np.minimum(np.maximum(numbers.sub(shift), np.array([[NARROWEST]])), np.array([[WIDEST]]));
  const own = np.matmul(
    normal,
    np.array([unit(3), unit(5), ...new Array(NORMAL_NUMBERS - 2).fill(unit(-1))]),
  );
  const weight = np.matmul(softplus(share.neg()), np.array([unit(0).map((one) => -one)]));
  return np.concatenate([placed, own.add(weight).reshape([batch, 1, COMPONENT_NUMBERS])], 1);
}

/** The numbers of components by name. Consumes its input. */
export function unpacked(mixture: Tensor): Components {
  const [batch] = mixture.shape;
  const rows = mixture.reshape([batch * COMPONENTS, COMPONENT_NUMBERS]).transpose();
  const pick = (k: number): Tensor => {
    const source = k < COMPONENT_NUMBERS - 1 ? rows.ref : rows;
    return np.matmul(np.array([unit(k)]), source).reshape([batch, COMPONENTS]);
  };
  const [logWeight, centreX, centreY, slope, logWidth, logRest] = [0, 1, 2, 3, 4, 5].map(pick);
  return { logWeight, centreX, centreY, slope, logWidth, logRest };
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
