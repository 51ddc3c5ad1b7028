/** Guesses which option was meant. */

import { distance } from "fastest-levenshtein";

/** What other libraries call an option, or what one might, in lower-case letters alone. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  seed: ["random", "randomstate", "randomseed", "rng", "prng"],
  units: ["base", "logbase", "log"],
  signal: ["abort", "abortsignal", "abortcontroller", "controller", "cancel"],
  onProgress: ["progress", "callback", "onupdate"],
  threads: ["workers", "nthreads", "numthreads", "threadcount", "njobs", "concurrency", "parallel"],
  model: ["folder", "path", "modelpath", "modelurl", "url"],
  wasm: ["wasmpath", "wasmpaths", "wasmurl"],
  k: ["neighbours", "neighbors", "nneighbours", "nneighbors", "numneighbors", "kneighbors", "knn"],
  permutations: ["npermutations", "numpermutations", "perms", "shuffles", "resamples"],
  slices: ["maxslices", "nslices", "numslices", "projections", "nprojections"],
  regularization: ["epsilon", "eps", "lambda", "strength", "temperature"],
  iterations: ["epochs", "steps", "iters", "niter", "maxiter"],
  batch: ["batchsize"],
  hidden: ["hiddensize", "hiddenunits", "width", "nhidden"],
  learningRate: ["lr", "rate", "stepsize"],
  heldOut: ["testsize", "holdout", "validation", "validationsplit", "test"],
  normalScores: ["copula", "ranks", "rank", "scores"],
  standardize: ["normalize", "normalise", "scale", "zscore"],
  bandwidth: ["h", "bw", "bwmethod", "kernelwidth"],
  leaveOneOut: ["loo"],
  bins: ["nbins", "binning"],
  count: ["bincount", "nbins"],
  correction: ["biascorrection", "bias"],
  biasCorrection: ["correction", "bias"],
};

/** Share of letters from which two words are alike. */
const ALIKE = 0.5;

/** The name that was most likely meant, or `undefined` if none is near: the same letters, a synonym, few edits away. */
export function nearestName(names: readonly string[], wanted: string): string | undefined {
  const target = letters(wanted);
  if (target === "") return undefined;
  const exact =
    names.find((name) => letters(name) === target) ??
    names.find((name) => Object.hasOwn(SYNONYMS, name) && SYNONYMS[name].includes(target));
  if (exact !== undefined) return exact;
  let best: string | undefined;
  let bestScore = ALIKE;
  for (const name of names) {
    const candidate = letters(name);
    const score = 1 - distance(candidate, target) / Math.max(candidate.length, target.length);
    if (score > bestScore) [best, bestScore] = [name, score];
  }
  return best;
}

/** What is left when neither case nor the writing of compounds counts. */
function letters(name: string): string {
  // No option is nearly as long; a name of a megabyte should not be compared letter by letter.
  return name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
}
