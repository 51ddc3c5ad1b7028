/** Documents with something changed at a random place. */

import fc from "fast-check";
import { expect } from "vitest";

type Path = (string | number)[];

/** The part of a document at a place. */
function partAt(root: unknown, path: Path): Record<string | number, unknown> {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown>)[step],
    root,
  ) as Record<string | number, unknown>;
}

/** All places of a document below its root. */
function places(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key];
    return [path, ...places(part, path)];
  });
}

const garbage = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "x",
    "../x",
    true,
    [],
    {},
    [null],
    { file: null },
    "constructor",
    "__proto__",
  ),
  fc.constantFrom(0, -1, 0.5, 1, 1e9, 1e308, -1e308, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  fc.double(),
  fc.string(),
  fc.jsonValue(),
);

const change = fc.record({
  place: fc.nat(),
  other: fc.nat(),
  how: fc.constantFrom("delete", "replace", "swap", "repeat"),
  garbage,
});

/**
 * A document with one to three changes: a part left out, replaced by garbage, exchanged with another, or repeated. As JSON
 * keeps neither NaN nor Infinity, they arrive as null.
 */
export function mutated(original: unknown): fc.Arbitrary<unknown> {
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const root = { document: structuredClone(original) };
    for (const { place, other, how, garbage } of changes) {
      const all = places(root);
      const path = all[place % all.length];
      const key = path[path.length - 1];
      const holder = partAt(root, path.slice(0, -1));
      if (how === "delete" && Array.isArray(holder)) holder.splice(Number(key), 1);
      else if (how === "delete" && holder !== root) delete holder[key];
      else if (how === "repeat" && Array.isArray(holder)) holder.push(structuredClone(holder[key]));
      else if (how === "swap") {
        const from = partAt(root, all[other % all.length]);
        holder[key] = structuredClone(from);
      } else holder[key] = structuredClone(garbage);
    }
    return root.document;
  });
}

/**
 * Asserts that a document is refused with a change, as a model's fault that names the wrong part.
 *
 * @param check what throws
 * @param change of a copy
 */
export function expectRefused<Table>(
  original: Table,
  check: (value: unknown) => Table,
  change: (table: Table) => unknown,
  message: RegExp,
): void {
  const wrong = structuredClone(original);
  change(wrong);
  expect(() => check(wrong)).toThrow(message);
  expect(() => check(wrong)).toThrow(expect.objectContaining({ code: "model" }));
}

/**
 * Asserts that a table by √MI and n, with anything changed, is refused as a model's fault or gives what it must.
 *
 * @param check what throws
 * @param expectSound what must hold of a table that passes
 */
export function expectRefusedOrSound<Table>(
  original: Table,
  check: (value: unknown) => Table,
  expectSound: (table: Table, median: number, n: number) => void,
): void {
  const median = fc.double({ min: -1, max: 3, noNaN: true });
  const size = fc.integer({ min: 8, max: 20_000 });
  fc.assert(
    fc.property(mutated(original), median, size, (value, t, n) => {
      let read: Table;
      try {
        read = check(value);
      } catch (error) {
        expect(error).toMatchObject({ name: "InfoNetError", code: "model" });
        return;
      }
      expectSound(read, t, n);
    }),
    { numRuns: 150 },
  );
}
