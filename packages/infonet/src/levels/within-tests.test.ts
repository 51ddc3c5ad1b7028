import { expect, test } from "vitest";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { freedOfLevels } from "./freed.js";
import { logLevelsWithin } from "./within-tests.js";

test("the test of levels beside a number within strata holds its level, and sees what strata have in common", () => {
  const { uniform, normal } = draws(2);
  const rounds = 100;
  for (const strata of [4, 60]) {
    let [below, seen] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const z = Array.from({ length: 180 }, () => Math.floor(strata * uniform()));
      const a = codesOf(z.map((v) => (uniform() < (v + 1) / (strata + 1) ? 1 : 0)));
      const levels = codesOf(z);
      const p = (effect: number): number => {
        const y = Float64Array.from(z, (v, row) => v + effect * a.codes[row] + normal());
        return logLevelsWithin(a, freedOfLevels(y, levels), levels);
      };
      if (p(0) <= Math.log(0.05)) below++;
      if (round < 20 && p(1.2) <= Math.log(0.05)) seen++;
    }
    // Four standard errors above 5 %.
    expect(below / rounds).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / rounds));
    expect(seen).toBeGreaterThan(15);
  }
});
