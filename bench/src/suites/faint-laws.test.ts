import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { faintLaws } from "./faint-laws.js";

const DRAWS = 20_000;
const LAWS = faintLaws(0.05);

test.each(LAWS)("$name has the information asked for, in its draws too", (law) => {
  expect(law.information).toBeCloseTo(0.05, 6);
  const rng = new Random(3);
  const ratios = Array.from({ length: DRAWS }, () => {
    const x = law.x(rng);
    return law.logRatio(x, law.y(x, rng));
  });
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / DRAWS;
  const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / DRAWS;
  // Four standard errors.
  expect(Math.abs(mean - law.information)).toBeLessThan(4 * Math.sqrt(variance / DRAWS));
});

test("a line and fields have it in closed form", () => {
  const [line] = LAWS;
  const rho = Math.sqrt(1 - Math.exp(-0.1));
  // log c(x, y) of a normal pair at (1, 1).
  const closed = 0.05 - (rho * rho * 2 - 2 * rho) / (2 * (1 - rho * rho));
  expect(line.logRatio(1, 1)).toBeCloseTo(closed, 4);
  const fields = LAWS.at(-1);
  const a = Math.exp(fields?.logRatio(0.1, 0.1) ?? 0) - 1;
  expect(((1 + a) * Math.log(1 + a) + (1 - a) * Math.log(1 - a)) / 2).toBeCloseTo(0.05, 6);
});
