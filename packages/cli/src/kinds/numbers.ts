/** How people and programs write numbers. */

/** The mark before decimals. */
export type DecimalMark = "." | ",";

/** A text taken apart as a number. */
export interface NumberText {
  /** The digits with whatever stands among them but groups that leave no doubt. */
  body: string;
  /** What the marks in it say. */
  marks: Marks;
  negative: boolean;
  exponent: string;
  /** Unit, currency or %, as one word; empty where there is none. */
  unit: string;
  /** True for `<0.5` and its kin. */
  limit: boolean;
  /** True for `12 ± 0.5`: what stands behind the mark is left out. */
  uncertain?: boolean;
}

/**
 * What points and commas in a number say. `decimal` and `grouped` are sure; `either` is one mark before three digits, as
 * in 1.098; `none` has neither.
 */
export type Marks = "none" | "decimal." | "decimal," | "grouped." | "grouped," | "either." | "either,";

const BLANKS = " \\u00a0\\u2007\\u2009\\u202f";
const MINUS = "\\-\\u2212\\u2010\\u2011\\u2012\\u2013\\uff0d\\ufe63";
const SYMBOLS = "$\\u20ac\\u00a3\\u00a5\\u20b9\\u20bd\\u20a9\\u20aa\\u20ba\\u20b4\\u20ab\\u0e3f\\u00a2";
const CURRENCY = `(?:US|A|C|CA|AU|NZ|HK|S|R|NT|MX)?\\$|[${SYMBOLS}]|EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|RUB|TRY|KRW|Rs\\.?|Fr\\.|kr\\.?|z\\u0142`;
/** No two digits in a row: m2 is a unit, and the rest of a date or code none. */
const UNIT = `(?!\\S*\\d\\d)[\\p{L}%\\u2030\\u00b0\\u2032\\u2033\\u03a9${SYMBOLS}][^\\s()<>=,;:]{0,15}(?:\\s?[\\p{L}/%\\u00b7][^\\s()<>=,;:]{0,9}){0,2}`;
const NUMBER = new RegExp(
  `^(?:(${CURRENCY})\\s*(?=\\())?(\\()?([<>\\u2264\\u2265]=?)?\\s*([+${MINUS}])?\\s*(${CURRENCY})?\\s*([+${MINUS}])?` +
    `(\\d(?:[\\d.,'\\u2019\\u00b4_${BLANKS}]*\\d)?[.,]?|[.,]\\d+)` +
    `([eE][+${MINUS}]?\\d+|[dD][+${MINUS}]?\\d+|\\s?[x\\u00d7*\\u00b7]\\s?10\\^?[+${MINUS}]?\\d+)?\\s*(${UNIT})?([${MINUS}])?(\\))?$`,
  "u",
);
const INFINITE = /^([+\-\u2212])?(?:inf(?:inity)?|\u221e)$/i;
const GROUPED = new RegExp(`^\\d{1,3}(['\\u2019\\u00b4_${BLANKS}])\\d{3}(?:\\1\\d{3})*(?:[.,]\\d*)?$`);
const INDIAN = /^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?$/;
const EITHER = /^[1-9]\d{0,2}[.,]\d{3}$/;

/** Digits of other scripts: the first ten of each block. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;
/** Quotes that a program put about a number, so that another one takes it for text. */
const WRAPPED = /^(?:="(.*)"|'(.*)'|"(.*)")$/;

/** A text with digits of ASCII, without quotes about it. */
function plainly(written: string): string {
  const code = written.charCodeAt(0);
  // Most texts begin with a digit, and are what they are.
  const wrapped = code === 0x22 || code === 0x27 || code === 0x3d ? WRAPPED.exec(written) : null;
  const text = wrapped === null ? written : (wrapped[1] ?? wrapped[2] ?? wrapped[3]).trim();
  return text.replace(OTHER_DIGITS, (digit) =>
    String(
      (digit.charCodeAt(0) -
        (digit >= "\uff10" ? 0xff10 : digit >= "\u0966" ? 0x966 : digit >= "\u06f0" ? 0x6f0 : 0x660)) %
        10,
    ),
  );
}

