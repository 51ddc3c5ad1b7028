import type { Copula } from "infonet";
import type { Band } from "./axis.js";

/** A stretch of a rank axis. */
export type Stretch = Pick<Band, "from" | "to">;

/** A block of the copula square, and how often it occurs compared to independence. */
export interface Block {
  x: Band;
  y: Band;
  ratio: number;
}

/** Bands narrower than this share of the rows are left out of {@link blockRatios}: they tell of few rows. */
const NARROWEST = 3 / 64;
/** A mean over the whole of U is taken at this many values of it, one over a stretch at its share of them. */
const ACROSS = 60;
const MOST_ACROSS = 24;

/** Density ratio of every pair of bands. Narrow bands are left out. */
export function blockRatios(copula: Copula, xs: readonly Band[], ys: readonly Band[]): Block[] {
  const wide = (band: Band) => band.to - band.from >= NARROWEST;
  const across = xs.filter(wide);
  return ys.filter(wide).flatMap((y) => across.map((x) => ({ x, y, ratio: blockRatio(copula, x, y) })));
}

/** Blocks in which by chance fewer rows than this would be are left out of {@link tableRatios}. */
const FEWEST_EXPECTED = 5;

/** An axis of levels: the levels, and the groups of them that are told of. */
export interface Levels {
  levels: readonly Band[];
  groups: readonly Band[];
}

/**
 * How many times as often as by chance the levels of each two groups meet, as it was counted: the density is even where two levels
 * cross.
 *
 * @param n rows
 */
export function tableRatios(copula: Copula, x: Levels, y: Levels, n: number): Block[] {
  const share = ({ from, to }: Stretch) => to - from;
  const ratio = (a: Band, b: Band) => {
    let mass = 0;
    for (const u of membersOf(a, x.levels)) {
      for (const v of membersOf(b, y.levels)) {
        mass += share(u) * share(v) * Math.exp(copula.logDensity(middleOf(u), middleOf(v)));
      }
    }
    return mass / (share(a) * share(b));
  };
  return y.groups.flatMap((b) =>
    x.groups
      .filter((a) => n * share(a) * share(b) >= FEWEST_EXPECTED)
      .map((a) => ({ x: a, y: b, ratio: ratio(a, b) })),
  );
}

function membersOf({ from, to }: Stretch, levels: readonly Band[]): Band[] {
  return levels.filter((level) => middleOf(level) > from && middleOf(level) < to);
}

/** The middle of a stretch. */
export function middleOf({ from, to }: Stretch): number {
  return (from + to) / 2;
}

/** Mean density over a block: the share of the rows that lies in it, over the share under independence. */
export function blockRatio(copula: Copula, x: Stretch, y: Stretch): number {
  return meanWithin(x, (u) => columnRatio(copula, u, y));
}

/** Mean density over a stretch of V at one u. */
export function columnRatio(copula: Copula, u: number, y: Stretch): number {
  return meanDensity(y, (v) => copula.conditional(u, v).v);
}

/** Mean density over a stretch of U at one v. */
export function rowRatio(copula: Copula, x: Stretch, v: number): number {
  return meanDensity(x, (u) => copula.conditional(u, v).u);
}

/** Mean of a density over a stretch, by its distribution function within (0, 1). */
function meanDensity({ from, to }: Stretch, within: (at: number) => number): number {
  const below = (at: number) => (at <= 0 ? 0 : at >= 1 ? 1 : within(at));
  return Math.max(0, below(to) - below(from)) / (to - from);
}

/** The v that half of V lies below, of the rows whose U lies in a stretch. */
export function medianWithin(copula: Copula, x: Stretch): number {
  let low = 0;
  let high = 1;
  while (high - low > 1e-5) {
    const v = (low + high) / 2;
    if (meanWithin(x, (u) => copula.conditional(u, v).v) < 0.5) low = v;
    else high = v;
  }
  return (low + high) / 2;
}

/** Mean of a function of U over a stretch, by midpoints. */
function meanWithin({ from, to }: Stretch, of: (u: number) => number): number {
  const steps = Math.min(MOST_ACROSS, Math.ceil(ACROSS * (to - from)));
  let sum = 0;
  for (let k = 0; k < steps; k++) sum += of(from + ((k + 0.5) / steps) * (to - from));
  return sum / steps;
}
