/** Tracks made comparable, and compared by every method. */
import { ksg } from "infonet/classical";
import type { Run } from "../example.js";
import { type Panel, scoreColours } from "./picture.js";
import {
  columnScores,
  correlation,
  informationScores,
  meanScores,
  type Pair,
  type ScoreOptions,
} from "./scores.js";
import { everyFew, type Tracks, withoutCommonMotion } from "./tracks.js";

/** How pairs are scored, in the order of the columns of the picture. */
export const METHODS = ["InfoNet", "KSG", "Pearson"] as const;
export type Method = (typeof METHODS)[number];

/** What the camera does is left in the tracks, or what most points have in common is taken out. */
export const CAMERAS = ["keep", "remove"] as const;
export type Camera = (typeof CAMERAS)[number];

/** What is done to tracks before they are compared. */
export interface Treatment {
  camera: Camera;
  /** Frames from one row to the next. */
  every: number;
}

/** Samples of tracks as they are compared. */
export function treated(tracks: Tracks, { camera, every }: Treatment): Tracks[] {
  return everyFew(camera === "keep" ? tracks : withoutCommonMotion(tracks), every);
}

/** Scores by every method: the mean of what the samples say. */
export async function scored(
  samples: readonly Tracks[],
  pairs: readonly Pair[],
  name: string,
  { net, signal, report, options: { lags, neighbours = "3" } }: Run,
): Promise<Record<Method, Float64Array>> {
  const options = (method: Method, sample: number): ScoreOptions => ({
    lags: readLags(lags),
    signal,
    onProgress: (done, total) => {
      const share = (sample + done / total) / samples.length;
      report(`${name}: ${method}, ${Math.round(20 * share) * 5} %`);
    },
  });
  const k = wholeNumber("neighbours", neighbours);
  const means = async (
    method: Method,
    scores: (tracks: Tracks, given: ScoreOptions) => Float64Array | Promise<Float64Array>,
  ): Promise<Float64Array> => {
    const all: Float64Array[] = [];
    for (const [sample, tracks] of samples.entries()) all.push(await scores(tracks, options(method, sample)));
    return meanScores(all);
  };
  return {
    InfoNet: await means("InfoNet", (tracks, given) => informationScores(net, tracks, pairs, given)),
    KSG: await means("KSG", (tracks, given) =>
      columnScores((a, b) => ksg(a, b, { k }), tracks, pairs, given),
    ),
    Pearson: await means("Pearson", (tracks, given) => columnScores(correlation, tracks, pairs, given)),
  };
}

/** Score of two points, in either order; NaN if there is none. */
export type Score = (a: number, b: number) => number;

/** Scores of pairs, the smaller number first, to be asked for. */
export function lookUp(pairs: readonly Pair[], scores: Float64Array): Score {
  const table = new Map(pairs.map(([a, b], k) => [`${a} ${b}`, scores[k]]));
  return (a, b) => table.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? Number.NaN;
}

/** A panel a method: how much the others have to do with a picked point. */
export function scorePanels(tracks: Tracks, picked: number, scores: readonly Score[]): Panel[] {
  return scores.map((score, m) => ({
    title: `${METHODS[m]} with the picked point`,
    picked,
    ...scoreColours(tracks.x.map((_, point) => (point === picked ? 0 : score(picked, point)))),
  }));
}

/** A number of an option. */
export function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) {
    throw new TypeError(`--${name} is "${text}"; give a whole number from 1 to 999`);
  }
  return Number(text);
}

/** Whole numbers with commas between; each counts as a lag and as a lead. */
function readLags(text = "0"): number[] {
  const lags = text.split(",").map(Number);
  if (text.trim() === "" || !lags.every((lag) => Number.isSafeInteger(lag) && lag >= 0)) {
    throw new TypeError(`--lags is "${text}"; give whole numbers of frames from 0, with commas between`);
  }
  return [...new Set(lags.flatMap((lag) => [lag, lag === 0 ? 0 : -lag]))];
}
