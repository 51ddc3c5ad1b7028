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

/**
 * A square table over the canonical square (`values[row v * size + column u]`) in the orientation of the
 * user: the inverse of {@link applyOrientation} for tables.
 */
export function restoreTable(
  table: ArrayLike<number>,
  size: number,
  { flipU, flipV, swap }: Orientation,
): Float32Array {
  const result = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    const b = flipV ? size - 1 - j : j;
    for (let i = 0; i < size; i++) {
      const a = flipU ? size - 1 - i : i;
      result[j * size + i] = swap ? table[a * size + b] : table[b * size + a];
    }
  }
  return result;
}

const ORIENTATIONS: readonly Orientation[] = [0, 1, 2, 3, 4, 5, 6, 7].map((code) => ({
  flipU: (code & 1) !== 0,
  flipV: (code & 2) !== 0,
  swap: (code & 4) !== 0,
}));

/** Below this size the sums of third moments are integers that a double holds exactly. */
const EXACT_LIMIT = 8192;

/**
 * The canonical orientation of a sample. With centred ranks a and b it has E[ab] ≥ 0,
 * E[a²b] + E[ab²] ≥ 0 and E[a²b] ≥ E[ab²]; where these leave a choice (a symmetric sample), the
 * lexicographically smallest permutation is taken, so that the choice never depends on the input's own
 * orientation.
 */
export function canonicalOrientation(perm: Uint32Array): Orientation {
  const n = perm.length;
  let s11 = 0;
  let s21 = 0;
  let s12 = 0;
  for (let k = 0; k < n; k++) {
    const a = 2 * k - (n - 1);
    const b = 2 * perm[k] - (n - 1);
    const ab = a * b;
    s11 += ab;
    s21 += ab * a;
    s12 += ab * b;
  }
  const scale = n <= EXACT_LIMIT ? 0 : 1e-12 * n;
  const tie2 = scale * n * n;
  const tie3 = scale * n * n * n;
  const candidates = ORIENTATIONS.filter(({ flipU, flipV, swap }) => {
    const signA = flipU ? -1 : 1;
    const signB = flipV ? -1 : 1;
    const aab = signB * s21;
    const abb = signA * s12;
    const difference = swap ? abb - aab : aab - abb;
    return signA * signB * s11 >= -tie2 && aab + abb >= -tie3 && difference >= -tie3;
  });
  let best = candidates[0];
  if (candidates.length === 1) return best;
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

function lexicographicallySmaller(a: Uint32Array, b: Uint32Array): boolean {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k] < b[k];
  return false;
}

/** A sample in its canonical orientation, and the way there. */
export function orient(perm: Uint32Array): { perm: Uint32Array; orientation: Orientation } {
  const orientation = canonicalOrientation(perm);
  return { perm: applyOrientation(perm, orientation), orientation };
}
