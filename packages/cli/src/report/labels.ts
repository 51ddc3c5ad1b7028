import { clip } from "./values.js";

/** Mean width of a character at the size of the axis labels, rather too wide than too narrow. */
const CHAR = 6.6;
/** Labels may stand out this far beyond the ends of the axis. */
const OVERHANG = 24;

/** A label under an axis: its text, shortened to the room there is, and its line, 0 or 1. */
export interface PlacedLabel {
  text: string;
  line: 0 | 1;
}

/**
 * Fits labels under an axis that runs from 0 to `length`. If they do not fit side by side they alternate
 * between two lines, which doubles their room; what still does not fit is shortened.
 *
 * @param at positions of the labels along the axis, ascending
 */
export function placeLabels(at: readonly number[], labels: readonly string[], length: number): PlacedLabel[] {
  const chars = (k: number, lines: number) => {
    const left = k >= lines ? at[k] - at[k - lines] : 2 * (at[k] + OVERHANG);
    const right = k + lines < at.length ? at[k + lines] - at[k] : 2 * (length - at[k] + OVERHANG);
    return Math.max(2, Math.floor(Math.min(left, right) / CHAR) - 1);
  };
  const fits = labels.every((label, k) => [...label].length <= chars(k, 1));
  return labels.map((label, k) => {
    const line = fits || k % 2 === 0 ? 0 : 1;
    return { text: clip(label, chars(k, fits ? 1 : 2)), line };
  });
}
