/** Mutual information with its derivatives by the values of both columns. */

import { type CodedColumn, thin } from "../copula/index.js";
import type { Task } from "../engine/task.js";
import { failureOf, InfoNetError } from "../errors.js";
import type { LevelSummary } from "../features/index.js";
import type { RootQuantiles } from "../inference/network-head.js";
import { type Reading, resultWarnings } from "../inference/reading.js";
import { type Cells, readCells } from "../input/cells.js";
import { amountOf, unitScale } from "../input/units.js";
import type { Network } from "../network/network.js";
import { standardDeviation } from "../numerics/moments.js";
import { stream } from "../numerics/random.js";
import { REACH, scaled, withinReach } from "../numerics/reach.js";
import { completePair, prepareCells } from "../pairs/prepared.js";
import { levelSample, numberSample } from "../pairs/samples.js";
import type { Column, Failure, Units, Warning } from "../types.js";
import { CRITIC } from "./density.js";
import type { GradientSettings } from "./options.js";
import { ESTIMATE } from "./soft-pair.js";
import type { Gradient, GradientResult } from "./types.js";
import type { GradientSample, GradientSide } from "./used-rows.js";
import type { Way } from "./way.js";

/** Two columns that were read. */
export interface ReadPair {
  x: Cells;
  y: Cells;
}

/**
 * Reads two columns.
 *
 * @throws InfoNetError as `readCells`
 */
export function readPair(x: Column, y: Column): ReadPair {
  return { x: readCells({ name: "x", values: x }), y: readCells({ name: "y", values: y }) };
}

/** Pairs to be differentiated with one set of options. */
interface Batch {
  pairs: readonly (ReadPair | Failure)[];
  settings: GradientSettings;
}

/** What is differentiated, and what its value is read from where the network alone does not say it. */
type Differentiated = GradientResult & {
  levels?: { answer: RootQuantiles; summary: LevelSummary } | undefined;
};

/** A gradient with its value as estimates of such a pair are read. */
export function readGradient({ levels, ...gradient }: Differentiated, reading: Reading): GradientResult {
  if (levels === undefined || reading.levels === undefined || gradient.error !== undefined) return gradient;
  const [, median] = reading.levels.read(levels.answer, levels.summary);
  const mi = unitScale(reading.units) * Math.max(0, median);
  const { lowerBound } = gradient;
  return { ...gradient, mi, lowerBound: lowerBound && Math.min(lowerBound, mi) };
}

/** Differentiates a batch of pairs at most, see {@link gradientBatch}; a pair that cannot be differentiated has its reason. */
export const GRADIENTS: Task<Batch, Differentiated[]> = {
  name: "gradients",
  run: (batch, network) => alongWay(wayOf(batch.settings), batch, network),
};

const wayOf = ({ through }: GradientSettings): Way<unknown> => (through === "critic" ? CRITIC : ESTIMATE);

async function alongWay<Pair>(
  way: Way<Pair>,
  { pairs, settings }: Batch,
  network: Network,
): Promise<Differentiated[]> {
  const results: Differentiated[] = new Array(pairs.length);
  const samples: (RankedPair & { pair: Pair; index: number })[] = [];
  for (const [index, read] of pairs.entries()) {
    try {
      if ("error" in read) {
        results[index] = read;
        continue;
      }
      const found = ranked(read, settings, network);
      samples.push({ ...found, pair: way.prepared(...found.sides, found.sample, settings), index });
    } catch (error) {
      results[index] = failureOf(error);
    }
  }
  const derivatives = samples.length > 0 ? await way.differentiated(network, samples) : [];
  const { units } = settings;
  const scale = unitScale(units);
  const reading = { manifest: network.manifest, units };
  for (const [k, { sample, turned, index }] of samples.entries()) {
    const { nats, lowerBound, answer, dx, dy } = derivatives[k];
    multiplyBy(scale, dx, dy);
    const facts = { n: sample.n, used: sample.perm.length, warnings: sample.warnings };
    const warnings = [...resultWarnings(facts, nats, reading), ...looseWarning(nats, lowerBound, units)];
    const bound = lowerBound === undefined ? undefined : scale * lowerBound;
    const gradient: Gradient = { mi: scale * nats, lowerBound: bound, dx, dy, n: sample.n, warnings };
    const summary = sample.summaries?.[0];
    const levels = answer && summary && { answer, summary };
    results[index] = { ...gradient, ...(turned && { dx: dy, dy: dx }), levels };
  }
  return results;
}

/**
 * Pairs that are differentiated at once.
 *
 * @throws InfoNetError "model" if the model has no gradient graphs and they are needed
 */
export function gradientBatch(network: Network, settings: GradientSettings): number {
  return wayOf(settings).most(network);
}

/** A pair that was ranked. */
interface RankedPair {
  /** Permutation in canonical orientation, and what is known of the rows. */
  sample: GradientSample;
  /** The sides of the sample. */
  sides: [GradientSide, GradientSide];
  /** Whether its first side is y. */
  turned: boolean;
}

