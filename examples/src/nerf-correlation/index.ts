/** The example `nerf-correlation`: places of one object share information under perturbations of the weights. */
import type { InfoNet } from "infonet";
import type { Example, Outcome, Run } from "../example.js";
import { Random } from "../random.js";
import { brightenedAt } from "./edit.js";
import { labelAccuracy, orderAccuracy, propagated, randomTriples, type Triple } from "./evaluation.js";
import { describePlaces } from "./field.js";
import { informationOf, linearInformation } from "./information.js";
import { cosines, render, responses } from "./perturbation.js";
import { type FieldPictures, picture } from "./picture.js";
import { deepestPixel, randomScene, type Scene } from "./scene.js";
import { randomSignatures, similarity } from "./signatures.js";
import { trainField } from "./training.js";

interface Sizes {
  /** Pixels along a side. */
  side: number;
  steps: number;
  perturbations: number;
  triples: number;
}

const FULL: Sizes = { side: 48, steps: 5000, perturbations: 1000, triples: 1000 };
const QUICK: Sizes = { side: 28, steps: 700, perturbations: 150, triples: 200 };

/** Standard deviations of a weight's perturbation: so small that the field is linear in it, and not so small. */
const SMALL = 0.002;
const LARGE = 0.1;
/** Brightness that one point gains in the last column of the picture. */
const RISE = 0.35;
/** Objects drawn: the ring and the crescent. */
const SHOWN = [1, 3];

/** Everything that is known of the scene and measured in it. */
interface Task {
  scene: Scene;
  described: Float32Array;
  labelled: readonly number[];
  /** Pixels whose signatures no training has seen. */
  heldOut: Uint32Array;
  triples: readonly Triple[];
}

/** What is measured of a field. */
interface Measured {
  /** Peak signal to noise ratio of the photograph, decibels. */
  psnr: number;
  order: number;
  /** The same for {@link LARGE} perturbations. */
  orderLarge: number;
  labels: number;
  /** Mean difference of InfoNet and the closed form for {@link SMALL} perturbations, in magnitude, nats. */
  closedForm: number;
  /** The same for {@link LARGE} ones, where the closed form does not hold. */
  closedFormLarge: number;
  pictures: FieldPictures;
}

async function run({ quick, seed, signal, report, net }: Run): Promise<Outcome> {
  const sizes = quick ? QUICK : FULL;
  const scene = randomScene(sizes.side, new Random(seed, 1));
  const described = describePlaces(scene.places, new Random(seed, 2));
  const signatures = randomSignatures(scene.objects, scene.count, new Random(seed, 3));
  const halves = new Random(seed, 4).permutation(scene.objects.length);
  const half = Math.floor(halves.length / 2);
  const heldOut = halves.slice(half).sort();
  const labelled = Array.from({ length: scene.count }, (_, object) => deepestPixel(scene, object));
  const triples = randomTriples(scene.objects, scene.count, heldOut, sizes.triples, new Random(seed, 5));
  const task: Task = { scene, described, labelled, heldOut, triples };

  const measured: Measured[] = [];
  for (const title of ["unshaped", "shaped"]) {
    const training = {
      steps: sizes.steps,
      seed,
      beforeStep: (done: number) => {
        signal.throwIfAborted();
        if (done % 100 === 0) report(`${title}: step ${done} of ${sizes.steps}`);
      },
    };
    const shaping = title === "shaped" ? { signatures, pixels: halves.slice(0, half) } : undefined;
    const theta = await trainField({ described, colours: scene.colours }, shaping, training);
    measured.push(await measure(net, task, theta, { title, sizes, seed, signal, report }));
  }
  const [unshaped, shaped] = measured;
  const others = withoutField(task, signatures);
  const bars = quick
    ? { order: 0.75, labels: 0.65, gain: 0.08, closedForm: 0.06 }
    : { order: 0.9, labels: 0.85, gain: 0.2, closedForm: 0.03 };
  return {
    figures: [
      { name: "order accuracy I(A,B) > I(A,C), shaped", value: shaped.order },
      { name: "order accuracy, unshaped", value: unshaped.order },
      { name: "order accuracy of the signatures alone", value: others.order },
      {
        name: `order accuracy, shaped, perturbations ${LARGE / SMALL} times as large`,
        value: shaped.orderLarge,
      },
      {
        name: `order accuracy, unshaped, perturbations ${LARGE / SMALL} times as large`,
        value: unshaped.orderLarge,
      },
      { name: "label accuracy from one point an object, shaped", value: shaped.labels },
      { name: "label accuracy, unshaped", value: unshaped.labels },
      { name: "label accuracy by the most similar signature", value: others.signature },
      { name: "label accuracy by the most similar colour", value: others.colour },
      { name: "label accuracy by the nearest labelled point", value: others.place },
      { name: "photograph, shaped field", value: shaped.psnr, unit: "dB" },
      { name: "photograph, unshaped field", value: unshaped.psnr, unit: "dB" },
      {
        name: "InfoNet against −½ ln(1 − cos²), shaped, mean difference",
        value: shaped.closedForm,
        unit: "nats",
      },
      {
        name: "InfoNet against −½ ln(1 − cos²), unshaped, mean difference",
        value: unshaped.closedForm,
        unit: "nats",
      },
      {
        name: `the same, shaped, perturbations ${LARGE / SMALL} times as large`,
        value: shaped.closedFormLarge,
        unit: "nats",
      },
    ],
    checks: [
      { name: "order accuracy, shaped", value: shaped.order, bound: "at least", bar: bars.order },
      {
        name: "gain over the unshaped field",
        value: shaped.order - unshaped.order,
        bound: "at least",
        bar: bars.gain,
      },
      { name: "label accuracy, shaped", value: shaped.labels, bound: "at least", bar: bars.labels },
      {
        name: "gain over the unshaped field's labels",
        value: shaped.labels - unshaped.labels,
        bound: "at least",
        bar: bars.gain,
      },
      {
        name: "InfoNet against the closed form, nats",
        value: Math.max(shaped.closedForm, unshaped.closedForm),
        bound: "at most",
        bar: bars.closedForm,
      },
    ],
    pictures: new Map([
      [
        "fields.svg",
        picture(
          scene,
          measured.map(({ pictures }) => pictures),
          { labelled, shown: SHOWN, edited: SHOWN[0] },
        ),
      ],
    ]),
  };
}

