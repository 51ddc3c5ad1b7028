/** Tracks from a file as the PointOdyssey data set has it (Zheng et al., ICCV 2023). */
import { readFile } from "node:fs/promises";
import { type NumpyArray, readNpy } from "./numpy/npy.js";
import { zipEntries } from "./numpy/zip.js";
import type { Tracks } from "./tracks.js";

/**
 * Reads an `.npz` with `trajs_2d`, frames × points × 2 in pixels, and if there are such, `visibs` and `valids`, frames × points:
 * where one of them is 0, the point is not seen.
 *
 * @throws Error if the file cannot be read, has no `trajs_2d`, or arrays of other shapes
 */
export async function readTracks(path: string): Promise<Tracks> {
  const file = await readFile(path);
  try {
    return tracksFrom(file);
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}

/** The same from the bytes of such a file. */
export function tracksFrom(file: Buffer): Tracks {
  const entries = zipEntries(file);
  const array = (name: string): NumpyArray | undefined => {
    const entry = entries.get(`${name}.npy`);
    return entry === undefined ? undefined : readNpy(entry(), name);
  };
  const places = array("trajs_2d");
  if (places === undefined) {
    throw new Error(`trajs_2d is missing; there is ${[...entries.keys()].join(", ") || "nothing"}`);
  }
  const [frames, points, axes] = places.shape;
  if (places.shape.length !== 3 || axes !== 2) {
    throw new Error(`trajs_2d has shape ${places.shape.join(" × ")}; frames × points × 2 is needed`);
  }
  const masks = ["visibs", "valids"].flatMap((name) => {
    const mask = array(name);
    if (mask === undefined) return [];
    if (mask.shape.length !== 2 || mask.shape[0] !== frames || mask.shape[1] !== points) {
      throw new Error(
        `${name} has shape ${mask.shape.join(" × ")}; ${frames} × ${points} as in trajs_2d is needed`,
      );
    }
    return [mask.data];
  });
  const column = (point: number, axis: number): Float64Array =>
    Float64Array.from({ length: frames }, (_, t) => {
      const at = t * points + point;
      const value = places.data[2 * at + axis];
      return Number.isFinite(value) && masks.every((mask) => mask[at] !== 0) ? value : Number.NaN;
    });
  const columns = (axis: number): Float64Array[] =>
    Array.from({ length: points }, (_, point) => column(point, axis));
  return { frames, x: columns(0), y: columns(1) };
}
