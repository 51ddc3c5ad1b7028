import fc from "fast-check";
import { expect, test } from "vitest";
import { completeRows, MISSING } from "./missing.js";

const gaps = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), { maxLength: 60 });

test("complete rows miss a value in no column, of doubles or of codes", () => {
  fc.assert(
    fc.property(gaps, (table) => {
      const doubles = (k: number) => Float64Array.from(table, (row) => (row[k] ? Number.NaN : MISSING));
      const codes = Uint32Array.from(table, (row, k) => (row[2] ? MISSING : k));
      const kept = (without: (row: boolean[]) => boolean) =>
        Uint32Array.from([...table.keys()].filter((k) => without(table[k])));
      expect(completeRows([doubles(0)])).toEqual(kept(([a]) => !a));
      expect(completeRows([doubles(0), doubles(1)])).toEqual(kept(([a, b]) => !a && !b));
      expect(completeRows([doubles(0), codes, doubles(1)])).toEqual(kept((row) => !row.includes(true)));
    }),
  );
});
