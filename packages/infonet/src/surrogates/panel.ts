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

/**
 * When each of the complete rows of a panel is: its number among the rows of its series, those that were left out counted.
 *
 * @param rows the complete rows; undefined where none was left out, and then there is no need of times
 * @param clusters of all rows
 */
export function timesOf(
  { order, segments }: Panel,
  rows: Uint32Array | undefined,
  clusters: CodedColumn | undefined,
): Uint32Array | undefined {
  if (rows === undefined) return undefined;
  if (clusters === undefined || order === undefined) return rows;
  const numbers = new Uint32Array(clusters.places.length);
  const next = new Uint32Array(clusters.distinct);
  clusters.places.forEach((place, row) => {
    if (place < clusters.distinct) numbers[row] = next[place]++;
  });
  const times = new Uint32Array(segments[segments.length - 1]);
  for (let k = 0; k < times.length; k++) times[k] = numbers[rows[order[k]]];
  return times;
}
