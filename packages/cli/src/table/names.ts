import { distance } from "fastest-levenshtein";
import { CliError } from "../errors.js";

const LISTED = 12;

/** The error for a name that no column has: the nearest name and the list of columns. */
export function missingColumn(file: string, names: readonly string[], wanted: string): CliError {
  const near = nearestColumn(names, wanted);
  const hint = near === undefined ? "." : `; did you mean ${JSON.stringify(near)}?`;
  return new CliError(`${file} has no column ${JSON.stringify(wanted)}${hint} ${listColumns(names)}`);
}

/** The first columns of a table, in a sentence. */
export function listColumns(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).map((name) => JSON.stringify(name));
  const rest = names.length > LISTED ? ` and ${names.length - LISTED} more` : "";
  return `Its columns: ${shown.join(", ")}${rest}.`;
}

/** The column a person most likely meant, or `undefined` if none is near. */
export function nearestColumn(names: readonly string[], wanted: string): string | undefined {
  const target = letters(wanted);
  if (target === "") return undefined;
  let best: string | undefined;
  let bestScore = 0.5;
  for (const name of names) {
    const candidate = letters(name);
    if (candidate === "") continue;
    if (candidate === target) return name;
    const longest = Math.max(candidate.length, target.length);
    const shortest = Math.min(candidate.length, target.length);
    const contained = candidate.includes(target) || target.includes(candidate);
    const alike = 1 - distance(candidate, target) / longest;
    // A part of a name is a good guess only if it is not a scrap of it.
    const score = contained && shortest >= 3 ? Math.max(alike, 0.6 + (0.4 * shortest) / longest) : alike;
    if (score > bestScore) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}
