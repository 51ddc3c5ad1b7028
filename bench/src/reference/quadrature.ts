/** Integrals by midpoints: to many digits where the function is smooth and vanishes at both ends. */

/** ∫ value over an interval. */
export function integral(from: number, to: number, steps: number, value: (x: number) => number): number {
  const width = (to - from) / steps;
  let sum = 0;
  for (let k = 0; k < steps; k++) sum += value(from + (k + 0.5) * width);
  return sum * width;
}

/** Density of a normal variable. */
export const normalDensity = (x: number, mean = 0, deviation = 1): number =>
  Math.exp(-0.5 * ((x - mean) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));

/** Mean of a function of a standard normal variable. A jump at 0 lies between two midpoints. */
export const normalMean = (value: (z: number) => number): number =>
  integral(-9, 9, 4000, (z) => normalDensity(z) * value(z));

/** Differential entropy of a normal variable. */
export const normalEntropy = (deviation: number): number =>
  0.5 * Math.log(2 * Math.PI * Math.E) + Math.log(deviation);

/** Differential entropy of a density that lies in an interval. */
export const differentialEntropy = (
  from: number,
  to: number,
  steps: number,
  density: (x: number) => number,
): number => integral(from, to, steps, (x) => entropyTerm(density(x)));

/** Entropy of shares that sum to one. */
export const shareEntropy = (shares: readonly number[]): number =>
  shares.reduce((sum, share) => sum + entropyTerm(share), 0);

const entropyTerm = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
