/** What is left of a pair beyond other columns, in a sentence. */
import { fixed } from "@infonet/cli/text/numbers.js";
import { adverb, chanceInWords, mayBeChance, type Numbers, strengthOf } from "./verdict.js";

/** What is left of a pair once other columns are known, beside what it has by itself. */
export function verdictGiven(
  { x, y, given }: { x: string; y: string; given: readonly string[] },
  alone: Numbers,
  beyond: Numbers,
): string {
  const known = given.length === 1 ? given[0] : `${given.slice(0, -1).join(", ")} and ${given.at(-1)}`;
  const once = `Once ${known} ${given.length === 1 ? "is" : "are"} known,`;
  if (mayBeChance(beyond)) {
    const why = mayBeChance(alone)
      ? ", nor by themselves"
      : `: what they share goes through ${given.length === 1 ? "it" : "them"}, or comes from there`;
    return `${once} nothing shows that ${x} and ${y} depend on each other${why}.`;
  }
  const strength = strengthOf(beyond.mi);
  const than =
    beyond.interval[1] < alone.interval[0]
      ? "less than by themselves"
      : beyond.interval[0] > alone.interval[1]
        ? "more than by themselves"
        : "about as much as by themselves";
  return `${once} ${x} and ${y} still depend on each other ${adverb(strength)}, as much as a correlation of ${fixed(strength, 2)} would tell: ${than}.${chanceInWords(beyond)}`;
}
