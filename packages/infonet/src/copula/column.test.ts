import fc from "fast-check";
import { expect, test } from "vitest";
import { completeRows, MISSING } from "../input/missing.js";
import { codeColumn, sameOrder, selectRows } from "./column.js";

const column = fc.array(fc.constantFrom(Number.NaN, -3, -0, 0, 0.5, 7, 1e300), { maxLength: 60 });

test("places are positions among the distinct values; NaN is missing wherever it stands", () => {
  fc.assert(
    fc.property(column, (values) => {
      const present = values.filter((v) => !Number.isNaN(v)).map((v) => v + 0);
      const distinct = [...new Set(present)].sort((a, b) => a - b);
      const coded = codeColumn(Float64Array.from(values));
      expect(coded.distinct).toBe(distinct.length);
      expect(coded.missing).toBe(values.length - present.length);
      expect([...coded.places]).toEqual(
        values.map((v) => (Number.isNaN(v) ? MISSING : distinct.indexOf(v + 0))),
      );
    }),
  );
});

test("NaN with its sign bit set is missing too", () => {
  const values = new Float64Array([1, Number.NaN, 0]);
  new Uint8Array(values.buffer)[15] |= 0x80;
  expect([...codeColumn(values).places]).toEqual([1, MISSING, 0]);
});

test("selecting rows is coding the selected values", () => {
  fc.assert(
    fc.property(column, column, (a, b) => {
      const length = Math.min(a.length, b.length);
      const [x, y] = [a, b].map((v) => Float64Array.from(v.slice(0, length)));
      const [codedX, codedY] = [codeColumn(x), codeColumn(y)];
      const rows = completeRows([codedX.places, codedY.places]);
      expect(selectRows(codedX, rows)).toEqual(codeColumn(Float64Array.from(rows, (row) => x[row])));
    }),
  );
});

test("columns are in the same order in any unit, in reverse too, and not once one value or gap differs", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 40 }), (values) => {
      const coded = (scale: (value: number) => number) => codeColumn(Float64Array.from(values, scale));
      const itself = coded((value) => value);
      expect(sameOrder(itself, coded(Math.exp))).toBe(true);
      expect(
        sameOrder(
          itself,
          coded((value) => 3 - value),
        ),
      ).toBe(true);
    }),
  );
  const coded = (...values: number[]) => codeColumn(Float64Array.from(values));
  expect(sameOrder(coded(1, 2, 3), coded(1, 3, 2))).toBe(false);
  expect(sameOrder(coded(1, 2, 2), coded(1, 2, 3))).toBe(false);
  expect(sameOrder(coded(1, Number.NaN, 3), coded(9, Number.NaN, 7))).toBe(true);
  expect(sameOrder(coded(1, Number.NaN, 3), coded(1, 2, Number.NaN))).toBe(false);
});
