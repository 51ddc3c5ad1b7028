import stringWidth from "string-width";

/**
 * Plain letters, and what numbers and bars are set in: a cell a character. A million of these may be measured, and
 * `stringWidth` takes some ten microseconds for each that is not all ASCII.
 */
const PLAIN = /^[\x20-\x7e\u2013\u202f\u2212\u2588-\u258f]*$/;

/** What is seen as one character, and must not be taken apart. */
const GRAPHEMES = new Intl.Segmenter();

/** Number of terminal cells that a text takes. */
export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** Shortens a text to a number of cells by taking out its middle, where names differ least. */
export function shorten(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text;
  const pieces = Array.from(GRAPHEMES.segment(text), ({ segment }) => segment);
  const head = { text: "", width: 0 };
  const tail = { text: "", width: 0 };
  let from = 0;
  let to = pieces.length - 1;
  while (from <= to) {
    const atHead = head.width <= tail.width;
    const piece = atHead ? pieces[from] : pieces[to];
    const width = displayWidth(piece);
    if (head.width + tail.width + width > cells - 1) break;
    if (atHead) {
      head.text += piece;
      head.width += width;
      from++;
    } else {
      tail.text = piece + tail.text;
      tail.width += width;
      to--;
    }
  }
  return `${head.text}…${tail.text}`;
}

/** Pads with blanks at the end (or at the start) to a number of cells. */
export function pad(text: string, cells: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, cells - displayWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}
