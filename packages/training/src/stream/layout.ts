/**
 * How a batch lies in memory: one buffer, one Float32Array an input, the points if there are any, the kinds at
 * the end.
 */

import type { FeatureArrays } from "infonet/copula";
import { densitySizes, SLOT_SIZES } from "./inputs.js";

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
  /** Fresh points of the joint on the scale of normal scores, canonical orientation: B × density points × 2. */
  scores: Float32Array<ArrayBuffer>;
  /** Exact log density ratio there, nats, within ±12: B × density points. */
  ratios: Float32Array<ArrayBuffer>;
  /** Its exact derivatives by the normal scores: B × density points × 2. */
  slopes: Float32Array<ArrayBuffer>;
  /** 1 where the family has them, else 0 and the points are placed among the sample's: B. */
  sloped: Float32Array<ArrayBuffer>;
  /** Levels that the sample's x has, 0 where it is a number; written where densities are asked for: B. */
  levels: Float32Array<ArrayBuffer>;
  /** Family of the distribution, an index into KINDS: B. */
  kind: Uint8Array<ArrayBuffer>;
  counts: Float32Array<ArrayBuffer>;
  local: Float32Array<ArrayBuffer>;
  spectrum: Float32Array<ArrayBuffer>;
  n: Float32Array<ArrayBuffer>;
}

/** How many points the arrays have that only some networks ask for. */
export interface PointCounts {
  points?: number;
  densityPoints?: number;
}

function slotSizes({ points = 0, densityPoints = 0 }: PointCounts) {
  return { ...SLOT_SIZES, points: 2 * points, ...densitySizes(densityPoints) };
}

/** Bytes of a batch. */
export function batchBytes(batch: number, counts: PointCounts = {}): number {
  const floats = Object.values(slotSizes(counts)).reduce((sum, size) => sum + size, 0);
  return batch * (4 * floats + 1);
}

/** The arrays of a batch inside its buffer. */
export function viewBatch(buffer: ArrayBuffer, batch: number, counts: PointCounts = {}): BatchViews {
  let at = 0;
  const sizes = slotSizes(counts);
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
    scores: floats("scores"),
    ratios: floats("ratios"),
    slopes: floats("slopes"),
    sloped: floats("sloped"),
    levels: floats("levels"),
    kind: new Uint8Array(buffer, at, batch),
  };
}
