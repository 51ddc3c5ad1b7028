/**
 * A copula sample without ties *is* a permutation: `perm[k]` is the rank of y at the point whose x has
 * rank k. Everything the network sees is a function of it, so monotone maps of x or y change nothing.
 * The eight symmetries of the unit square act on it; one of the eight is chosen as canonical.
 */

/** How to get from the user's square to the canonical one: flips first, then the exchange of the axes. */
export interface Orientation {
  /** u → 1 − u. */
  flipU: boolean;
  /** v → 1 − v. */
  flipV: boolean;
  /** (u, v) → (v, u), after the flips. */
  swap: boolean;
}

/** The permutation of a sample, from the strict 0-based ranks of its x and y. Length n. */
export function rankPermutation(xRanks: Uint32Array, yRanks: Uint32Array): Uint32Array {
  const perm = new Uint32Array(xRanks.length);
  for (let i = 0; i < perm.length; i++) perm[xRanks[i]] = yRanks[i];
  return perm;
}

/** The inverse permutation: the sample with x and y exchanged. */
export function inverse(perm: Uint32Array): Uint32Array {
  const result = new Uint32Array(perm.length);
  for (let k = 0; k < perm.length; k++) result[perm[k]] = k;
  return result;
}

/** The sample seen in another orientation. */
export function applyOrientation(perm: Uint32Array, { flipU, flipV, swap }: Orientation): Uint32Array {
  const last = perm.length - 1;
  const result = new Uint32Array(perm.length);
  for (let k = 0; k <= last; k++) {
    const u = flipU ? last - k : k;
    const v = flipV ? last - perm[k] : perm[k];
    if (swap) result[v] = u;
    else result[u] = v;
  }
  return result;
}

/** A point of the unit square seen in another orientation. */
export function orientPoint({ flipU, flipV, swap }: Orientation, u: number, v: number): [number, number] {
  const a = flipU ? 1 - u : u;
  const b = flipV ? 1 - v : v;
  return swap ? [b, a] : [a, b];
}

const ORIENTATIONS: readonly Orientation[] = [0, 1, 2, 3, 4, 5, 6, 7].map((code) => ({
  flipU: (code & 1) !== 0,
  flipV: (code & 2) !== 0,
  swap: (code & 4) !== 0,
}));

/** Up to this size the sums of third moments are integers that a double holds exactly. */
const EXACT_LIMIT = 8192;

/** Σ ab, Σ a²b and Σ ab² of a sample, with ranks centred and doubled. */
type Moments = readonly [s11: number, s21: number, s12: number];

/** Moments of a sample given by the ranks of its rows, whose mean is (n − 1)/2. */
function momentsOf(x: Uint32Array | Float64Array, y: Uint32Array | Float64Array): Moments {
  const n = x.length;
  const centre = (n - 1) / 2;
  let s11 = 0;
  let s21 = 0;
  let s12 = 0;
  for (let row = 0; row < n; row++) {
    const a = x[row] - centre;
    const b = y[row] - centre;
    const ab = a * b;
    s11 += ab;
    s21 += ab * a;
    s12 += ab * b;
  }
  return [4 * s11, 8 * s21, 8 * s12];
}

/** The orientations that the rules of {@link canonicalOrientation} leave: one, but for samples with a symmetry. */
function candidatesOf(n: number, [s11, s21, s12]: Moments): Orientation[] {
  const scale = n <= EXACT_LIMIT ? 0 : 1e-12 * n;
  const tie2 = scale * n * n;
  const tie3 = scale * n * n * n;
  return ORIENTATIONS.filter(({ flipU, flipV, swap }) => {
    const signA = flipU ? -1 : 1;
    const signB = flipV ? -1 : 1;
    const aab = signB * s21;
    const abb = signA * s12;
    const difference = swap ? abb - aab : aab - abb;
    return signA * signB * s11 >= -tie2 && aab + abb >= -tie3 && difference >= -tie3;
  });
}

