/** The order in which people have levels: months, days of the week, grades of a scale, numbers in words. For pictures alone. */
import { monthOf, weekdayOf } from "./months.js";

/** Grades from low to high; words for one grade are apart by a bar. */
const SCALES: readonly (readonly string[])[] = [
  "very low,low,medium|moderate|normal|mid|middle|average|med,high,very high",
  "xxs,xs,s,m,l,xl,xxl,xxxl,xxxxl",
  "tiny,very small,small,medium|mid|middle,large|big,very large,huge",
  "never,almost never,rarely|seldom,occasionally,sometimes,often|frequently,usually,almost always,always",
  "strongly disagree,disagree,somewhat disagree,neutral|neither|undecided|neither agree nor disagree,somewhat agree,agree,strongly agree",
  "very dissatisfied,dissatisfied,neutral,satisfied,very satisfied",
  "terrible|very bad,bad,very poor,poor,fair|average|ok,good,very good,excellent",
  "none|absent,minimal,mild|slight,moderate,severe,very severe|critical",
  "short,medium,long",
  "cold,cool,mild,warm,hot",
  "young,middle-aged,old",
].map((scale) => scale.split(","));

const PLACES: readonly ReadonlyMap<string, number>[] = SCALES.map(
  (scale) => new Map(scale.flatMap((grade, place) => grade.split("|").map((word) => [word, place] as const))),
);

/** How months and days of the week begin; to know their names in all languages takes a while. */
const CALENDAR =
  /^(?:[^a-z]|ja|je|ju|fe|f\u00e9|ma|m\u00e4|me|mi|mo|mr|ap|ab|av|au|ag|ao|se|sa|so|su|s\u00e1|oc|ok|ot|ou|no|de|d\u00e9|di|do|en|ge|gi|lu|ma|tu|tr|te|th|to|we|wo|fr|ve|vi|va|za|zo|ke|kv|l\u00f8|l\u00f6|on|pe|p\u00e1)/;

const NATURAL = new Intl.Collator("en", { numeric: true });

/** The levels from first to last, by their positions. */
export function orderOfLevels(levels: readonly string[]): number[] {
  const place = placesOf(levels);
  const order = levels.map((_, code) => code);
  return order.sort((a, b) => place(a) - place(b) || a - b);
}

function placesOf(levels: readonly string[]): (code: number) => number {
  const words = levels.map((level) => level.trim().toLowerCase());
  for (const read of [
    ...(words.every((word) => CALENDAR.test(word)) ? [monthOf, weekdayOf] : []),
    ...PLACES.map((places) => (word: string) => (places.get(word) ?? -1) + 1),
  ]) {
    const places = words.map(read);
    if (places.every((place) => place > 0) && new Set(places).size === places.length) {
      return (code) => places[code];
    }
  }
  // Below and above have their signs in front: <10 is first, and >30 last.
  if (levels.filter((level) => /\d/.test(level)).length * 2 <= levels.length) return () => 0;
  const keys = words.map((word) => ({
    side: /^[<\u2264]|^(?:under|below|less)/.test(word)
      ? 0
      : /^[>\u2265]|^(?:over|above|more)/.test(word)
        ? 2
        : 1,
    text: word.replace(/^[^\p{L}\p{N}]+/u, ""),
  }));
  const sorted = keys
    .map((_, code) => code)
    .sort((a, b) => keys[a].side - keys[b].side || NATURAL.compare(keys[a].text, keys[b].text));
  const places = new Map(sorted.map((code, place) => [code, place]));
  return (code) => places.get(code) as number;
}
