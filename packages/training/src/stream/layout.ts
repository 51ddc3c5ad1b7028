/**
 * How a batch lies in memory: one buffer, one Float32Array an input, the points if there are any, the kinds at
 * the end.
 */

import type { FeatureArrays } from "infonet/copula";
import { SLOT_SIZES } from "./inputs.js";

/** Arrays of a batch of B examples, slot after slot. */
export interface BatchViews extends FeatureArrays {
  /** Histogram of fresh points of the joint on the canonical copula square, mass 1: B × 64 × 64. */
  fresh: Float32Array<ArrayBuffer>;
  /** Mean exact log density ratio of the fresh points in each cell, nats, within ±12; 0 without mass. */
  target: Float32Array<ArrayBuffer>;
  /** True mutual information, nats: B. */
  mi: Float32Array<ArrayBuffer>;
  /** The truth moved towards the sample's own mean log ratio, nats: B. What the median is trained on. */
  central: Float32Array<ArrayBuffer>;
  /** Points (u, v) of the sample in random order, B × points × 2; empty unless the stream was asked for them. */
  points: Float32Array<ArrayBuffer>;
  /** Family of the distribution, an index into KINDS: B. */
  kind: Uint8Array<ArrayBuffer>;
  counts: Float32Array<ArrayBuffer>;
  local: Float32Array<ArrayBuffer>;
  spectrum: Float32Array<ArrayBuffer>;
  n: Float32Array<ArrayBuffer>;
}

const FLOATS_AN_EXAMPLE = Object.values(SLOT_SIZES).reduce((sum, size) => sum + size, 0);

/** Bytes of a batch. */
export function batchBytes(batch: number, points = 0): number {
  return batch * (4 * (FLOATS_AN_EXAMPLE + 2 * points) + 1);
}

/** The arrays of a batch inside its buffer. */
export function viewBatch(buffer: ArrayBuffer, batch: number, points = 0): BatchViews {
  let at = 0;
  const sizes = { ...SLOT_SIZES, points: 2 * points };
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
    fresh: floats("fresh"),
    target: floats("target"),
    mi: floats("mi"),
    central: floats("central"),
    points: floats("points"),
    kind: new Uint8Array(buffer, at, batch),
  };
}
