/** What both objectives say of masks that are too small, right, and too large. */
import type { InfoNet } from "infonet";
import type { Random } from "../random.js";
import { Context } from "./context.js";
import { separate } from "./information.js";
import type { Scene } from "./scenes.js";

/** Means over scenes at one step of the family of masks. */
export interface LandscapePoint {
  /** Pixels that the outline was moved outwards. */
  grown: number;
  /** Share of the field that the masks hold. */
  area: number;
  /** Information over entropy, inside and outside. */
  normalised: number;
  /** Information in nats a pixel of the field: the smaller of the sums over the two sides. */
  plain: number;
}

const REACH = 4;

/**
 * Both objectives along a family of masks that goes from almost nothing through the objects to almost everything: the
 * outline is moved inwards or outwards. This looks at the truth; the search for masks does not.
 *
 * @param moves pixels that outlines are moved outwards
 */
export async function landscape(
  scenes: readonly Scene[],
  moves: readonly number[],
  { net, rows, random }: { net: InfoNet; rows: number; random: Random },
): Promise<LandscapePoint[]> {
  const distances = scenes.map(signedDistance);
  const context = new Context(scenes[0].size, REACH);
  const options = { net, context, objective: "normalised", rows, random } as const;
  const points: LandscapePoint[] = [];
  for (const grown of moves) {
    const masks = distances.map((distance) => movedMask(distance, grown));
    const { information, entropy } = await separate(scenes, masks, options);
    const area =
      masks.reduce((sum, mask) => sum + mask.reduce((s, m) => s + m, 0) / mask.length, 0) / masks.length;
    points.push({
      grown,
      area,
      normalised: information[0] / entropy[0] + information[1] / entropy[1],
      plain: Math.min(area * information[0], (1 - area) * information[1]),
    });
  }
  return points;
}

/** The pixels within a distance of the object; never all and never none, but one pixel, where that is what is left. */
export function movedMask(distance: Float64Array, grown: number): Float64Array {
  const mask = distance.map((d) => (d <= grown ? 1 : 0));
  const order = [...distance.keys()].sort((a, b) => distance[a] - distance[b]);
  mask[order[0]] = 1;
  mask[order[order.length - 1]] = 0;
  return mask;
}

/** Distance to the object, pixels; inside it, less the distance to what is outside. */
export function signedDistance({ size, truth }: Scene): Float64Array {
  const places = [0, 1].map((side) =>
    [...truth.keys()].filter((at) => truth[at] === side && onEdge(truth, size, at)),
  );
  return Float64Array.from(truth, (inside, at) => {
    let nearest = Infinity;
    for (const other of places[1 - inside]) {
      nearest = Math.min(
        nearest,
        Math.hypot((at % size) - (other % size), Math.floor(at / size) - Math.floor(other / size)),
      );
    }
    return inside === 1 ? 0.5 - nearest : nearest - 0.5;
  });
}

/** Whether a pixel has a neighbour on the other side. */
function onEdge(truth: Uint8Array, size: number, at: number): boolean {
  const [x, y] = [at % size, Math.floor(at / size)];
  return (
    (x > 0 && truth[at - 1] !== truth[at]) ||
    (x < size - 1 && truth[at + 1] !== truth[at]) ||
    (y > 0 && truth[at - size] !== truth[at]) ||
    (y < size - 1 && truth[at + size] !== truth[at])
  );
}
