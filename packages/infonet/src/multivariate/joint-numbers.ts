/** Mutual information of two variables of several columns, by the chain rule over a D-vine. */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import type { PairModel } from "../engine/model.js";
import type { Workers } from "../engine/task.js";
import { logJoint } from "../independence/joint-evidence.js";
import { type StrongestPair, strongestPair } from "../independence/strongest-pair.js";
import { oneOf, type TableOf } from "../input/options.js";
import { MANY } from "../input/tables.js";
import { amountOf, unitScale } from "../input/units.js";
import { ceilingOf, sizeWarnings } from "../input/warnings.js";
import { CHANGES_FAST, openWarning } from "../levels/part.js";
import type { LongCall } from "../long-call.js";
import { foldsOf } from "../numerics/random.js";
import { CHANCE } from "../pairs/reading.js";
import {
  BASIS,
  type Basis,
  type BasisName,
  FOUND,
  type FoundBasis,
  givenBasis,
  type Materials,
} from "../prediction/basis.js";
import { bestFamily, FAMILY, familiesFor, type Worth } from "../prediction/families.js";
import type { Units, Warning } from "../types.js";
import { choose, lowerBoundOf, notBeaten } from "../vine/choice.js";
import { type PairEngine, pairEngine } from "../vine/pair-engine.js";
import type { Side, Sides } from "../vine/sides.js";
import { fit, Trial } from "../vine/trial.js";
import { edgeCount } from "../vine/vine.js";
import type { VineInformation } from "../vine/vine-information.js";
import { SERIES_ROWS } from "./in-time.js";
import type { JointInformation, JointOptions } from "./types.js";

/** Coordinates a side that are tried where the basis is not given. */
const MOST_TRIED = 12;

/** The options of `joint`. */
export const JOINT = {
  ...MANY,
  ...SERIES_ROWS,
  basis: oneOf(["auto", "given", "whitened", "canonical", "nonlinear", "neighbours"], "auto"),
} satisfies TableOf<JointOptions>;

/** What the information of numbers is estimated by. */
export interface JointSettings {
  basis: BasisName | "auto";
  seed: number;
  units: Units;
}

/**
 * I(X; Y) of numbers as the sum over the cross pairs of a D-vine x_dx … x_1, y_1 … y_dy of what a coordinate of X and
 * one of Y share given all between them.
 */
export async function jointOfNumbers(
  engine: Engine,
  call: LongCall,
  read: Sides,
  { basis, seed, units }: JointSettings,
): Promise<Omit<JointInformation, "interaction" | "kinds">> {
  const { model } = engine;
  const size = read.sides.reduce((sum, { scores }) => sum + Math.min(scores.length, MOST_TRIED), 0);
  const pairs = await pairEngine(engine, edgeCount(size));
  const found = await estimate(pairs, call, read.sides, basis, seed, read.n);
  const warnings = [...read.warnings, ...sizeWarnings(read.complete, read.n, model.rows)];
  return {
    ...result(found, unitScale(units)),
    n: read.complete,
    warnings: [...warnings, ...resultWarnings(found, basis, read.n, model, units)],
  };
}

interface Found {
  chosen: Trial;
  information: VineInformation;
  trials: Trial[];
  strongest: StrongestPair | undefined;
  /** ln of the p-value of independence. */
  logP: number | undefined;
  /** Columns of the side that has more. */
  widest: number;
}

/** Folds on which vines are compared. Few rows need many: a vine of half of them is worth too little. */
const foldCount = (n: number): number => (n < 1000 ? 5 : 2);
/** A vine that another one beats by so many standard errors on the first fold is not looked at on the others. */
const CLEARLY = 3;

