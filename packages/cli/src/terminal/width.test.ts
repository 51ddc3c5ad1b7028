import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { displayWidth, pad, shorten } from "./width.js";

describe("displayWidth", () => {
  test("counts cells", () => {
    expect(displayWidth("abc")).toBe(3);
    expect(displayWidth("身長")).toBe(4);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(displayWidth("😀")).toBe(2);
    expect(displayWidth("a\u200db")).toBe(2);
  });

  test("counts what is one picture once", () => {
    expect(displayWidth("\u{1f469}\u{1f3fd}\u200d\u{1f52c}")).toBe(2);
    expect(displayWidth("1\ufe0f\u20e3")).toBe(2);
    expect(displayWidth("\u{1f1ea}\u{1f1fa}")).toBe(2);
  });

  test("takes a cell for every character that numbers and bars are set in", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."aZ0 .–−\u202f█▉▊▋▌▍▎▏") });
    fc.assert(
      fc.property(plain, (given) => {
        expect(displayWidth(given)).toBe(given.length);
        expect(stringWidth(given)).toBe(given.length);
      }),
    );
  });
});

const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
const FLAG = "\u{1f1ea}\u{1f1fa}";
const text = fc.string({
  unit: fc.constantFrom("a", "b", " ", "ß", "身", "😀", "\u0301", "ﬁ", FAMILY, FLAG),
});

describe("shorten", () => {
  test("takes out the middle", () => {
    expect(shorten("Flipper Length (mm)", 11)).toBe("Flipp… (mm)");
    expect(shorten("abcdefghij", 5)).toBe("ab…ij");
    expect(shorten("abcdefghij", 6)).toBe("abc…ij");
    expect(shorten("身長体重年齢", 7)).toBe("身長…齢");
  });

  test("takes no picture or letter apart", () => {
    expect(shorten(`${FAMILY}abcdef${FLAG}`, 6)).toBe(`${FAMILY}a…${FLAG}`);
    expect(shorten("e\u0301abcdee\u0301", 3)).toBe("e\u0301…e\u0301");
  });

  test("fits, and leaves alone what fits already", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (given, cells) => {
        const short = shorten(given, cells);
        expect(displayWidth(short)).toBeLessThanOrEqual(cells);
        if (displayWidth(given) <= cells) expect(short).toBe(given);
        else expect(short).toContain("…");
      }),
    );
  });
});

describe("pad", () => {
  test("adds blanks where they are wanted", () => {
    expect(pad("ab", 4)).toBe("ab  ");
    expect(pad("ab", 4, "right")).toBe("  ab");
    expect(pad("abcde", 4)).toBe("abcde");
  });

  test("reaches the width exactly, in cells", () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom("left", "right"),
        (given, cells, align) => {
          const padded = pad(given, cells, align as "left");
          expect(displayWidth(padded)).toBe(Math.max(cells, displayWidth(given)));
          expect(padded.trim()).toBe(given.trim());
        },
      ),
    );
  });
});
