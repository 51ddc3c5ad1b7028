import { expect, test } from "vitest";
import { unlikelyCategories } from "./refusals.js";

const many = (text: (k: number) => string) => Array.from({ length: 40 }, (_, k) => text(k));
const cause = (text: (k: number) => string) => unlikelyCategories(40, 40, many(text));
const COUNTED = "40 texts, all different, of which nothing can be counted";

test.each([
  ["codes", (k: number) => `k${k}`],
  ["hashes", (k: number) => (k * 7919).toString(16).padStart(8, "a")],
  ["addresses", (k: number) => `https://example.org/${k}`],
  ["lists of codes", (k: number) => `,ci${38_000_000 + k},`],
  [
    "airports",
    (k: number) => (k % 3 === 0 ? `0${k}M` : `A${String.fromCharCode(65 + (k % 26))}${k < 26 ? "" : "X"}`),
  ],
  ["mail", (k: number) => `reader${k}@example.org`],
  [
    "letters alone, all as long",
    (k: number) => `${String.fromCharCode(65 + (k % 26))}Q${k < 26 ? "X" : "Y"}`,
  ],
])("identifiers are called so: %s", (_, text) => {
  expect(cause(text)).toBe(`looks like an identifier: ${COUNTED}`);
});

test.each([
  [
    "names",
    (k: number) => `${"Ada Bert Cleo Dora".split(" ")[k % 4]}${"abcdefghij".slice(0, 1 + (k >> 2))} Meyer`,
  ],
  ["sentences", (k: number) => `We came on day ${k} and left again soon after.`],
])("names and free text are called so: %s", (_, text) => {
  expect(cause(text)).toBe(`looks like names or free text: ${COUNTED}`);
});

test.each([
  ["pressures", (k: number) => `${100 + k}/${60 + k}`],
  ["angles", (k: number) => `${k}\u00b0${k}'12"N`],
  ["places", (k: number) => `${40 + k / 8}, ${5 + k / 4}`],
  ["telephones", (k: number) => `+49 30 ${1_000_000 + k * 37}`],
  ["errors", (k: number) => `${k}.2 (0.${k})`],
])("what may be meant for numbers is said to be none: %s", (_, text) => {
  const such = `reads neither as numbers nor as dates (such as ${JSON.stringify(text(0))})`;
  expect(cause(text)).toBe(`${such}: ${COUNTED}`);
  expect(unlikelyCategories(30, 40, many(text))).toBe(
    `${such}, and has too many different texts to be categories: 30 in 40 rows; name it in --categorical to use it all the same`,
  );
});

test("few texts are no reason", () => {
  expect(unlikelyCategories(20, 40, many(String))).toBeUndefined();
  expect(unlikelyCategories(257, 5000, ["Ulm", "Bern"])).toBe(
    "has too many different texts to be categories: 257 in 5000 rows; name it in --categorical to use it all the same",
  );
});
