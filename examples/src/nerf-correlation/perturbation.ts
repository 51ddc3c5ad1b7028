/** What a field answers when its weights are shaken. */
import { Graph } from "../networks/graph.js";
import type { Random } from "../random.js";
import { DESCRIPTION, FIRST_SHAPED, fieldBrightness, fieldColours, jacobianCosines } from "./field.js";

/** A field with given parameters at given places. */
export interface FieldAt {
  theta: Float32Array;
  /** Described places, {@link DESCRIPTION} numbers each. */
  described: Float32Array;
}

/**
 * Brightness of every place under perturbations of the shaped weights, independent normal ones for each.
 *
 * @param size standard deviation of a weight's perturbation
 * @param beforeEach called before every perturbation; may throw
 * @returns one column a place, one row a perturbation
 */
export async function responses(
  { theta, described }: FieldAt,
  { count, size, random }: { count: number; size: number; random: Random },
  beforeEach: (done: number) => void,
): Promise<Float32Array[]> {
  const places = described.length / DESCRIPTION;
  const graph = await Graph.open(
    (theta, places) => [fieldBrightness(theta, places)],
    { theta: [theta.length], places: [places, DESCRIPTION] },
    ["brightness"],
  );
  const columns = Array.from({ length: places }, () => new Float32Array(count));
  try {
    for (let row = 0; row < count; row++) {
      beforeEach(row);
      const shaken = theta.map((weight, k) => (k < FIRST_SHAPED ? weight : weight + random.normal(0, size)));
      const { brightness } = await graph.run({ theta: shaken, places: described });
      for (let place = 0; place < places; place++) columns[place][row] = brightness[place];
    }
  } finally {
    await graph.dispose();
  }
  return columns;
}

/** Cosines between the derivatives of brightness by the shaped weights, places × places. */
export async function cosines({ theta, described }: FieldAt): Promise<Float32Array> {
  const places = described.length / DESCRIPTION;
  return once(theta, described, (theta, at) => jacobianCosines(theta, at), places);
}

/** Colours of the places, three numbers each. */
export async function render({ theta, described }: FieldAt): Promise<Float32Array> {
  const places = described.length / DESCRIPTION;
  return once(theta, described, (theta, at) => fieldColours(theta, at), places);
}

async function once(
  theta: Float32Array,
  described: Float32Array,
  fn: typeof fieldColours,
  places: number,
): Promise<Float32Array> {
  const shapes = { theta: [theta.length], places: [places, DESCRIPTION] };
  const graph = await Graph.open((theta, at) => [fn(theta, at)], shapes, ["result"]);
  try {
    return (await graph.run({ theta, places: described })).result;
  } finally {
    await graph.dispose();
  }
}
