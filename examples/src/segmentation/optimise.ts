/** Masks by descent. */
import { Blur } from "./blur.js";
import { type Separation, type SeparationOptions, separate } from "./information.js";
import type { Scene } from "./scenes.js";

const MOMENTUM = 0.9;
const SCALE_MEMORY = 0.95;
/** Where masks are as good as hard, and larger logits would only be slow to come back. */
const LARGEST_LOGIT = 4;

/** Masks being improved: σ(blurred logits), one a scene. */
export class Masks {
  readonly scenes: readonly Scene[];
  readonly #blur: Blur;
  readonly #logits: Float64Array[];
  readonly #momenta: Float64Array[];
  readonly #scales: Float64Array;
  #steps = 0;

  /**
   * @param logits of the masks, before the blur
   * @param smoothness standard deviation of the blur in pixels: outlines cannot be rougher
   */
  constructor(scenes: readonly Scene[], logits: readonly Float64Array[], smoothness: number) {
    this.scenes = scenes;
    this.#blur = new Blur(scenes[0].size, smoothness);
    this.#logits = logits.map((values) => values.slice());
    this.#momenta = logits.map((values) => new Float64Array(values.length));
    this.#scales = new Float64Array(scenes.length);
  }

  /** The masks, 0 … 1. */
  values(): Float64Array[] {
    return this.#logits.map((logits) => this.#blur.apply(logits).map((value) => 1 / (1 + Math.exp(-value))));
  }

  /** The logits before the blur. */
  logits(): Float64Array[] {
    return this.#logits.map((logits) => logits.slice());
  }

  /**
   * One step downhill, as Adam makes it (Kingma & Ba 2015), but with one scale a scene in place of one a pixel: which
   * pixels have large derivatives is the point.
   *
   * @param rate root mean square change of the logits by a step
   */
  async step(rate: number, options: SeparationOptions): Promise<Separation> {
    const masks = this.values();
    const separation = await separate(this.scenes, masks, options);
    this.#steps++;
    for (const [k, byMask] of separation.gradients.entries()) {
      const slope = this.#blur.apply(byMask.map((d, at) => d * masks[k][at] * (1 - masks[k][at])));
      const square = slope.reduce((sum, d) => sum + d * d, 0) / slope.length;
      this.#scales[k] = SCALE_MEMORY * this.#scales[k] + (1 - SCALE_MEMORY) * square;
      const scale = Math.sqrt(this.#scales[k] / (1 - SCALE_MEMORY ** this.#steps)) + 1e-12;
      const [logits, momentum] = [this.#logits[k], this.#momenta[k]];
      const bias = 1 - MOMENTUM ** this.#steps;
      for (let at = 0; at < slope.length; at++) {
        momentum[at] = MOMENTUM * momentum[at] + (1 - MOMENTUM) * slope[at];
        const moved = logits[at] - (rate * momentum[at]) / bias / scale;
        logits[at] = Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, moved));
      }
    }
    return separation;
  }
}