/** @throws InfoNetError as `completePair`; "invalid-option" for categories that nothing can be differentiated by */
function ranked(read: ReadPair, settings: GradientSettings, network: Network): RankedPair {
  const { x, y } = read;
  requireDifferentiable(read);
  requireSmooth(read, settings);
  const cells = { x: jittered("x", x, settings), y: jittered("y", y, settings) };
  const [a, b] = Object.entries(cells).map(([name, column]) => ({ name, ...prepareCells(column) }));
  const { rows, warnings, ...columns } = completePair(a, b);
  // Levels come first in their samples.
  const turned = y.kind === "category";
  const [first, second] = turned ? [columns.y, columns.x] : [columns.x, columns.y];
  const levels = turned || x.kind === "category";
  const of = levels ? levelSample(first, second, Infinity) : undefined;
  const { whole, more: _, ...others } = of ?? numberSample(first, second, Infinity);
  const most = network.manifest.range.n[1];
  const perm = thin(whole, most);
  const ties = others.others?.map((other) => thin(other, most));
  const sample = { ...others, perm, others: ties, rows, warnings: [...warnings, ...fixedWarnings(read)] };
  const sides = Object.entries(cells).map(([name, { kind, values }]) => ({
    name,
    values: kind === "category" && of ? placesOf(of.ordered, rows, values.length) : values,
    fixed: kind === "category",
  }));
  const [a1, b1] = turned ? [sides[1], sides[0]] : sides;
  return { sample, sides: [a1, b1], turned };
}

/** @throws InfoNetError "invalid-option" for two categories */
export function requireDifferentiable({ x, y }: ReadPair): void {
  if (x.kind === "number" || y.kind === "number") return;
  throw new InfoNetError(
    "invalid-option",
    "x and y are categories, which nothing can be differentiated by; pass numbers for one of them.",
  );
}

/** @throws InfoNetError "invalid-option" for a category, where numbers are smoothed */
function requireSmooth(read: ReadPair, { through }: GradientSettings): void {
  if (through === "critic") return;
  for (const [name, { kind }] of Object.entries(read)) {
    if (kind === "number") continue;
    const message = `${name} is a category and through is "estimate", which is smoothed over numbers; leave through out.`;
    throw new InfoNetError("invalid-option", message);
  }
}

/** Which of the two have no derivatives. */
export function fixedWarnings(read: ReadPair): Warning[] {
  return Object.entries(read).flatMap(([name, { kind }]) => {
    if (kind === "number") return [];
    const message = `${name} is a category, by which there are no derivatives: d${name} is 0 in all rows.`;
    return [{ code: "no-derivative" as const, message }];
  });
}

/** Names the random numbers of the noise. */
const JITTER = { x: 103, y: 107 };

/**
 * A column of numbers with noise in units of its own deviation.
 *
 * @throws InfoNetError "invalid-option" for noise beyond the range of doubles
 */
function jittered(name: "x" | "y", cells: Cells, { jitter, seed }: GradientSettings): Cells {
  if (jitter === 0 || cells.kind === "category") return cells;
  const there = cells.values.filter((value) => !Number.isNaN(value));
  const { columns, exponent } = withinReach([there], REACH.squares);
  const size = there.length > 0 ? scaled(jitter * standardDeviation(columns[0], 0), -exponent) : 0;
  const { normal } = stream(seed, JITTER[name]);
  const values = cells.values.map((value) => value + size * normal());
  if (values.every((value, row) => Number.isFinite(value) || Number.isNaN(cells.values[row])))
    return { ...cells, values };
  const message = `jitter is ${jitter}, which takes values of ${name} beyond the range of numbers; pass less of it.`;
  throw new InfoNetError("invalid-option", message);
}

/** Places of ordered levels at the rows that have them. */
function placesOf({ places }: CodedColumn, rows: Uint32Array | undefined, length: number): Float64Array {
  const result = new Float64Array(length);
  for (let k = 0; k < places.length; k++) result[rows?.[k] ?? k] = places[k];
  return result;
}

/** Distance of an estimate from the mean log density of its rows from which the rows are not what the density says. */
const LOOSE = { share: 0.25, nats: 0.1 };

function looseWarning(nats: number, lowerBound: number | undefined, units: Units): Warning[] {
  if (lowerBound === undefined || nats - lowerBound <= Math.max(LOOSE.nats, LOOSE.share * nats)) return [];
  const message = `mi is ${amountOf(nats, units)}, but the density that the derivatives are of has ${amountOf(lowerBound, units)} at these rows: either they depend more finely than it tells, or they were trained to please the estimate. Test with ksg, and train with jitter: 0.1 and another seed at every step.`;
  return [{ code: "loose-bound", message }];
}

function multiplyBy(factor: number, a: Float64Array, b: Float64Array): void {
  for (let row = 0; row < a.length; row++) a[row] *= factor;
  for (let row = 0; row < b.length; row++) b[row] *= factor;
}
