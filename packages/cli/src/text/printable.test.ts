import { describe, expect, test } from "vitest";
import { printable } from "./printable.js";

const points = (from: number, to = from) =>
  Array.from({ length: to - from + 1 }, (_, k) => String.fromCodePoint(from + k));

describe("printable", () => {
  test("shows control characters instead of sending them to the terminal", () => {
    expect(printable("a\tb\n")).toBe("a␉b␊");
    expect(printable("\u001b[31mred")).toBe("␛[31mred");
    expect(printable("\u009b2J\u007f")).toBe("\ufffd2J\ufffd");
  });

  test("shows marks that turn the direction of writing", () => {
    expect(printable("abc\u202edef\u2069")).toBe("abc<U+202E>def<U+2069>");
    expect(printable("\ufeff\u061c")).toBe("<U+FEFF><U+061C>");
  });

  test("shows everything that cannot be seen, so that no two names look alike", () => {
    const unseen = [
      ...points(0x200b, 0x200f),
      ...points(0x202a, 0x202e),
      ...points(0x2060, 0x2064),
      ...points(0x2066, 0x2069),
      ...points(0x2028, 0x2029),
      ...points(0xe0001),
      ...points(0xe0020, 0xe007f),
      ...["\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u3164", "\ufeff", "\uffa0", "\ufe0f", "\ufff9"],
    ];
    for (const mark of unseen) {
      const code = (mark.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0");
      expect(printable(`pr${mark}ice`), code).toBe(`pr<U+${code}>ice`);
    }
  });

  test("leaves the marks that words and emoji are spelled with", () => {
    for (const text of [
      "می\u200cخواهم",
      "क्\u200dष",
      "ක්\u200dෂ",
      "\u{1f469}\u{1f3fd}\u200d\u{1f52c}",
      "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}",
      "\u2764\ufe0f\u200d\u{1f525}",
      "1\ufe0f\u20e3",
      "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
      "葛\u{e0100}",
      "größe 身長 😀 e\u0301 שלום",
    ]) {
      expect(printable(text)).toBe(text);
    }
  });

  test("shows them where they spell nothing", () => {
    expect(printable("a\u200cb 1\ufe0f می\u200c\u200cخ \u{1f469}\u200d")).toBe(
      "a<U+200C>b 1<U+FE0F> می<U+200C><U+200C>خ \u{1f469}<U+200D>",
    );
    expect(printable("\u{1f3f4}\u{e0078}\u{e0079}\u{e007f}")).toBe("\u{1f3f4}<U+E0078><U+E0079><U+E007F>");
  });
});
