/** How a batch lies in memory: one buffer, one Float32Array after the other, the kinds at the end. */

import type { FeatureArrays } from "infonet/copula";
import { type OptionalArrays, slotSizes } from "./inputs.js";

/** Arrays of a batch of B examples, slot after slot. */
export interface BatchViews extends FeatureArrays {
  /** True mutual information, nats: B. */
  mi: Float32Array<ArrayBuffer>;
  /** The truth moved towards the sample's own mean log ratio, nats: B. What the median is trained on. */
  central: Float32Array<ArrayBuffer>;
  /** Numbers of the sample's normal copula: B × 4; empty unless density points are asked for. */
  normal: Float32Array<ArrayBuffer>;
  /** Histogram of fresh points of the joint on the canonical copula square, mass 1: B × 64 × 64; empty unless asked for. */
  fresh: Float32Array<ArrayBuffer>;
  /** Points (u, v) of the sample in random order, B × points × 2; empty unless the stream was asked for them. */
  points: Float32Array<ArrayBuffer>;
  /** Fresh points of the joint on the scale of normal scores, canonical orientation: B × density points × 2. */
  scores: Float32Array<ArrayBuffer>;
  /** Exact log density ratio there, nats, within ±12: B × density points. */
  ratios: Float32Array<ArrayBuffer>;
  /** Its exact derivatives by the normal scores: B × density points × 2. */
  slopes: Float32Array<ArrayBuffer>;
  /** 1 where the family has them, else 0 and the points are placed among the sample's: B. */
  sloped: Float32Array<ArrayBuffer>;
  /** Family of the distribution, an index into KINDS: B. */
  kind: Uint8Array<ArrayBuffer>;
  counts: Float32Array<ArrayBuffer>;
  local: Float32Array<ArrayBuffer>;
  spectrum: Float32Array<ArrayBuffer>;
  n: Float32Array<ArrayBuffer>;
  levels: Float32Array<ArrayBuffer>;
}

/** Bytes of a batch. */
export function batchBytes(batch: number, optional: OptionalArrays = {}): number {
  const floats = Object.values(slotSizes(optional)).reduce((sum, size) => sum + size, 0);
  return batch * (4 * floats + 1);
}

/** The arrays of a batch inside its buffer. */
export function viewBatch(buffer: ArrayBuffer, batch: number, optional: OptionalArrays = {}): BatchViews {
  let at = 0;
  const sizes = slotSizes(optional);
  const floats = (name: keyof typeof sizes): Float32Array<ArrayBuffer> => {
    const view = new Float32Array(buffer, at, batch * sizes[name]);
    at += view.byteLength;
    return view;
  };
  return {
    counts: floats("counts"),
    local: floats("local"),
    spectrum: floats("spectrum"),
    n: floats("n"),
    levels: floats("levels"),
    mi: floats("mi"),
    central: floats("central"),
    normal: floats("normal"),
    fresh: floats("fresh"),
    points: floats("points"),
    scores: floats("scores"),
    ratios: floats("ratios"),
    slopes: floats("slopes"),
    sloped: floats("sloped"),
    kind: new Uint8Array(buffer, at, batch),
  };
}
