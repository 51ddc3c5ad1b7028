/** How the parameters of `mine`'s critic lie in one flat vector, and what they start from. */

import type { Stream } from "../numerics/random.js";

/** What a critic is trained on: see `MineOptions.objective`. */
export type MineObjective = "mine" | "nwj" | "infonce";

/** Sizes of a critic: columns of x and y, units of each of the two hidden layers. */
export interface CriticSizes {
  widthX: number;
  widthY: number;
  hidden: number;
}

/** One matrix or vector of parameters; `inputs` is the number of values that a unit of its layer adds up. */
export interface ParameterPiece {
  name: "x" | "y" | "bias1" | "inner" | "bias2" | "outer" | "bias3";
  shape: readonly number[];
  inputs: number;
}

/** The pieces in the order in which they lie in the vector. */
export function parameterPieces({ widthX, widthY, hidden }: CriticSizes): ParameterPiece[] {
  const both = widthX + widthY;
  return [
    { name: "x", shape: [widthX, hidden], inputs: both },
    { name: "y", shape: [widthY, hidden], inputs: both },
    { name: "bias1", shape: [hidden], inputs: both },
    { name: "inner", shape: [hidden, hidden], inputs: hidden },
    { name: "bias2", shape: [hidden], inputs: hidden },
    { name: "outer", shape: [hidden, 1], inputs: hidden },
    { name: "bias3", shape: [1], inputs: hidden },
  ];
}

/** Number of values in a piece. */
export const sizeOf = ({ shape }: ParameterPiece): number => shape.reduce((a, b) => a * b, 1);

/** Length of the flat vector. */
export function parameterCount(sizes: CriticSizes): number {
  return parameterPieces(sizes).reduce((sum, piece) => sum + sizeOf(piece), 0);
}

/** Weights and biases uniform on ±1/√inputs, the usual start of a linear layer (LeCun et al. 1998). */
export function initialParameters(sizes: CriticSizes, random: Stream): Float32Array {
  const theta = new Float32Array(parameterCount(sizes));
  let at = 0;
  for (const piece of parameterPieces(sizes)) {
    const bound = 1 / Math.sqrt(piece.inputs);
    for (const end = at + sizeOf(piece); at < end; at++) theta[at] = bound * (2 * random.uniform() - 1);
  }
  return theta;
}
