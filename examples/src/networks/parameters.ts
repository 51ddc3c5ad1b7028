/** Parameters of a network as pieces of one flat vector: an optimiser is then a handful of vector operations. */
import type { Random } from "../random.js";
import type { Tensor } from "./graph.js";

/** One array of parameters. */
export interface Piece {
  name: string;
  shape: readonly number[];
  /** Standard deviation of the normal values it starts from. */
  deviation: number;
}

const sizeOf = ({ shape }: Piece): number => shape.reduce((product, length) => product * length, 1);

/** Length of the flat vector. */
export function parameterCount(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + sizeOf(piece), 0);
}

/** A flat vector to start from. */
export function initialParameters(pieces: readonly Piece[], random: Random): Float32Array {
  return Float32Array.from(
    pieces.flatMap((piece) => Array.from({ length: sizeOf(piece) }, () => random.normal(0, piece.deviation))),
  );
}

/** The pieces by name, cut out of a flat vector. Consumes it. */
export function cut(pieces: readonly Piece[], theta: Tensor): Record<string, Tensor> {
  let at = 0;
  const parts = pieces.map((piece) => {
    const from = at;
    at += sizeOf(piece);
    return [piece.name, theta.ref.slice([from, at]).reshape([...piece.shape])] as const;
  });
  theta.dispose();
  return Object.fromEntries(parts);
}
