/** A change of the weights that changes one place. */
import { grad } from "@jax-js/jax";
import { Graph, type Tensor } from "../networks/graph.js";
import { DESCRIPTION, FIRST_SHAPED, fieldBrightness } from "./field.js";
import type { FieldAt } from "./perturbation.js";

/**
 * Parameters with the shaped weights moved along the derivative of one place's brightness, as far as raises it by `rise` to first
 * order. What else changes is what shares information with that place.
 *
 * @param place number of the place among the described ones
 */
export async function brightenedAt(
  { theta, described }: FieldAt,
  place: number,
  rise: number,
): Promise<Float32Array> {
  const brightness = (theta: Tensor, at: Tensor): Tensor => fieldBrightness(theta, at).sum();
  const graph = await Graph.open(
    (theta, at) => [(grad(brightness as never) as unknown as typeof brightness)(theta, at)],
    { theta: [theta.length], at: [1, DESCRIPTION] },
    ["slope"],
  );
  try {
    const at = described.slice(place * DESCRIPTION, (place + 1) * DESCRIPTION);
    const { slope } = await graph.run({ theta, at });
    slope.fill(0, 0, FIRST_SHAPED);
    const square = slope.reduce((sum, value) => sum + value * value, 0);
    return theta.map((weight, k) => weight + (rise * slope[k]) / square);
  } finally {
    await graph.dispose();
  }
}
