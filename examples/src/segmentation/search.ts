/** From starts to masks: several starts a scene, the one with the smallest objective made precise. */
import type { InfoNet } from "infonet";
import type { Random } from "../random.js";
import { Context } from "./context.js";
import type { Objective } from "./information.js";
import { degenerate, hardened } from "./metric.js";
import { Masks } from "./optimise.js";
import type { Scene } from "./scenes.js";

/** How masks are looked for. */
export interface SearchOptions {
  net: InfoNet;
  random: Random;
  objective: Objective;
  /** Starts a scene. */
  starts: number;
  /** Steps from the starts, with an affine prediction. */
  coarse: number;
  /** Steps of the best start of every scene, with a prediction that follows the flow nearby. */
  fine: number;
  /** Rows of every sample. */
  rows: number;
  /** Whether masks are moved by the derivatives through the prediction. */
  throughPrediction?: boolean;
  signal: AbortSignal;
  /** Called after every step. */
  onStep(done: number, total: number): void;
}

/** What was found. */
export interface Found {
  /** One mask a scene, 0 … 1. */
  masks: Float64Array[];
  /** Where each of them started. */
  starts: Float64Array[];
  /** Share of all starts that ended with nearly nothing on one side. */
  degenerate: number;
}

/** Root mean square change of the logits by a step. */
const RATE = 0.3;
/** The starts are compared by the mean over these last steps, since every step draws other rows. */
const COMPARED = 8;
/** Smoothness of the outlines in pixels, and window of the fine prediction. */
const [COARSE_SMOOTHNESS, FINE_SMOOTHNESS, REACH] = [1.5, 1, 4];
/** What is left of the logits before the fine steps, so that no pixel is settled. */
const SOFTENED = 0.4;

/** Looks for the masks of some scenes of one size, all at once: the samples hold rows of every scene and every start. */
export async function findMasks(scenes: readonly Scene[], options: SearchOptions): Promise<Found> {
  const { random, starts, coarse, fine, signal, onStep, throughPrediction } = options;
  const { size } = scenes[0];
  const pool = scenes.flatMap((scene) => Array.from({ length: starts }, () => scene));
  const first = new Masks(
    pool,
    pool.map(() => drawDisc(random, size)),
    COARSE_SMOOTHNESS,
  );
  const initial = first.values();
  const losses = new Float64Array(pool.length);
  const affine = new Context(size);
  for (let step = 1; step <= coarse; step++) {
    signal.throwIfAborted();
    const separation = await first.step(RATE, { ...options, context: affine, throughPrediction });
    if (step > coarse - COMPARED) for (const [k, loss] of separation.losses.entries()) losses[k] += loss;
    onStep(step, coarse + fine);
  }
  const chosen = scenes.map((_, k) => {
    const candidates = Array.from({ length: starts }, (_, s) => k * starts + s);
    return candidates.reduce((best, other) => (losses[other] < losses[best] ? other : best));
  });
  const logits = first.logits();
  const softened = chosen.map((k) => logits[k].map((logit) => SOFTENED * logit));
  const second = new Masks(scenes, softened, FINE_SMOOTHNESS);
  const local = new Context(size, REACH);
  for (let step = 1; step <= fine; step++) {
    signal.throwIfAborted();
    const rate = RATE * Math.min(1, 2.1 - (2 * step) / fine);
    await second.step(rate, { ...options, context: local, throughPrediction });
    onStep(coarse + step, coarse + fine);
  }
  const ended = first.values().filter((mask) => degenerate(hardened(mask))).length;
  return {
    masks: second.values(),
    starts: chosen.map((k) => initial[k]),
    degenerate: ended / pool.length,
  };
}

/** Logits of a soft disc somewhere. */
function drawDisc(random: Random, size: number): Float64Array {
  const [x, y] = [random.uniform(0.2, 0.8) * size, random.uniform(0.2, 0.8) * size];
  const radius = random.uniform(0.06, 0.2) * size;
  return Float64Array.from({ length: size * size }, (_, at) => {
    const distance = Math.hypot((at % size) - x, Math.floor(at / size) - y);
    return 1.5 * Math.tanh((radius - distance) / 3);
  });
}