async function estimate(
  engine: PairEngine,
  call: LongCall,
  sides: readonly Side[],
  wanted: BasisName | "auto",
  seed: number,
  n: number,
): Promise<Found> {
  const [sideX, sideY] = sides;
  const made = materials(sides, wanted, seed);
  // Neither waits for the other.
  const [{ pair: strongest, logP: logPairs }, found] = await Promise.all([
    strongestPair(sideX, sideY, engine, call),
    foundBases(engine, call, made, wanted),
  ]);
  const trials = basesOf(made, wanted, strongest, found).map((basis) => new Trial(basis));
  const folds = Array.from({ length: foldCount(n) }, (_, k) => k);
  const fold = foldsOf(n, seed, folds.length);
  const heldOut = (list: readonly Trial[]) => list.map((trial) => trial.heldOut);
  await fit(trials, fold, { folds: [0], whole: trials.length === 1 ? trials : [] }, engine, call, seed);
  const left = notBeaten(heldOut(trials), CLEARLY).map((k) => trials[k]);
  // The first fold's best is nearly always the best of all: its vine shares the runs of the other folds.
  await fit(left, fold, { folds, whole: [left[choose(heldOut(left))]] }, engine, call, seed);
  let chosen = left[choose(heldOut(left))];
  await fit([chosen], fold, { folds, whole: [chosen] }, engine, call, seed);
  // The vine of the columns themselves holds their strongest pair whole; what says less than this pair is wrong.
  const [simplest] = trials;
  if (strongest !== undefined && chosen.information!.mi < strongest.mi && simplest.basis.sure) {
    chosen = simplest;
    await fit([chosen], fold, { folds, whole: [chosen] }, engine, call, seed);
  }
  const logP = await logJoint(sides, logPairs, trials, engine);
  const widest = Math.max(...sides.map(({ scores }) => scores.length));
  return { chosen, information: chosen.information!, trials, strongest, logP, widest };
}

/** The columns of both sides, and how bases are made of them. */
function materials([sideX, sideY]: readonly Side[], wanted: BasisName | "auto", seed: number): Materials {
  const most = wanted === "auto" ? MOST_TRIED : Number.POSITIVE_INFINITY;
  return {
    x: { letter: "x", index: sideX.index, scores: sideX.scores },
    y: { letter: "y", index: sideY.index, scores: sideY.scores },
    settings: { seed, most },
  };
}

/** Bases that are looked for among combinations of the columns, the simplest first. */
async function foundBases(
  { workers }: PairEngine,
  call: LongCall,
  made: Materials,
  wanted: BasisName | "auto",
): Promise<Basis[]> {
  const several = made.x.scores.length + made.y.scores.length > 2;
  const names = FOUND.filter((name) => wanted === name || (wanted === "auto" && name !== "whitened"));
  const possible = names.filter((name) => several || name === "whitened");
  const bases = new Map<FoundBasis, Basis | undefined>();
  const look = (some: readonly FoundBasis[], family?: Worth): Promise<void> =>
    runBatches(some.values(), workers, {
      task: BASIS,
      largestBatch: 1,
      points: () => 1,
      input: ([name]) => ({ name, family, ...made }),
      async onBatch([name], basis) {
        bases.set(name, basis);
        await call.pause();
      },
    });
  const [family] = await Promise.all([
    possible.includes("nonlinear") ? familyOf(workers, call, made) : undefined,
    look(possible.filter((name) => name !== "nonlinear")),
  ]);
  if (family !== undefined) await look(["nonlinear"], family);
  return possible.flatMap((name) => bases.get(name) ?? []);
}

/** The family of nonlinear functions that is worth most; undefined where none beats the linear ones. */
async function familyOf(
  workers: Workers,
  call: LongCall,
  { x, y, settings: { seed } }: Materials,
): Promise<Worth | undefined> {
  const both = { x: x.scores, y: y.scores, seed };
  const families = familiesFor(both);
  const worths: Worth[] = [];
  await runBatches(families.values(), workers, {
    task: FAMILY,
    largestBatch: 1,
    points: () => 1,
    input: ([family]) => ({ ...family, ...both }),
    async onBatch([family], worth) {
      worths[families.indexOf(family)] = worth;
      await call.pause();
    },
  });
  return bestFamily(worths);
}

/** Coordinates to build vines in, the simplest first. */
function basesOf(
  { x, y, settings }: Materials,
  wanted: BasisName | "auto",
  strongest: StrongestPair | undefined,
  found: readonly Basis[],
): Basis[] {
  // No canonical pair holds on other rows: the columns themselves are as good as any combination.
  const given = wanted === "auto" || found.length === 0 ? [givenBasis(x, y, settings, strongest)] : [];
  return [...given, ...found];
}

