/** The copula density of a pair with levels, on a grid: a cell for every level, stretches for the numbers. */

import { tieStarts } from "../copula/index.js";
import type { CountTable } from "../counts/index.js";
import { CopulaDensity, StepCopula } from "../density/index.js";
import { InfoNetError } from "../errors.js";
import { normalQuantile } from "../numerics/normal.js";
import type { LevelPart, NetworkPart, PairPlan } from "./plan.js";
import { NOWHERE } from "./samples.js";
import { FREE, type Side, valueCounts } from "./sides.js";

/** Stretches that all the numbers of a column are cut into. */
const STRETCHES = 64;

/** Cells that a density has at most. */
const MOST_CELLS = 4_000_000;

/** One cell of an axis. */
interface Segment {
  /** Its rows. */
  rows: number;
  /** Its atom; {@link FREE} for a stretch of numbers. */
  atom: number;
  /** First and last place of its values. */
  from: number;
  to: number;
}

/** The axis of a side: its segments in the order of the values. */
function segmentsOf(side: Side): Segment[] {
  const { column, atoms, free } = side;
  const counts = valueCounts(side);
  const atomAt = new Uint32Array(column.distinct);
  column.places.forEach((place, row) => {
    atomAt[place] = atoms[row];
  });
  const segments: Segment[] = [];
  const full = free / STRETCHES;
  let before = 0;
  for (let place = 0; place < column.distinct; place++) {
    const rows = counts[place];
    const atom = atomAt[place];
    const last = segments.at(-1);
    const sameStretch =
      atom === FREE &&
      last?.atom === FREE &&
      Math.floor(before / full) === Math.floor((before - last.rows) / full);
    const sameLevel = atom !== FREE && last?.atom === atom;
    if (last !== undefined && (sameStretch || sameLevel)) {
      last.rows += rows;
      last.to = place;
    } else segments.push({ rows, atom, from: place, to: place });
    if (atom === FREE) before += rows;
  }
  return segments;
}

/** The density of a pair that is not two columns of numbers. */
export function stepDensity(
  plan: PairPlan,
  mixtures: ReadonlyMap<NetworkPart, ArrayLike<number>>,
): StepCopula {
  const [x, y] = plan.sides;
  const [columns, rows] = [segmentsOf(x), segmentsOf(y)];
  if (columns.length * rows.length > MOST_CELLS) {
    throw new InfoNetError(
      "too-many-levels",
      `the density would have ${columns.length} × ${rows.length} cells; join levels to fewer, or ask for pointwise values, which take none.`,
    );
  }
  const logs = new Float64Array(columns.length * rows.length);
  const add = (log: (i: number, j: number) => number): void => {
    for (let at = 0; at < logs.length; at++) {
      logs[at] += log(at % columns.length, Math.floor(at / columns.length));
    }
  };
  const read = (part: NetworkPart): CopulaDensity =>
    CopulaDensity.read(mixtures.get(part) as ArrayLike<number>, part.sample.orientation);
  const { counts, levelsOfY, levelsOfX, numbers } = plan;
  if (counts !== undefined) {
    const ratio = tableRatios(counts);
    add((i, j) => ratio(columns[i].atom, rows[j].atom));
  }
  if (levelsOfY !== undefined) {
    const ratio = levelRatios(levelsOfY, read(levelsOfY), columns);
    add((i, j) => ratio(i, rows[j].atom));
  }
  if (levelsOfX !== undefined) {
    const ratio = levelRatios(levelsOfX, read(levelsOfX), rows);
    add((i, j) => ratio(j, columns[i].atom));
  }
  if (numbers !== undefined) {
    const ratio = numberRatios(read(numbers), scoresAmong(columns, x, y), scoresAmong(rows, y, x));
    add(ratio);
  }
  const widths = (segments: Segment[]): Float64Array =>
    Float64Array.from(segments, (segment) => segment.rows);
  return new StepCopula({ u: widths(columns), v: widths(rows) }, logs.map(Math.exp));
}

/** ln of how many times as often as by chance two levels meet, by their atoms; −Infinity where they never do. */
function tableRatios({ n, rows, columns, cells }: CountTable): (a: number, b: number) => number {
  const ratios = new Float64Array(rows.length * columns.length).fill(-Infinity);
  cells.count.forEach((count, k) => {
    const [a, b] = [cells.x[k], cells.y[k]];
    ratios[b * rows.length + a] = Math.log((count / rows[a]) * (n / columns[b]));
  });
  const level = (atom: number, levels: number): number => (atom === FREE ? levels - 1 : atom);
  return (a, b) => ratios[level(b, columns.length) * rows.length + level(a, rows.length)];
}

/**
 * ln of how many times as often as by chance a level meets the numbers of a segment: the density's mean over the level's part of the
 * axis. 0 for segments that are levels themselves.
 */
function levelRatios(
  { sample: { ordered, placeOf }, number, levelOf }: LevelPart,
  density: CopulaDensity,
  segments: readonly Segment[],
): (segment: number, atom: number) => number {
  const starts = tieStarts(ordered);
  const n = ordered.places.length;
  const count = ordered.distinct;
  const edges = Float64Array.from(starts.subarray(1, count), (start) => normalQuantile(start / n));
  const table = new Map<number, Float64Array>();
  let before = 0;
  for (const [i, { atom, rows }] of segments.entries()) {
    if (atom !== FREE) continue;
    const middle = normalQuantile((before + rows / 2) / number.places.length);
    before += rows;
    const below = density.conditionals(edges, new Float64Array(edges.length).fill(middle)).u;
    const ratios = Float64Array.from({ length: count }, (_, place) => {
      const share = (below[place] ?? 1) - (below[place - 1] ?? 0);
      return Math.log((Math.max(share, 0) * n) / (starts[place + 1] - starts[place]));
    });
    table.set(i, ratios);
  }
  return (segment, atom) => {
    const ratios = table.get(segment);
    const level = levelOf.get(atom);
    const place = level === undefined ? NOWHERE : placeOf[level];
    return ratios === undefined || place === NOWHERE ? 0 : ratios[place];
  };
}

/** ln of how many times as often as by chance the numbers of two segments meet; 0 where one of them is a level. */
function numberRatios(
  density: CopulaDensity,
  u: Float64Array,
  v: Float64Array,
): (i: number, j: number) => number {
  const cells: number[] = [];
  for (let at = 0; at < u.length * v.length; at++) {
    if (!Number.isNaN(u[at % u.length] + v[Math.floor(at / u.length)])) cells.push(at);
  }
  const logs = density.logDensities(
    Float64Array.from(cells, (at) => u[at % u.length]),
    Float64Array.from(cells, (at) => v[Math.floor(at / u.length)]),
  );
  const known = new Map(cells.map((at, k) => [at, logs[k]]));
  return (i, j) => known.get(j * u.length + i) ?? 0;
}

/** Normal scores of the middles of stretches among the rows in which both sides are numbers; NaN for levels. */
function scoresAmong(segments: readonly Segment[], side: Side, other: Side): Float64Array {
  const counts = new Uint32Array(side.column.distinct);
  let n = 0;
  side.atoms.forEach((atom, row) => {
    if (atom !== FREE || other.atoms[row] !== FREE) return;
    counts[side.column.places[row]]++;
    n++;
  });
  let before = 0;
  return Float64Array.from(segments, ({ atom, from, to }) => {
    if (atom !== FREE) return Number.NaN;
    let rows = 0;
    for (let place = from; place <= to; place++) rows += counts[place];
    const middle = before + rows / 2;
    before += rows;
    return normalQuantile(Math.min(Math.max(middle, 0.5), n - 0.5) / n);
  });
}
