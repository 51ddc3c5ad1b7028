/** Why texts are no categories, by what they look like. */

/** More different texts than this are not taken for categories. */
export const MOST_CATEGORIES = 256;

/**
 * Why so many different texts in so many rows are no categories; nothing if they may be.
 *
 * @param texts some of them
 */
export function unlikelyCategories(
  distinct: number,
  n: number,
  texts: readonly string[],
): string | undefined {
  const many = distinct > 1 && (distinct > MOST_CATEGORIES || distinct * 2 > n);
  if (!many) return undefined;
  const unread = unreadNumber(texts);
  const neither =
    unread && `reads neither as numbers nor as dates (such as ${JSON.stringify(shortened(unread))})`;
  if (distinct === n && n > 2) {
    const counted = `${n} texts, all different, of which nothing can be counted`;
    if (neither !== undefined) return `${neither}: ${counted}`;
    return `looks like ${areIdentifiers(texts) ? "an identifier" : "names or free text"}: ${counted}`;
  }
  const remedy = `${distinct} in ${n} rows; name it in --categorical to use it all the same`;
  const what = `has too many different texts to be categories: ${remedy}`;
  return neither === undefined ? what : `${neither}, and ${what}`;
}

/** Share of the texts that tells what all of them are. */
const MOST = 0.8;

/** A text of those that are made of several numbers or hold one in an odd way: 120/80, 45°12', about 5. */
function unreadNumber(texts: readonly string[]): string | undefined {
  const odd = texts.filter((text) => {
    if (text.length > 40 || !/^(?:[^\p{L}\d]{0,3}\d|(?:ca|circa|about|approx)\b)/iu.test(text)) return false;
    // Long runs of letters are words; codes of letters and digits in one piece are identifiers.
    if (/\p{L}{4,}/u.test(text) || /^[\p{L}\d_-]*$/u.test(text)) return false;
    return !/[@\\]|:\/\//.test(text);
  });
  return odd.length >= MOST * texts.length ? odd[0] : undefined;
}

/** Whether most texts are one word each, with digits or signs, in a few capitals, or all as long as each other. */
function areIdentifiers(texts: readonly string[]): boolean {
  const words = texts.filter((text) => !/\s/.test(text) && text.length <= 200);
  if (words.length < MOST * texts.length) return false;
  const coded = words.filter((text) => /[\d@/_:]|^\p{Lu}{1,5}$/u.test(text)).length >= MOST * words.length;
  return coded || new Set(words.map((text) => text.length)).size === 1;
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