/** Perturbs a field, and measures what its places share. */
async function measure(
  net: InfoNet,
  { scene, described, labelled, heldOut, triples }: Task,
  theta: Float32Array,
  {
    title,
    sizes,
    seed,
    signal,
    report,
  }: Pick<Run, "seed" | "signal" | "report"> & { title: string; sizes: Sizes },
): Promise<Measured> {
  const field = { theta, described };
  const share = (what: string) => (done: number) => report(`${title}: ${what}, ${Math.round(100 * done)} %`);
  const shaken = (size: number, name: number): Promise<Float32Array[]> => {
    report(`${title}: perturbations`);
    const random = new Random(seed, 6, name);
    return responses(field, { count: sizes.perturbations, size, random }, () => signal.throwIfAborted());
  };
  const pairs = [
    ...triples.map(({ a, b }) => [a, b] as const),
    ...triples.map(({ a, c }) => [a, c] as const),
  ];
  const ordered = async (columns: readonly Float32Array[]) => {
    const all = await informationOf(net, columns, pairs, { signal, onProgress: share("triples") });
    return { all, order: orderAccuracy(all.subarray(0, triples.length), all.subarray(triples.length)) };
  };
  const large = await ordered(await shaken(LARGE, 1));
  const columns = await shaken(SMALL, 2);
  const small = await ordered(columns);

  const angles = await cosines(field);
  const pixels = scene.objects.length;
  const fromClosedForm = (information: Float64Array): number =>
    pairs.reduce(
      (sum, [a, b], k) => sum + Math.abs(information[k] - linearInformation(angles[a * pixels + b])),
      0,
    ) / pairs.length;
  const maps: Float64Array[] = [];
  for (const [object, point] of labelled.entries()) {
    const toAll = Array.from({ length: pixels }, (_, pixel) => [point, pixel] as const);
    const onProgress = (done: number): void => share("labels")((object + done) / labelled.length);
    maps.push(await informationOf(net, columns, toAll, { signal, onProgress }));
  }
  const labels = propagated(maps);
  const colours = await render(field);
  const edited = await render({ theta: await brightenedAt(field, labelled[SHOWN[0]], RISE), described });
  return {
    psnr: decibels(colours, scene.colours),
    order: small.order,
    orderLarge: large.order,
    labels: accuracyAt(labels, scene, heldOut),
    closedForm: fromClosedForm(small.all),
    closedFormLarge: fromClosedForm(large.all),
    pictures: { title, colours, information: SHOWN.map((object) => maps[object]), labels, edited },
  };
}

function accuracyAt(labels: Uint8Array, { objects, count }: Scene, pixels: Uint32Array): number {
  const at = (values: Uint8Array): Uint8Array => Uint8Array.from(pixels, (pixel) => values[pixel]);
  return labelAccuracy(at(labels), at(objects), count);
}

/** How far one gets with what a pixel is known by, without a field. */
function withoutField(
  { scene, labelled, heldOut, triples }: Task,
  signatures: Float32Array,
): { order: number; signature: number; colour: number; place: number } {
  const nearness = (table: Float32Array, width: number) => (a: number, b: number) => {
    let square = 0;
    for (let k = 0; k < width; k++) square += (table[a * width + k] - table[b * width + k]) ** 2;
    return -square;
  };
  const alike = (a: number, b: number): number => similarity(signatures, a, b);
  const labels = (score: (a: number, b: number) => number): number => {
    const scores = labelled.map((point) =>
      Float64Array.from(scene.objects, (_, pixel) => score(point, pixel)),
    );
    return accuracyAt(propagated(scores), scene, heldOut);
  };
  return {
    order: orderAccuracy(
      triples.map(({ a, b }) => alike(a, b)),
      triples.map(({ a, c }) => alike(a, c)),
    ),
    signature: labels(alike),
    colour: labels(nearness(scene.colours, 3)),
    place: labels(nearness(scene.places, 2)),
  };
}

/** Peak signal to noise ratio of colours between 0 and 1. */
function decibels(values: Float32Array, truth: Float32Array): number {
  const square = values.reduce((sum, value, k) => sum + (value - truth[k]) ** 2, 0) / values.length;
  return -10 * Math.log10(square);
}

/** Mutual information of a field's places under perturbations of its weights. */
export const nerfCorrelation: Example = {
  name: "nerf-correlation",
  title: "places of one object share information when a coordinate network's weights are perturbed",
  run,
};
