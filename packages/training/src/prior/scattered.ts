/** Scattered Gaussian mixtures: the paper's own prior, the order test's marginals, sharper and stronger ones. */

import { GaussianMixture } from "./gaussian-mixture.js";
import type { Random } from "./random.js";

/** Means of all scattered mixtures lie in ±SPAN per axis, as in the paper. */
const SPAN = 5;

/**
 * The paper's mixture: 1–20 components, Dirichlet(1) weights, means U(−5, 5), covariances
 * [[a₁₁, a₁₂], [a₁₂, a₂₂]] + 0.01·I, a₁₁ and a₂₂ sums of two squared U(−3, 3), a₁₂ uniform in ±√(a₁₁a₂₂).
 */
export function paperMixture(rng: Random, kind: string): GaussianMixture {
  const size = rng.integer(1, 20);
  const weights = rng.dirichlet(size);
  const mixture = new GaussianMixture(kind);
  for (let k = 0; k < size; k++) {
    const a11 = rng.between(-3, 3) ** 2 + rng.between(-3, 3) ** 2;
    const a22 = rng.between(-3, 3) ** 2 + rng.between(-3, 3) ** 2;
    const a12 = rng.between(-1, 1) * Math.sqrt(a11 * a22);
    const mx = rng.between(-SPAN, SPAN);
    mixture.addCovariance(weights[k], mx, rng.between(-SPAN, SPAN), a11 + 0.01, a12, a22 + 0.01);
  }
  return mixture.finish();
}

/** Two coordinates of the order test's three-dimensional mixture: covariances A·Aᵀ, A entries U(−3, 3). */
export function orderMarginal(rng: Random, kind: string): GaussianMixture {
  const size = rng.integer(1, 20);
  const weights = rng.dirichlet(size);
  const mixture = new GaussianMixture(kind);
  for (let k = 0; k < size; k++) {
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (let column = 0; column < 3; column++) {
      const a = rng.between(-3, 3);
      const b = rng.between(-3, 3);
      xx += a * a;
      xy += a * b;
      yy += b * b;
    }
    const mx = rng.between(-SPAN, SPAN);
    mixture.addCovariance(weights[k], mx, rng.between(-SPAN, SPAN), xx + 1e-6, xy, yy + 1e-6);
  }
  return mixture.finish();
}

/** Narrow and stretched components in any direction, few or many, alike or of very different sizes. */
export function sharpMixture(rng: Random, kind: string): GaussianMixture {
  const size = rng.logInteger(2, 24);
  const weights = rng.dirichlet(size, rng.chance(0.5) ? 1 : 4);
  const mixture = new GaussianMixture(kind);
  const scale = rng.logBetween(0.1, 3);
  const variety = rng.between(0, 1);
  const stretch = rng.logBetween(1, 12);
  for (let k = 0; k < size; k++) {
    const long = scale * Math.exp(variety * rng.normal());
    const short = long / (1 + (stretch - 1) * rng.uniform());
    const angle = rng.between(0, Math.PI);
    const mx = rng.between(-SPAN, SPAN);
    const my = rng.between(-SPAN, SPAN);
    mixture.addAxes(weights[k], mx, my, Math.cos(angle), Math.sin(angle), long, short);
  }
  return mixture.finish();
}

/** Largest MI of a single strongly correlated Gaussian. */
const STRONGEST = 9;

/**
 * Linear dependence, mostly strong: one Gaussian, its MI uniform in 0…9 nats (one time in five log-uniform in
 * 0.002…0.5: the weak correlations that most real pairs have), or two to four with MI 0.5…8 each and slopes
 * of one sign or both.
 */
export function strongMixture(rng: Random, kind: string): GaussianMixture {
  const size = rng.chance(0.65) ? 1 : rng.integer(2, 4);
  const weights = rng.dirichlet(size, 2);
  const mixture = new GaussianMixture(kind);
  const spread = rng.between(0, 2.5);
  const sameSign = rng.chance(0.5);
  for (let k = 0; k < size; k++) {
    const weak = size === 1 && rng.chance(0.2);
    const mi = weak
      ? rng.logBetween(0.002, 0.5)
      : size === 1
        ? rng.between(0, STRONGEST)
        : rng.between(0.5, STRONGEST - 1);
    const rest = Math.exp(-mi);
    const sign = sameSign ? 1 : rng.sign();
    const sx = Math.exp(0.5 * rng.normal());
    const sy = Math.exp(0.5 * rng.normal());
    const slope = (sign * Math.sqrt(1 - rest * rest) * sy) / sx;
    mixture.add(weights[k], spread * rng.normal(), spread * rng.normal(), sx, slope, rest * sy);
  }
  return mixture.finish();
}

/** Gaussians of several sizes about one centre or a few: heavy tails, and dependence without correlation. */
export function scaleMixture(rng: Random, kind: string): GaussianMixture {
  const centres = rng.chance(0.6) ? 1 : rng.integer(2, 4);
  const scales = rng.integer(2, 8);
  const weights = rng.dirichlet(centres * scales);
  const mixture = new GaussianMixture(kind);
  const spread = rng.between(0.5, 5);
  const tail = rng.between(0.3, 1.8);
  const separate = rng.chance(0.3);
  for (let c = 0; c < centres; c++) {
    const rest = Math.exp(-(rng.chance(0.3) ? 0 : 2.5 * rng.uniform() ** 2));
    const rho = rng.sign() * Math.sqrt(1 - rest * rest);
    const mx = c === 0 ? 0 : spread * rng.normal();
    const my = c === 0 ? 0 : spread * rng.normal();
    for (let s = 0; s < scales; s++) {
      const logX = tail * rng.normal();
      const sx = Math.exp(logX);
      const sy = Math.exp(separate ? tail * rng.normal() : logX);
      mixture.add(weights[c * scales + s], mx, my, sx, (rho * sy) / sx, rest * sy);
    }
  }
  return mixture.finish();
}