/** The candidate under which the sample is the lexicographically smallest. */
function chosen(perm: Uint32Array, candidates: readonly Orientation[]): Orientation {
  let best = candidates[0];
  let bestPerm = applyOrientation(perm, best);
  for (const candidate of candidates.slice(1)) {
    const candidatePerm = applyOrientation(perm, candidate);
    if (lexicographicallySmaller(candidatePerm, bestPerm)) {
      best = candidate;
      bestPerm = candidatePerm;
    }
  }
  return best;
}

/**
 * The orientations among which the rules of {@link canonicalOrientation} leave a choice, from the ranks of x and y or their mean
 * ranks where there are ties.
 */
export function orientationsOf(
  xRanks: Uint32Array | Float64Array,
  yRanks: Uint32Array | Float64Array,
): readonly Orientation[] {
  return candidatesOf(xRanks.length, momentsOf(xRanks, yRanks));
}

/** Lexicographic order of two permutations of one length. */
export function lexicographicallySmaller(a: Uint32Array, b: Uint32Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k] < b[k];
  return false;
}

/**
 * The canonical orientation of a sample. With centred ranks a and b it has E[ab] ≥ 0,
 * E[a²b] + E[ab²] ≥ 0 and E[a²b] ≥ E[ab²]; where these leave a choice (a symmetric sample), the
 * lexicographically smallest permutation is taken, so that the choice never depends on the input's own
 * orientation.
 */
export function canonicalOrientation(perm: Uint32Array): Orientation {
  return orientationOf(rising(perm.length), perm);
}

/** {@link canonicalOrientation}, from the strict 0-based ranks of x and y. */
function orientationOf(xRanks: Uint32Array, yRanks: Uint32Array): Orientation {
  const candidates = orientationsOf(xRanks, yRanks);
  return candidates.length === 1 ? candidates[0] : chosen(rankPermutation(xRanks, yRanks), candidates);
}

/** A sample in its canonical orientation, and the way there. */
export interface Oriented {
  perm: Uint32Array;
  orientation: Orientation;
}

/** A sample in its canonical orientation. */
export function orient(perm: Uint32Array): Oriented {
  return orientRanks(rising(perm.length), perm);
}

/** A sample in its canonical orientation, from the strict 0-based ranks of its x and y. */
export function orientRanks(xRanks: Uint32Array, yRanks: Uint32Array): Oriented {
  const orientation = orientationOf(xRanks, yRanks);
  return { perm: turnedPermutation(xRanks, yRanks, orientation), orientation };
}

/** 0 … n − 1. */
function rising(n: number): Uint32Array {
  const ranks = new Uint32Array(n);
  for (let k = 0; k < n; k++) ranks[k] = k;
  return ranks;
}

/** {@link applyOrientation} of {@link rankPermutation} in one pass. */
function turnedPermutation(
  xRanks: Uint32Array,
  yRanks: Uint32Array,
  { flipU, flipV, swap }: Orientation,
): Uint32Array {
  const n = xRanks.length;
  const result = new Uint32Array(n);
  const [u, v] = (swap ? [yRanks, xRanks] : [xRanks, yRanks]).map(asIntegers);
  const [turnU, turnV] = swap ? [flipV, flipU] : [flipU, flipV];
  // n − 1 − r is (r ^ −1) + n, and r itself is (r ^ 0) + 0: no branch and no product in the loop.
  const [maskU, addU] = turnU ? [-1, n] : [0, 0];
  const [maskV, addV] = turnV ? [-1, n] : [0, 0];
  for (let row = 0; row < n; row++) result[((u[row] ^ maskU) + addU) | 0] = ((v[row] ^ maskV) + addV) | 0;
  return result;
}

/** Ranks as signed integers, with which the machine calculates; unsigned ones become doubles. */
function asIntegers(ranks: Uint32Array): Int32Array {
  return new Int32Array(ranks.buffer, ranks.byteOffset, ranks.length);
}
