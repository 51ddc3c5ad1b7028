/** What a mixture is given by. */

import { logNormalDensity } from "../numerics/normal.js";

/** Numbers a component is given by, in this order: log weight, x, y, slope, log width, log rest. */
export const COMPONENT_NUMBERS = 6;

/** Numbers that the network gives of a density: those of 256 components, and of the sample's normal copula. */
export const MIXTURE_NUMBERS = 257 * COMPONENT_NUMBERS;

/** Components whose share is below this are left out: e⁻¹⁴ is a millionth. */
const LEAST_LOG_WEIGHT = -14;

/** Gaussians, each as its first variable and the regression of the second one on it; one array for each number. */
export interface Components {
  readonly size: number;
  /** Logarithms of the weights, which sum to one. */
  readonly logWeight: Float64Array;
  /** Centres. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Regression slope of y on x. */
  readonly slope: Float64Array;
  /** Deviation of x, and of y given x. */
  readonly width: Float64Array;
  readonly rest: Float64Array;
  /** ln of the largest density along x, weight included, and of that of y given x. */
  readonly peakX: Float64Array;
  readonly peakRest: Float64Array;
}

type Given = Omit<Components, "size" | "peakX" | "peakRest">;

function completed(given: Given): Components {
  const { logWeight, width, rest } = given;
  const size = logWeight.length;
  const [peakX, peakRest] = [new Float64Array(size), new Float64Array(size)];
  const log = logNormalDensity(0);
  for (let k = 0; k < size; k++) {
    peakX[k] = logWeight[k] - Math.log(width[k]) + log;
    peakRest[k] = log - Math.log(rest[k]);
  }
  return { size, ...given, peakX, peakRest };
}

/**
 * From the numbers that the network gives: for every component logarithm of its weight, x, y, slope, and the logarithms
 * of width and rest.
 */
export function readComponents(numbers: ArrayLike<number>): Components {
  const places: number[] = [];
  let kept = 0;
  for (let at = 0; at < numbers.length; at += COMPONENT_NUMBERS) {
    if (numbers[at] < LEAST_LOG_WEIGHT) continue;
    places.push(at);
    kept += Math.exp(numbers[at]);
  }
  const columns = Array.from({ length: COMPONENT_NUMBERS }, () => new Float64Array(places.length));
  const [logWeight, x, y, slope, width, rest] = columns;
  for (let k = 0; k < places.length; k++) {
    const at = places[k];
    logWeight[k] = numbers[at] - Math.log(kept);
    x[k] = numbers[at + 1];
    y[k] = numbers[at + 2];
    slope[k] = numbers[at + 3];
    width[k] = Math.exp(numbers[at + 4]);
    rest[k] = Math.exp(numbers[at + 5]);
  }
  return completed({ logWeight, x, y, slope, width, rest });
}

/** The same Gaussians seen from the second variable. */
export function exchanged({ size, logWeight, x, y, slope, width, rest }: Components): Components {
  const [back, deviations, left] = [slope, width, rest].map(() => new Float64Array(size));
  for (let k = 0; k < size; k++) {
    const along = slope[k] * width[k];
    const deviation = Math.sqrt(along * along + rest[k] * rest[k]);
    back[k] = (along * width[k]) / (deviation * deviation);
    deviations[k] = deviation;
    left[k] = (rest[k] * width[k]) / deviation;
  }
  return completed({ logWeight, x: y, y: x, slope: back, width: deviations, rest: left });
}