/** A value, its uncertainty and a unit of both. */
const UNCERTAIN =
  /^([^(].*?)\s*(?:\u00b1|\+\/[-\u2212])\s*(?:\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d+)?(\s*\S.*)?$/u;

/** Takes a text apart as a number; nothing if it is none. */
export function takeApart(written: string): NumberText | undefined {
  const text = plainly(written);
  if (!text.includes("\u00b1") && !text.includes("+/")) return takeCertain(text);
  const [, value, unit = ""] = UNCERTAIN.exec(text) ?? [];
  if (value === undefined) return undefined;
  const own = takeCertain(value);
  if (own === undefined || own.limit || (own.unit !== "" && unit.trim() !== "" && own.unit !== unit.trim())) {
    return undefined;
  }
  const number = own.unit === "" ? takeCertain(value + unit) : own;
  return number && { ...number, uncertain: true };
}

function takeCertain(text: string): NumberText | undefined {
  const match = NUMBER.exec(text);
  if (match === null) {
    const infinite = INFINITE.exec(text);
    if (infinite === null) return undefined;
    const negative = infinite[1] !== undefined && infinite[1] !== "+";
    return { body: "Infinity", marks: "none", negative, exponent: "", unit: "", limit: false };
  }
  const [, outer, open, limit, early, inner, late, digits, exponent = "", unit, trailing, close] = match;
  const signs = [early, late, trailing].filter((sign) => sign !== undefined);
  if ((open === undefined) !== (close === undefined) || signs.length > (open === undefined ? 1 : 0)) {
    return undefined;
  }
  const currency = outer ?? inner;
  if (currency !== undefined && unit !== undefined) return undefined;
  const body = GROUPED.test(digits) ? digits.replace(/[^\d.,]/g, "") : digits;
  const marks = marksOf(body, body !== digits);
  if (marks === undefined) return undefined;
  return {
    body,
    marks,
    negative: open !== undefined || (signs.length > 0 && signs[0] !== "+"),
    exponent:
      exponent === ""
        ? ""
        : `e${exponent.replace(/^\s?[x\u00d7*\u00b7]\s?10\^?|^[eEdD]/, "").replace(/[^\d+]/, "-")}`,
    unit: (currency ?? unit ?? "").trim(),
    limit: limit !== undefined,
  };
}

/** @param grouped whether groups were told by another mark, so that a point or comma is one of decimals */
function marksOf(body: string, grouped: boolean): Marks | undefined {
  if (/[^\d.,]/.test(body)) return undefined;
  const [point, comma] = [body.indexOf("."), body.indexOf(",")];
  if (point < 0 && comma < 0) return "none";
  if (point >= 0 && comma >= 0) {
    const last = body.lastIndexOf(".") > body.lastIndexOf(",") ? "." : ",";
    const whole = body.slice(0, body.lastIndexOf(last));
    const fits =
      last === "."
        ? /^\d{1,3}(?:,\d{3})+$/.test(whole) || INDIAN.test(body)
        : /^\d{1,3}(?:\.\d{3})+$/.test(whole);
    return fits ? `decimal${last}` : undefined;
  }
  const mark = point >= 0 ? "." : ",";
  if (body.indexOf(mark) !== body.lastIndexOf(mark)) {
    const groups = mark === "." ? /^\d{1,3}(?:\.\d{3})+$/ : /^\d{1,3}(?:,\d{3})+$/;
    return !grouped && (groups.test(body) || (mark === "," && INDIAN.test(body)))
      ? `grouped${mark}`
      : undefined;
  }
  return !grouped && EITHER.test(body) ? `either${mark}` : `decimal${mark}`;
}

/**
 * The value of a number.
 *
 * @param decimal the mark before decimals, for a number that does not tell
 */
export function numberValue({ body, marks, negative, exponent }: NumberText, decimal: DecimalMark): number {
  const size = Number(plainDigits(body, marks, decimal) + exponent);
  return negative ? -size : size;
}

/**
 * A number written with a point that leaves no doubt, whatever stands beside it.
 *
 * @param decimal the mark before decimals, for a number that does not tell
 */
export function pointed(part: NumberText, decimal: DecimalMark): string {
  const { body, marks, negative, exponent, unit, limit } = part;
  const digits = plainDigits(body, marks, decimal);
  // No thousands have four digits behind a point.
  const sure = digits.includes(".") ? digits.padEnd(digits.indexOf(".") + 5, "0") : digits;
  const behind = `${unit === "" ? "" : ` ${unit}`}${part.uncertain ? " ± 0" : ""}`;
  return `${limit ? "<" : ""}${negative ? "-" : ""}${sure}${exponent}${behind}`;
}

/** Digits as every program reads them. */
function plainDigits(body: string, marks: Marks, decimal: DecimalMark): string {
  switch (marks) {
    case "none":
    case "decimal.":
      return body.replaceAll(",", "");
    case "decimal,":
      return body.replaceAll(".", "").replace(",", ".");
    case "grouped.":
      return body.replaceAll(".", "");
    case "grouped,":
      return body.replaceAll(",", "");
    default:
      return marks.endsWith(decimal) ? body.replace(",", ".") : body.replace(/[.,]/, "");
  }
}

/** A whole number of any length, or nothing for other numbers. */
export function wholeOf(
  { body, marks, negative, exponent }: NumberText,
  decimal: DecimalMark,
): bigint | undefined {
  const digits = exponent === "" ? plainDigits(body, marks, decimal).replace(/\.0*$/, "") : "";
  if (!/^\d+$/.test(digits)) return undefined;
  return negative ? -BigInt(digits) : BigInt(digits);
}

/** Units of one kind: `day` and `days` are one, as are a currency before and behind. */
export function unitKey(unit: string): string {
  return unit.length > 3 && unit.endsWith("s") ? unit.slice(0, -1) : unit;
}
