/** Moving objects found by making the information small that the two sides of a mask have of each other. */
import type { Example, Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import { twoMeans, twoMotions } from "./baselines.js";
import { landscape } from "./landscape.js";
import { degenerate, hardened, objectSide, overlap } from "./metric.js";
import { picture } from "./picture.js";
import { drawScene, type Scene } from "./scenes.js";
import { type Found, findMasks, type SearchOptions } from "./search.js";

interface Size {
  scenes: number;
  /** Side of the fields. */
  side: number;
  starts: number;
  coarse: number;
  fine: number;
  rows: number;
  /** Pixels that outlines are moved for the chart of the objectives. */
  moves: readonly number[];
}

const FULL: Size = {
  ...{ scenes: 32, side: 48, starts: 3, coarse: 25, fine: 30, rows: 4096 },
  moves: [-100, -8, -6, -4, -2, -1, 0, 1, 2, 4, 6, 9, 12, 16, 20, 24, 28, 100],
};
const QUICK: Size = {
  ...{ scenes: 4, side: 40, starts: 2, coarse: 12, fine: 10, rows: 2048 },
  moves: [-100, 0, 6, 100],
};
/** Columns of the picture. */
const SHOWN = 8;

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

async function run({ quick, seed, signal, report, net }: Run): Promise<Outcome> {
  const size = quick ? QUICK : FULL;
  const random = new Random(seed, 1);
  const scenes = Array.from({ length: size.scenes }, () => drawScene(random, size.side));
  const search = (name: string, change: Partial<SearchOptions>): Promise<Found> =>
    findMasks(scenes, {
      ...size,
      net,
      signal,
      objective: "normalised",
      // The same starts for all.
      random: new Random(seed, 2),
      onStep: (done, total) => {
        if (done % 5 === 0 || done === total) report(`${name}: step ${done} of ${total}`);
      },
      ...change,
    });
  const found = await search("masks", {});
  const plain = await search("without normalisation", { objective: "plain" });
  const direct = quick
    ? undefined
    : await search("without the derivative through the prediction", { throughPrediction: false });
  report("objectives of masks that are too small, right and too large");
  const options = { net, rows: size.rows, random: new Random(seed, 3) };
  const points = await landscape(scenes, size.moves, options);

  const scores = (masks: readonly Float64Array[]): number[] =>
    masks.map((mask, k) => overlap(objectSide(hardened(mask)), scenes[k].truth));
  const classical = (method: (scene: Scene, random: Random) => Uint8Array): number => {
    const own = new Random(seed, 4);
    return mean(scenes.map((scene) => overlap(objectSide(method(scene, own)), scene.truth)));
  };
  const [ours, without] = [scores(found.masks), scores(plain.masks)];
  const lost = (masks: readonly Float64Array[]): number =>
    mean(masks.map((mask) => (degenerate(hardened(mask)) ? 1 : 0)));
  const truth = points.find(({ grown }) => grown === 0)!;
  const ends = [points[0], points[points.length - 1]];
  const least = (value: (end: (typeof ends)[number]) => number): number => Math.min(...ends.map(value));
  return {
    figures: [
      { name: "scenes", value: scenes.length },
      { name: "mean IoU", value: mean(ours) },
      { name: "median IoU", value: [...ours].sort((a, b) => a - b)[Math.floor(ours.length / 2)] },
      { name: "lowest IoU", value: Math.min(...ours) },
      {
        name: "share of scenes with an IoU of 0.8 or more",
        value: mean(ours.map((v) => (v >= 0.8 ? 1 : 0))),
      },
      { name: "mean IoU without normalisation", value: mean(without) },
      { name: "share of masks that end empty or full", value: lost(found.masks) },
      { name: "share of masks that end empty or full without normalisation", value: lost(plain.masks) },
      ...(direct === undefined
        ? []
        : [
            {
              name: "mean IoU without the derivative through the prediction",
              value: mean(scores(direct.masks)),
            },
          ]),
      { name: "mean IoU of two clusters of flow vectors", value: classical(twoMeans) },
      { name: "mean IoU of two affine motions", value: classical(twoMotions) },
      { name: "normalised objective of the true masks", value: truth.normalised },
      {
        name: "normalised objective of masks of one pixel, or of all but one",
        value: least((p) => p.normalised),
      },
      { name: "information of the true masks", value: truth.plain, unit: "nats a pixel" },
      {
        name: "information of masks of one pixel, or of all but one",
        value: least((p) => p.plain),
        unit: "nats a pixel",
      },
    ],
    checks: [
      { name: "mean IoU", value: mean(ours), bound: "at least", bar: quick ? 0.7 : 0.8 },
      { name: "share of masks that end empty or full", value: lost(found.masks), bound: "at most", bar: 0 },
      {
        name: "mean IoU gained by normalisation",
        value: mean(ours) - mean(without),
        bound: "at least",
        bar: quick ? 0.05 : 0.15,
      },
      {
        name: "normalised objective of an empty or full mask, over that of the truth",
        value: least((p) => p.normalised) / truth.normalised,
        bound: "at least",
        bar: 2,
      },
      {
        name: "information of an empty or full mask, over that of the truth",
        value: least((p) => p.plain) / truth.plain,
        bound: "at most",
        bar: quick ? 1 : 0.5,
      },
    ],
    pictures: new Map([["segmentation.svg", draw(scenes, found, ours, plain, without, points)]]),
  };
}

function draw(
  scenes: readonly Scene[],
  found: Found,
  ours: readonly number[],
  plain: Found,
  without: readonly number[],
  points: Parameters<typeof picture>[2],
): string {
  const first = <T>(values: readonly T[]): T[] => values.slice(0, SHOWN);
  const written = (values: readonly number[]): string[] => first(values).map((v) => `IoU ${v.toFixed(2)}`);
  return picture(
    first(scenes),
    [
      { title: "optical flow", cells: first(scenes).map(() => "flow" as const) },
      { title: "start", cells: first(found.starts) },
      { title: "mask found", cells: first(found.masks), captions: written(ours) },
      { title: "without\nnormalisation", cells: first(plain.masks), captions: written(without) },
    ],
    points,
  );
}

/** The example. */
export const segmentation: Example = {
  name: "segmentation",
  title:
    "moving objects in optical flow, found by making the information small that a mask's sides have of each other",
  run,
};
