/** Words that stand for a missing value, and where they are levels after all. */

/** Words that go without saying beside numbers, in any case. */
export const PLAIN_MISSING: readonly string[] = ["na", "n/a", "nan", "null"];

/** Other words for a missing value, in any case: what programs, spreadsheets, databases and people write. */
const TOLD_MISSING = `
  n.a. n.a n/d n.d. nd #n/a #na <na> nat none nil \\n (null) [null] <null> #null! #div/0! #value! #ref! #num! #name? #error!
  -nan nan(ind) -nan(ind) 1.#ind -1.#ind 1.#qnan -1.#qnan
  ? ?? - -- --- \u2013 \u2014 \u2212 . .. ... \u2026 * ** / x \u00b7
  unknown unk missing undefined void empty blank k.a. s/d s.d. tbd tba
`
  .trim()
  .split(/\s+/);
const PHRASES = [
  "not available",
  "not applicable",
  "no data",
  "no value",
  "not measured",
  "#n/a n/a",
  "(blank)",
];

/** All words for a missing value, in lower case. */
export const MISSING_WORDS: ReadonlySet<string> = new Set([...PLAIN_MISSING, ...TOLD_MISSING, ...PHRASES]);

/** Of these, the words that programs write and no person means as a level. */
const NEVER_LEVELS = new Set(
  "na n/a nan null n.a. n.a #n/a #na <na> nat \\n (null) [null] <null> #null! #div/0! #value! #ref! #num! #name? #error! -nan"
    .split(" ")
    .concat("#n/a n/a", "(blank)"),
);

/** Statistics programs number their missing values: .a to .z */
const DOTTED = /^\.[a-z_]$/i;

/** Whether a text stands for a missing value beside numbers and dates. */
export function isMissing(text: string, words?: readonly string[]): boolean {
  return words ? words.includes(text) : MISSING_WORDS.has(text.toLowerCase()) || DOTTED.test(text);
}

/** Whether a missing value of that spelling need not be told. */
export function isPlainMissing(text: string): boolean {
  return PLAIN_MISSING.includes(text.toLowerCase());
}

/** What becomes of words for missing values in a column of texts. */
export interface MissingLevels {
  missing: Set<string>;
  /** Words that are kept, because the other texts are spelt like them. */
  kept: string[];
}

const SPELLINGS: readonly RegExp[] = [/^\p{Lu}{2}$/u, /^\p{Lu}{3}$/u, /^\p{Lu}\p{Ll}*$/u];
/**
 * Tells which texts of a column of words stand for missing values: NA among female and male does; NA among the codes
 * DE, FR and ZA is Namibia, and Null among Smith and Lee a name.
 */
export function missingLevels(texts: readonly string[], words?: readonly string[]): MissingLevels {
  if (words) return { missing: new Set(texts.filter((text) => words.includes(text))), kept: [] };
  const suspects = texts.filter((text) => NEVER_LEVELS.has(text.toLowerCase()) || isMark(text));
  if (suspects.length === 0) return { missing: new Set(), kept: [] };
  const suspected = new Set(suspects);
  const others = texts.filter((text) => !suspected.has(text));
  const worded = others.filter((text) => /[\p{L}\p{N}]/u.test(text));
  const missing = new Set<string>();
  const kept: string[] = [];
  for (const text of suspects) {
    // + and − are levels, and so is ? among ! and *.
    if (isMark(text)) {
      if (worded.length === others.length && (others.length > 0 || suspects.length === 1)) missing.add(text);
    } else if (likeOthers(text, others)) kept.push(text);
    else missing.add(text);
  }
  return { missing, kept };
}

function isMark(text: string): boolean {
  return MISSING_WORDS.has(text.toLowerCase()) && !/[\p{L}\p{N}]/u.test(text);
}

function likeOthers(text: string, others: readonly string[]): boolean {
  const spelling = SPELLINGS.find((candidate) => candidate.test(text));
  if (spelling === undefined || others.length < 2) return false;
  return others.every((other) => spelling.test(other));
}
