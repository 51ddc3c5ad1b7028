const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60\p{Emoji_Presentation}]/u;
const PLAIN = /^[\x20-\x7e]*$/;
const UNSEEN = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Number of terminal cells that a text takes. */
export function displayWidth(text: string): number {
  // Nearly all texts are plain ones, and a million of them may be measured.
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += UNSEEN.test(char) ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

/** Shortens a text to a number of cells by taking out its middle, where names differ least. */
export function shorten(text: string, cells: number): string {
  if (displayWidth(text) <= cells) return text;
  const chars = [...text];
  let head = "";
  let tail = "";
  let from = 0;
  let to = chars.length - 1;
  while (from <= to) {
    const takeHead = displayWidth(head) <= displayWidth(tail);
    const char = takeHead ? chars[from] : chars[to];
    if (displayWidth(head + tail + char) > cells - 1) break;
    if (takeHead) {
      head += char;
      from++;
    } else {
      tail = char + tail;
      to--;
    }
  }
  return `${head}…${tail}`;
}

/** Pads with blanks at the end (or at the start) to a number of cells. */
export function pad(text: string, cells: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, cells - displayWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}