/** Why coordinates may not hold all there is; undefined where they do. */
function openReason({ basis: { name, x, y } }: Trial, { widest }: Found): string | undefined {
  if (name === "nonlinear" || name === "neighbours") {
    return "no columns or sums of columns but other functions of them share most, and what no function that was tried can tell is missing";
  }
  const used = Math.max(x.length, y.length);
  if (widest <= MOST_TRIED || used >= widest) return undefined;
  return `of ${widest} columns ${used} ${name === "given" ? "columns" : "combinations"} are looked at, those that are most correlated, and what only functions of the others tell is missing`;
}

function result(
  found: Found,
  scale: number,
): Omit<JointInformation, "interaction" | "kinds" | "n" | "warnings"> {
  const { chosen, information, trials, logP } = found;
  const { basis, heldOut } = chosen;
  const labels = { x: basis.x.map(({ label }) => label), y: basis.y.map(({ label }) => label) };
  const contributions = information.cross
    .map(({ x, y, mi, low, high, pValue, cut }) => ({
      x: labels.x[x],
      y: labels.y[y],
      mi: cut ? 0 : scale * mi,
      interval: [scale * low, scale * high] as [number, number],
      pValue,
      independent: cut,
    }))
    .sort((a, b) => b.mi - a.mi);
  const pValue = logP === undefined ? undefined : Math.exp(logP);
  const { mi } = information;
  const low = pValue !== undefined && pValue > CHANCE ? 0 : information.low;
  return {
    mi: scale * mi,
    interval: [scale * low, openReason(chosen, found) === undefined ? scale * information.high : Infinity],
    lowerBound: scale * Math.min(mi, lowerBoundOf(heldOut)),
    pValue,
    basis: basis.name,
    order: labels,
    contributions,
    candidates:
      trials.length > 1
        ? trials.map((trial) => ({
            basis: trial.basis.name,
            lowerBound: scale * lowerBoundOf(trial.heldOut),
          }))
        : [],
  };
}

/** The estimate and its held-out value differ by more than learning the pair copulas costs. */
const LOOSE = { share: 0.35, nats: 0.1 };
/** Nats by which all columns come out below one pair of them before it is told: the vine holds the pair, up to rounding. */
const LEAST_BELOW = 0.005;

function resultWarnings(
  found: Found,
  wanted: BasisName | "auto",
  n: number,
  model: PairModel,
  units: Units,
): Warning[] {
  const { chosen, information, strongest } = found;
  const warnings: Warning[] = [];
  const lowerBound = lowerBoundOf(chosen.heldOut);
  const ceiling = ceilingOf(n, model.ceiling);
  if (information.cross.some(({ mi, cut }) => !cut && mi >= ceiling)) {
    warnings.push({
      code: "near-ceiling",
      message: `a pair of coordinates shares as much as ${n} rows can tell (about ${amountOf(ceiling + 0.5, units, 1)}); read the estimate as "at least".`,
    });
  }
  if (strongest !== undefined && strongest.mi - information.mi > LEAST_BELOW) {
    const [all, alone] = [information.mi, strongest.mi].map((mi) => amountOf(mi, units));
    const remedy =
      wanted === "auto" ? "Read it as at least that." : 'Leave the choice of coordinates to "auto".';
    warnings.push({
      code: "below-pair",
      message: `in these coordinates the estimate is ${all}, but one pair of columns alone shares ${alone}, and all columns share at least as much. ${remedy}`,
    });
  }
  const why = openReason(chosen, found);
  warnings.push(...openWarning(why === undefined ? information.high : Infinity, why ?? CHANGES_FAST));
  const gap = information.mi - lowerBound;
  if (gap > Math.max(LOOSE.nats, LOOSE.share * information.mi)) {
    warnings.push({
      code: "loose-bound",
      message: `the estimate is ${amountOf(information.mi, units)}, but the vine is worth ${amountOf(lowerBound, units)} on rows that it was not fitted to; many weak pairs or few rows. Collect more rows, or try another basis.`,
    });
  }
  return warnings;
}
