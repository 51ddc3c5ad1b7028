/**
 * Sliced mutual information (Goldfeld & Greenewald, NeurIPS 2021): the mean over random projections of I(aᵀX; bᵀY), a
 * and b uniform on the spheres. It is 0 exactly for independent variables, but it is not I(X; Y): nearly always
 * much smaller, and smaller still the more columns there are.
 */

import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import { requireVariation } from "../input/data-errors.js";
import { finiteNumber, readOptions, type TableOf, wholeNumber } from "../input/options.js";
import { MANY, STANDARDIZE } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import type { Variable } from "../input/variables.js";
import { sizeWarnings } from "../input/warnings.js";
import { LongCall } from "../long-call.js";
import { orthonormalize, project } from "../numerics/linear.js";
import { meanWithError } from "../numerics/moments.js";
import { estimatePairs, type PairEngine, pairEngine, sideBySide } from "../vine/pair-engine.js";
import { type VineInformation, vineInformation } from "../vine/vine-information.js";
import { direction, pairPermutation, projectable, sliceRandom, standardizedColumns } from "./projections.js";
import type { SlicedInformation, SlicedOptions } from "./types.js";
import { readRows } from "./variables.js";

/** Slices between two looks at the standard error; not the size of a batch, so that this changes nothing. */
const BLOCK = 16;

const OPTIONS = {
  ...MANY,
  // The default is in nats.
  tolerance: finiteNumber((value) => value >= 0, "a number of at least 0", undefined),
  minSlices: wholeNumber(2, 2 * BLOCK),
  slices: wholeNumber(2, 1024),
  dimensions: wholeNumber(1, 1),
  standardize: STANDARDIZE,
} satisfies TableOf<SlicedOptions>;

/** Standard error at which it stops unless told otherwise, nats. */
const TOLERANCE = 0.005;

/**
 * The mean over random slices, until its standard error is small enough.
 *
 * @throws InfoNetError for what cannot be read; AbortedError with the mean over the finished slices in `partial`
 *   (`undefined` if there are fewer than two)
 */
export async function slicedInformation(
  engine: Engine,
  x: Variable,
  y: Variable,
  options: SlicedOptions = {},
): Promise<SlicedInformation> {
  const settings = readOptions(options, OPTIONS);
  const { seed, units, minSlices: least, slices: most, dimensions: k, standardize } = settings;
  const scale = unitScale(units);
  const tolerance = (settings.tolerance ?? TOLERANCE * scale) / scale;
  const read = readRows(
    [
      { name: "X", value: x },
      { name: "Y", value: y },
    ],
    engine.model.rows[1],
  );
  const [cx, cy] = read.columns.map(standardize ? standardizedColumns : projectable);
  requireVariation("X", cx);
  requireVariation("Y", cy);
  requireDimensions(k, cx.length, cy.length);
  const call = engine.call(settings, "slices");
  call.expect(most);
  const values: number[] = [];
  const summary = (): SlicedInformation => {
    const { mean, standardError } = meanWithError(values);
    return {
      mi: scale * mean,
      standardError: scale * standardError,
      slices: values.length,
      converged: standardError <= tolerance,
      n: read.complete,
      warnings: [...read.warnings, ...sizeWarnings(read.complete, read.n, engine.model.rows)],
    };
  };
  const work = async (): Promise<SlicedInformation> => {
    const pairs = await pairEngine(engine, most);
    while (values.length < most) {
      // One block for each thread. A block that was not needed in the end is not counted.
      const blocks: Promise<number[]>[] = [];
      for (
        let first = values.length;
        first < most && blocks.length < pairs.workers.parallel;
        first += BLOCK
      ) {
        const count = Math.min(BLOCK, most - first);
        blocks.push(slices(pairs, cx, cy, { seed, first, count, k }));
      }
      for (const block of await Promise.all(blocks)) {
        values.push(...block);
        await call.advance(block.length);
        if (values.length >= least && summary().standardError <= tolerance * scale) return summary();
      }
    }
    return summary();
  };
  return call.run(work, () => (values.length > 1 ? summary() : undefined));
}

function requireDimensions(k: number, x: number, y: number): void {
  const most = Math.min(x, y);
  if (k <= most) return;
  const message = `dimensions is ${k}; X has ${x} columns and Y has ${y}: pass ${most} at most.`;
  throw new InfoNetError("invalid-option", message);
}

/** Slices number `first` … `first + count − 1`; each has random numbers of its own. */
async function slices(
  engine: PairEngine,
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  { seed, first, count, k }: { seed: number; first: number; count: number; k: number },
): Promise<number[]> {
  const randoms = Array.from({ length: count }, (_, slice) => sliceRandom(seed, first + slice));
  if (k > 1) {
    // Slices are counted, not the pairs of their vines.
    const call = new LongCall({}, "pairs", async () => {});
    const bases = randoms.map((random) => {
      const [fx, fy] = [x, y].map((columns) =>
        frame(columns.length, k, () => random.normal()).map((along, c) => ({
          label: `p${c + 1}`,
          values: project(columns, along),
        })),
      );
      return { name: "given", optimism: 0, x: fx, y: fy } as const;
    });
    const vines = await sideBySide<VineInformation[]>(
      engine,
      bases.map((basis) => (shared) => vineInformation(basis, shared, call)),
    );
    return vines.map(({ mi }) => mi);
  }
  // A projection may be constant by its direction alone; then it shares nothing.
  const perms = randoms.map((random) => {
    const a = project(x, direction(x.length, random));
    const b = project(y, direction(y.length, random));
    return pairPermutation(a, b, seed);
  });
  return (await estimatePairs(engine, perms)).map(({ mi }) => mi);
}

/** k orthonormal directions, uniformly turned. */
function frame(width: number, k: number, normal: () => number): Float64Array[] {
  const matrix = Float64Array.from({ length: width * k }, normal);
  orthonormalize(matrix, width, k);
  return Array.from({ length: k }, (_, c) =>
    Float64Array.from({ length: width }, (_, i) => matrix[i * k + c]),
  );
}
