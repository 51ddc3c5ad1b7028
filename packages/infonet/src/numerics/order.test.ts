import fc from "fast-check";
import { expect, test } from "vitest";
import { order } from "./order.js";

test("sorts any finite numbers, stably", () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, -1, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (values) => {
      const expected = values.map((_, i) => i).sort((i, j) => values[i] - values[j] || i - j);
      expect([...order(Float64Array.from(values))]).toEqual(expected);
    }),
  );
});
