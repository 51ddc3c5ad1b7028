/** Scenes whose truth is known: how well every method tells bodies apart. */
import type { Check, Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import { BODIES, type BodyKind } from "./bodies.js";
import {
  lookUp,
  METHODS,
  type Method,
  type Score,
  scored,
  scorePanels,
  type Treatment,
  treated,
} from "./comparison.js";
import { bodyColours, type Panel, picture } from "./picture.js";
import { drawScene, type Scene } from "./scene.js";
import type { Pair } from "./scores.js";
import { areasByPoint, meanOf } from "./separation.js";

const FULL = { scenes: 20, frames: 1000 };
const QUICK = { scenes: 1, frames: 800 };
/** Kinds of bodies of which a point is picked in the picture. */
const PICKED: readonly BodyKind[] = ["walker", "wheel"];

/** Treatments of the drawn scenes; the figures by kind of body, and the picture, are about {@link USUAL}. */
const TREATMENTS = {
  "camera kept": { camera: "keep", every: 5 },
  "camera removed": { camera: "remove", every: 5 },
  "camera removed, every frame": { camera: "remove", every: 1 },
} as const satisfies Record<string, Treatment>;
type TreatmentName = keyof typeof TREATMENTS;
const USUAL = "camera removed";

/** Areas of one scene under one method. */
interface Measured {
  treatment: TreatmentName;
  method: Method;
  mean: number;
  byKind: Readonly<Record<BodyKind, number>>;
}

/** Draws scenes, and scores them in every way. */
export async function runScenes(given: Run): Promise<Outcome> {
  const { scenes, frames } = given.quick ? QUICK : FULL;
  const measured: Measured[] = [];
  let drawing = "";
  for (let k = 0; k < scenes; k++) {
    const scene = drawScene(new Random(given.seed, 1, k), frames);
    const pairs = pairsOf(scene);
    for (const treatment of Object.keys(TREATMENTS) as TreatmentName[]) {
      const all = treated(scene.tracks, TREATMENTS[treatment]);
      const samples = given.quick ? all.slice(0, 1) : all;
      const scores = await scored(samples, pairs, `scene ${k + 1} of ${scenes}, ${treatment}`, given);
      const lookUps = METHODS.map((method) => lookUp(pairs, scores[method]));
      const areas = lookUps.map((score) => areasByPoint(scene.owners, score));
      for (const [m, method] of METHODS.entries()) {
        const byKind = areasByKind(scene, areas[m]);
        measured.push({ treatment, method, mean: meanOf(areas[m]).mean, byKind });
      }
      if (k === 0 && treatment === USUAL) drawing = sceneDrawing(scene, lookUps, areas);
    }
  }
  const values: Values = (treatment, method, of = ({ mean }) => mean) =>
    measured.filter((m) => m.treatment === treatment && m.method === method).map(of);
  const figure = (name: string, numbers: readonly number[]): Outcome["figures"][number] => {
    const { mean, error } = meanOf(numbers);
    // One scene has no scatter.
    return { name, value: mean, ...(Number.isFinite(error) && { unit: `± ${error.toFixed(3)}` }) };
  };
  const lead = (treatment: TreatmentName, other: Method): number[] => {
    const others = values(treatment, other);
    return values(treatment, "InfoNet").map((value, k) => value - others[k]);
  };
  return {
    figures: [
      { name: "scenes", value: scenes },
      { name: "frames", value: frames },
      ...(Object.keys(TREATMENTS) as TreatmentName[]).flatMap((treatment) => [
        ...METHODS.map((method) => figure(`AUC, ${treatment}: ${method}`, values(treatment, method))),
        figure(`${treatment}: InfoNet less KSG`, lead(treatment, "KSG")),
        figure(`${treatment}: InfoNet less Pearson`, lead(treatment, "Pearson")),
      ]),
      ...(Object.keys(BODIES) as BodyKind[]).flatMap((kind) =>
        METHODS.map((method) =>
          figure(
            `AUC, ${USUAL}, ${kind}: ${method}`,
            values(USUAL, method, ({ byKind }) => byKind[kind]),
          ),
        ),
      ),
    ],
    checks: checks(values, given.quick),
    pictures: new Map([["tracks.svg", drawing]]),
  };
}

/** One number a scene, by default the mean area. */
type Values = (treatment: TreatmentName, method: Method, of?: (measured: Measured) => number) => number[];

function checks(values: Values, quick: boolean): Check[] {
  const area = (treatment: TreatmentName, method: Method): number => meanOf(values(treatment, method)).mean;
  const bars = quick ? { kept: 0.75, removed: 0.8, lead: -0.1 } : { kept: 0.85, removed: 0.93, lead: 0 };
  const check = (name: string, value: number, bar: number): Check => ({
    name,
    value,
    bound: "at least",
    bar,
  });
  return [
    check("AUC of InfoNet, camera kept", area("camera kept", "InfoNet"), bars.kept),
    check("AUC of InfoNet, camera removed", area(USUAL, "InfoNet"), bars.removed),
    check("InfoNet less Pearson, camera removed", area(USUAL, "InfoNet") - area(USUAL, "Pearson"), bars.lead),
  ];
}

/** All pairs of points but those of the background among itself. */
function pairsOf({ owners }: Scene): Pair[] {
  return owners.flatMap((owner, b) =>
    owners.slice(0, b).flatMap((other, a): Pair[] => (owner < 0 && other < 0 ? [] : [[a, b]])),
  );
}

function areasByKind({ bodies, owners }: Scene, areas: readonly number[]): Measured["byKind"] {
  const means = bodies.map((kind, body) => [kind, meanOf(areas.filter((_, k) => owners[k] === body)).mean]);
  return Object.fromEntries(means);
}

/** One row a picked point. */
function sceneDrawing(
  { tracks, bodies, owners }: Scene,
  scores: readonly Score[],
  areas: readonly (readonly number[])[],
): string {
  const rows = PICKED.map((kind): Panel[] => {
    // The last point of a walker is a foot.
    const picked = owners.lastIndexOf(bodies.indexOf(kind));
    const others = scorePanels(tracks, picked, scores).map((panel, m) => ({
      ...panel,
      caption: `AUC of this point ${areas[m][picked].toFixed(2)}`,
    }));
    const caption = `a point of the ${kind} is picked`;
    return [{ title: "bodies", caption, colours: bodyColours(owners), picked }, ...others];
  });
  return picture(tracks, rows);
}
