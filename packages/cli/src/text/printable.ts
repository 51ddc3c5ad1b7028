/** Scripts whose letters change their shape beside a joiner or non-joiner: there these marks are spelling. */
const JOINING =
  "Arabic Syriac Nko Mongolian Mandaic Adlam Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Balinese Javanese Newa"
    .split(" ")
    .map((script) => `\\p{Script_Extensions=${script}}`)
    .join("");

/** The tags that make a black flag that of England, Scotland or Wales. */
const FLAGS = ["gbeng", "gbsct", "gbwls"].map((region) =>
  [...region].map((letter) => `\\u{${(0xe0000 + letter.charCodeAt(0)).toString(16)}}`).join(""),
);

/**
 * Marks that belong to what they stand in: in flags and families of emoji, in the shape an emoji or a Chinese
 * character is asked for, in words of joining scripts.
 */
const SPELLED = [
  `\\u{1f3f4}(?:${FLAGS.join("|")})\\u{e007f}`,
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})",
  "(?<=\\p{Extended_Pictographic})[\\ufe0e\\ufe0f]",
  "(?<=[0-9#*])\\ufe0f(?=\\u20e3)",
  "(?<=\\p{Script=Han})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]",
  "(?<=\\p{Script=Mongolian})[\\u180b-\\u180d\\u180f]",
  `(?<=[\\p{L}\\p{M}])(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])`,
].join("|");

/** What cannot be seen, or turns the direction of writing, and so makes one name look like another. */
const UNSEEN = "[\\p{Default_Ignorable_Code_Point}\\p{Zl}\\p{Zp}\\ufff9-\\ufffb]";

const SPELLED_OR_UNSEEN = new RegExp(`${SPELLED}|(${UNSEEN})`, "gu");
const ANY_UNSEEN = new RegExp(UNSEEN, "u");

/**
 * Shows what cannot be seen: zero-width characters, marks of the direction of writing, fillers and tags become
 * `<U+202E>`, unless they belong to the word or emoji they stand in.
 */
export function showUnseen(
  text: string,
  show: (mark: string) => string = (mark) =>
    `<U+${(mark.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}>`,
): string {
  // Nearly all names hold none, and a million of them may be printed.
  if (!ANY_UNSEEN.test(text)) return text;
  return text.replace(SPELLED_OR_UNSEEN, (whole, mark?: string) => (mark === undefined ? whole : show(mark)));
}

/**
 * Text that is safe to print: control characters (a column name may hold any) become visible symbols, and what
 * cannot be seen is shown as {@link showUnseen} does.
 */
export function printable(text: string): string {
  const shown = text.replace(/\p{Cc}/gu, (char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
  });
  return showUnseen(shown);
}
