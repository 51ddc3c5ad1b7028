/** What warnings of the library say on the page, which has columns with names and something to press. */
import type { Warning } from "infonet";

/** The switch that tells the page of rows in time. */
export const IN_TIME = "Rows follow each other in time";

/** What stands in for the library's x, y and z. */
export interface Names {
  x: string;
  y: string;
  given?: readonly string[];
}

/** Warnings whose remedy is elsewhere on the page, or that speak of positions. */
const HERE: Partial<Record<Warning["code"], string>> = {
  "serial-dependence": `In x and in y, rows depend on those before, as in a series: p and the interval are those of independent rows and claim too much. Tick “${IN_TIME}” above if they do; if the order of the rows says nothing, remove rows that belong together.`,
  "heavy-ties":
    "Some of these columns have few different values; tied ones are put in random order, so the last digits are a matter of chance.",
  "dropped-columns":
    "Of these columns, some have one value only, or repeat another one; they were left out, and nothing is lost by it.",
};

/** What of a message only programs can do. */
const ELSEWHERE: readonly [RegExp, string][] = [
  [
    / Remove the copies, or, where rows belong together, name their cluster\.$/,
    " Remove the copies from the file.",
  ],
  [
    / Take the mean of every phase off first \(--deseason \d+\)\.$/,
    " Take the mean of every phase off in the file first.",
  ],
];

/**
 * One sentence or two, with the names of the columns.
 *
 * @param isNamed whether the message has them already, as those of a matrix do
 */
export function warningText(
  { code, message }: Warning,
  { x, y, given = [] }: Names,
  isNamed = false,
): string {
  const here = HERE[code];
  const text = here ?? ELSEWHERE.reduce((so, [remedy, instead]) => so.replace(remedy, instead), message);
  const names: Record<string, string> = { x, y, z: given.join(", ") };
  // All at once: a column may be called y.
  const named =
    isNamed && here === undefined
      ? text
      : text.replace(/\b[xyz]\b/gi, (letter) => names[letter.toLowerCase()]);
  return named[0].toUpperCase() + named.slice(1);
}
