/** Tracks of a file, of which nobody knows what belongs together. */
import type { Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import {
  CAMERAS,
  type Camera,
  lookUp,
  METHODS,
  scored,
  scorePanels,
  treated,
  wholeNumber,
} from "./comparison.js";
import { picture } from "./picture.js";
import type { Pair } from "./scores.js";
import type { Tracks } from "./tracks.js";
import { readTracks } from "./tracks-file.js";

/** Points of a file that are looked at. */
const MOST_POINTS = 60;
/** Compares one point of a file with others. */
export async function runFile(path: string, given: Run): Promise<Outcome> {
  const { camera = "remove", every = "5" } = given.options;
  if (!isCamera(camera)) throw new TypeError(`--camera is "${camera}"; it can be ${CAMERAS.join(" or ")}`);
  const all = await readTracks(path);
  const { points, picked } = chosenPoints(all, given);
  const tracks = {
    frames: all.frames,
    x: points.map((point) => all.x[point]),
    y: points.map((point) => all.y[point]),
  };
  const pairs = points.flatMap((_, k): Pair[] => (k === 0 ? [] : [[0, k]]));
  const scores = await scored(
    treated(tracks, { camera, every: wholeNumber("every", every) }),
    pairs,
    path,
    given,
  );
  const panels = scorePanels(
    tracks,
    0,
    METHODS.map((method) => lookUp(pairs, scores[method])),
  );
  return {
    figures: [
      { name: "frames", value: all.frames },
      { name: "points in the file", value: all.x.length },
      { name: "points looked at", value: points.length },
      { name: "picked point", value: picked },
      ...mostInformative(points, scores.InfoNet),
    ],
    checks: [],
    pictures: new Map([["tracks-of-file.svg", picture(tracks, [panels])]]),
  };
}

const isCamera = (value: string): value is Camera => CAMERAS.includes(value as Camera);

/** The picked point and up to so many others that are seen in at least half of the frames. */
function chosenPoints({ frames, x }: Tracks, given: Run): { points: number[]; picked: number } {
  const seen = [...new Random(given.seed, 1).permutation(x.length)].filter(
    (point) => x[point].filter((value) => !Number.isNaN(value)).length >= frames / 2,
  );
  const picked = given.options.point === undefined ? seen[0] : Number(given.options.point);
  if (seen.length < 2) {
    throw new Error(`${seen.length} points are seen in half of the frames; two are needed`);
  }
  if (!(Number.isInteger(picked) && picked >= 0 && picked < x.length)) {
    throw new TypeError(`--point is "${given.options.point}"; give a number from 0 to ${x.length - 1}`);
  }
  return { points: [picked, ...seen.filter((point) => point !== picked).slice(0, MOST_POINTS - 1)], picked };
}

/** The five points that share most with the picked one. */
function mostInformative(points: readonly number[], scores: Float64Array): Outcome["figures"] {
  const order = [...scores.keys()]
    .filter((k) => !Number.isNaN(scores[k]))
    .sort((a, b) => scores[b] - scores[a]);
  return order
    .slice(0, 5)
    .map((k) => ({ name: `information with point ${points[k + 1]}`, value: scores[k], unit: "nats" }));
}
