/** Between a square table and its square patches, one a token. */
import type { Tensor } from "../runtime/jax.js";

/** [B, size, size] → [B, grid² tokens, cells of a patch], row by row; `grid` patches along an axis. */
export function patches(table: Tensor, grid: number): Tensor {
  const [batch, size] = table.shape;
  const patch = size / grid;
  return table
    .reshape([batch, grid, patch, grid, patch])
    .transpose([0, 1, 3, 2, 4])
    .reshape([batch, grid * grid, patch * patch]);
}

/** The inverse of {@link patches}. */
export function unpatch(tokens: Tensor, grid: number): Tensor {
  const [batch, , cells] = tokens.shape;
  const patch = Math.sqrt(cells);
  return tokens
    .reshape([batch, grid, grid, patch, patch])
    .transpose([0, 1, 3, 2, 4])
    .reshape([batch, grid * patch, grid * patch]);
}
