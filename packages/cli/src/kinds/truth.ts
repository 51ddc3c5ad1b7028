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

/** Spellings that are understood alone, where another one has both. */
const PLAIN = ["false true", "no yes"];

/** Levels that mean true and false. */
export interface Truth {
  /** 1 for every level that means true, 0 for the others. */
  values: ReadonlyMap<string, number>;
  /** What false and true are called in the column. */
  names: [no: string, yes: string];
}

/**
 * Reads levels as true and false, in any case and in several spellings at once; nothing if one of them is neither, or has no
 * counterpart; full words need none beside another spelling that has both.
 *
 * @param counts the rows that have each level: the names are the most frequent spellings
 */
export function truthOf(levels: readonly string[], counts: readonly number[]): Truth | undefined {
  const words = levels.map((level) => level.toLowerCase());
  const pairs = PAIRS.filter((pair) => pair.some((word) => words.includes(word)));
  const whole = pairs.filter((pair) => pair.every((word) => words.includes(word)));
  // A column of nothing but true is constant, and can be called so.
  const plain = pairs.filter(([no, yes]) => PLAIN.includes(`${no} ${yes}`));
  const used = whole.length > 0 ? [...new Set([...whole, ...plain])] : pairs.filter(([no]) => no === "false");
  const [noes, yeses] = [0, 1].map((side) => new Set(used.map((pair) => pair[side])));
  if (used.length === 0 || words.some((word) => !noes.has(word) && !yeses.has(word))) return undefined;
  if (used.every(([no]) => no === "0")) return undefined;
  const values = new Map(levels.map((level, k) => [level, yeses.has(words[k]) ? 1 : 0]));
  const rowsOf = (word: string) => words.reduce((sum, other, k) => sum + (other === word ? counts[k] : 0), 0);
  // Both names are of one spelling, the most frequent one in words.
  const [main] = used
    .filter(([no]) => no !== "0")
    .sort((p, q) => rowsOf(q[0]) + rowsOf(q[1]) - rowsOf(p[0]) - rowsOf(p[1]));
  const nameOf = (word: string) => {
    const spelt = levels.map((_, k) => k).filter((k) => words[k] === word);
    const [most] = spelt.sort((p, q) => counts[q] - counts[p]);
    return most === undefined ? word : levels[most];
  };
  const isPlain = words.every((word) => word === "true" || word === "false");
  // Programs spell these in many ways and mean one.
  const names: [string, string] = isPlain ? ["false", "true"] : [nameOf(main[0]), nameOf(main[1])];
  return { values, names };
}
