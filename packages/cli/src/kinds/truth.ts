/** True and false, as people and programs write them. */

/** False and true of one spelling each. */
const PAIRS: readonly (readonly [no: string, yes: string])[] = [
  ["false", "true"],
  ["no", "yes"],
  ["n", "y"],
  ["f", "t"],
  ["off", "on"],
  ["nein", "ja"],
  ["non", "oui"],
  ["no", "sí"],
  ["no", "si"],
  ["nej", "ja"],
  ["nee", "ja"],
  ["não", "sim"],
  ["nie", "tak"],
  ["нет", "да"],
  // Digits are numbers unless words stand beside them.
  ["0", "1"],
];

/** Levels that mean true and false. */
export interface Truth {
  /** 1 for every level that means true, 0 for the others. */
  values: ReadonlyMap<string, number>;
  /** What false and true are called in the column. */
  names: [no: string, yes: string];
}

/**
 * Reads levels as true and false, in any case and in several spellings at once; nothing if one of them is neither, or has no
 * counterpart.
 *
 * @param counts the rows that have each level: the names are the most frequent spellings
 */
export function truthOf(levels: readonly string[], counts: readonly number[]): Truth | undefined {
  const words = levels.map((level) => level.toLowerCase());
  const pairs = PAIRS.filter((pair) => pair.some((word) => words.includes(word)));
  const whole = pairs.filter((pair) => pair.every((word) => words.includes(word)));
  // A column of nothing but true is constant, and can be called so.
  const used = whole.length > 0 ? whole : pairs.filter(([no]) => no === "false");
  const [noes, yeses] = [0, 1].map((side) => new Set(used.map((pair) => pair[side])));
  if (used.length === 0 || words.some((word) => !noes.has(word) && !yeses.has(word))) return undefined;
  if (used.every(([no]) => no === "0")) return undefined;
  const values = new Map(levels.map((level, k) => [level, yeses.has(words[k]) ? 1 : 0]));
  const nameOf = (value: number) => {
    const spelt = levels.map((_, k) => k).filter((k) => values.get(levels[k]) === value);
    const named = spelt.filter((k) => !/^\d$/.test(levels[k]));
    const [most] = (named.length > 0 ? named : spelt).sort((a, b) => counts[b] - counts[a]);
    return most === undefined ? undefined : levels[most];
  };
  const isPlain = words.every((word) => word === "true" || word === "false");
  // Programs spell these in many ways and mean one.
  const names: [string, string] = isPlain ? ["false", "true"] : [nameOf(0) ?? "false", nameOf(1) ?? "true"];
  return { values, names };
}
