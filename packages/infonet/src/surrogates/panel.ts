/** Which rows follow each other: all of them, or those of each cluster. */

import type { CodedColumn } from "../copula/index.js";
import { oneSegment, type Segments } from "./autoregression.js";

/** Rows in time. */
export interface Panel {
  /** Rows of one series after those of another, each in the order that they have. */
  order: Uint32Array | undefined;
  segments: Segments;
}

/**
 * The panel of n rows.
 *
 * @param clusters which rows are one series; without them all are
 */
export function panelOf(n: number, clusters?: CodedColumn): Panel {
  if (clusters === undefined) return { order: undefined, segments: oneSegment(n) };
  const segments = new Uint32Array(clusters.distinct + 1);
  for (const place of clusters.places) segments[place + 1]++;
  for (let place = 0; place < clusters.distinct; place++) segments[place + 1] += segments[place];
  const next = segments.slice(0, -1);
  const order = new Uint32Array(n);
  clusters.places.forEach((place, row) => {
    order[next[place]++] = row;
  });
  return { order, segments };
}
