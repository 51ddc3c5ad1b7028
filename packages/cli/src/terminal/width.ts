const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60\p{Emoji_Presentation}]/u;
const UNSEEN = /[\p{Mn}\p{Me}\p{Cf}]/u;

/**
 * Text that is safe to print: control characters (a column name may hold any) become visible symbols, and so
 * do the marks that turn the direction of writing, which could make a name look like another.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
}

/** Number of terminal cells that a text takes. */
export function displayWidth(text: string): number {
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
