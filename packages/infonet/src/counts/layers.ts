/** The rows of strata laid out for permutations: in an order that neither names of levels nor the order of the rows change. */

import { type Codes, countsOf } from "../input/variables.js";
import { logFactorial } from "../numerics/gamma.js";
import { pick } from "../numerics/rows.js";
import { type CountTable, countTable } from "./count-table.js";
import { rowsOfLevels } from "./strata.js";
import { comesFirst, tallyOf } from "./tally.js";

/** A stratum in which both columns vary. */
export interface Layer {
  /** Levels of its rows, numbered within it: ascending in x, those of y as they may be permuted. */
  x: Uint32Array;
  y: Uint32Array;
  /** The same levels among all rows: `levelX[x[k]]`. */
  levelX: Uint32Array;
  levelY: Uint32Array;
  table: CountTable;
  /** Room for the counts of a table. */
  met: Uint32Array;
}

/** The strata with something to permute; x is either column, whichever its counts name. */
export function inCanonicalOrder(x: Codes, y: Codes, z: Codes): Layer[] {
  const strata = rowsOfLevels(z).filter((rows) => rows.length > 1);
  const [tx, ty] = [x, y].map((codes) => tallyOf(countsOf(codes)));
  const [first, second] = [comesFirst(tx, ty), comesFirst(ty, tx)];
  if (!first) return laidOut(y, x, strata);
  const layers = laidOut(x, y, strata);
  if (!second) return layers;
  const others = laidOut(y, x, strata);
  const all = (list: readonly Layer[]): number[] =>
    list.flatMap((layer) => [...keyOf(layer), ...layer.table.cells.x, ...layer.table.cells.y]);
  return compare(all(layers), all(others)) <= 0 ? layers : others;
}

function laidOut(x: Codes, y: Codes, strata: readonly Uint32Array[]): Layer[] {
  const classes = classesOf(x, y, strata);
  const [a, b] = [x, y].map((codes) => byPattern(codes, strata, classes));
  const layers: Layer[] = [];
  for (const rows of strata) {
    const [ofX, ofY] = [a, b].map(({ codes }) => pick(codes, rows));
    const [levelX, levelY] = [ofX, ofY].map((own) => Uint32Array.from(new Set(own)).sort());
    if (levelX.length < 2 || levelY.length < 2) continue;
    const order = rows.map((_, k) => k).sort((i, j) => ofX[i] - ofX[j] || ofY[i] - ofY[j]);
    const local = (own: Uint32Array, levels: Uint32Array): Uint32Array => {
      const places = new Map(Array.from(levels, (level, place) => [level, place]));
      return pick(own, order).map((level) => places.get(level) as number);
    };
    const [ownX, ownY] = [local(ofX, levelX), local(ofY, levelY)];
    const table = countTable(
      { codes: ownX, distinct: levelX.length },
      { codes: ownY, distinct: levelY.length },
    );
    const met = new Uint32Array(levelX.length * levelY.length);
    layers.push({ x: ownX, y: ownY, levelX, levelY, table, met });
  }
  return layers.sort((p, q) => compare(keyOf(p), keyOf(q)));
}

/** What tells a layer from others, whatever the strata are called. */
function keyOf({ table, levelX, levelY }: Layer): number[] {
  return [table.n, levelX.length, levelY.length, ...levelX, ...table.rows, ...levelY, ...table.columns];
}

/** A number for each stratum: the same for those that only names of levels tell apart, as far as their counts say. */
function classesOf(x: Codes, y: Codes, strata: readonly Uint32Array[]): number[] {
  const sorted = (values: Iterable<number>): number[] => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts.values()].sort((a, b) => a - b);
  };
  const signatures = strata.map((rows) => {
    const [ofX, ofY] = [x, y].map(({ codes }) => pick(codes, rows));
    const cells = Float64Array.from(ofX, (level, k) => level * y.distinct + ofY[k]);
    return [rows.length, ...sorted(ofX), 0, ...sorted(ofY), 0, ...sorted(cells)];
  });
  const order = [...signatures.keys()].sort((p, q) => compare(signatures[p], signatures[q]));
  const classes = new Array<number>(strata.length).fill(0);
  order.forEach((stratum, k) => {
    if (k === 0) return;
    const before = order[k - 1];
    classes[stratum] = classes[before] + (compare(signatures[stratum], signatures[before]) === 0 ? 0 : 1);
  });
  return classes;
}

/** Levels numbered by how many rows they have in all and in the strata of every class. */
function byPattern(codes: Codes, strata: readonly Uint32Array[], classes: readonly number[]): Codes {
  const counts = countsOf(codes);
  const others: number[][] = Array.from(counts, () => []);
  const met = new Uint32Array(codes.distinct);
  strata.forEach((rows, stratum) => {
    for (const row of rows) met[codes.codes[row]]++;
    for (const row of rows) {
      const level = codes.codes[row];
      if (met[level] > 0) others[level].push(classes[stratum] * (codes.codes.length + 1) + met[level]);
      met[level] = 0;
    }
  });
  const patterns = others.map((own, level) => [counts[level], ...own.sort((p, q) => p - q)]);
  const order = [...patterns.keys()].sort((p, q) => compare(patterns[p], patterns[q]));
  const places = new Uint32Array(codes.distinct);
  order.forEach((level, place) => {
    places[level] = place;
  });
  return { codes: codes.codes.map((level) => places[level]), distinct: codes.distinct };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length && k < b.length; k++) if (a[k] !== b[k]) return a[k] - b[k];
  return a.length - b.length;
}

/** ln of the probability of a table among all with its margins. */
export function logProbability({ n, rows, columns, cells }: CountTable): number {
  const sum = (counts: Uint32Array): number =>
    counts
      .slice()
      .sort()
      .reduce((total, count) => total + logFactorial(count), 0);
  return sum(rows) + sum(columns) - sum(cells.count) - logFactorial(n);
}
