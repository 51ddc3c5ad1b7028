import { beforeAll, expect, test } from "vitest";
import { MEDIAN, QUANTILE_LEVELS } from "../network/trunk.js";
import { np, startJax, type Tensor, valueAndGrad } from "../runtime/jax.js";
import { quantileLosses } from "./quantile-loss.js";

beforeAll(() => startJax("cpu"));

const COUNT = QUANTILE_LEVELS.length;
const narrow = QUANTILE_LEVELS.map((level) => 0.5 + 0.02 * (level - 0.5));
const wide = QUANTILE_LEVELS.map((level) => 0.5 + 0.6 * (level - 0.5));

/** The value and its derivative by each quantile of one example. */
async function derivative(quantiles: number[], mi: number, central: number): Promise<[number, number[]]> {
  const objective = (q: Tensor) =>
    quantileLosses(q, { mi: np.array([mi]), central: np.array([central]) }).value;
  const [value, gradient] = valueAndGrad(objective)(np.array([quantiles])) as unknown as [Tensor, Tensor];
  return [(await value.data())[0], [...((await gradient.data()) as Float32Array)]];
}

test("what is reported is the mean pinball loss against the truth", async () => {
  const truth = 0.55;
  const { pinball } = quantileLosses(np.array([wide]), {
    mi: np.array([truth ** 2]),
    central: np.array([0.04]),
  });
  const losses = wide.map((q, k) => (truth - q) * (truth > q ? QUANTILE_LEVELS[k] : QUANTILE_LEVELS[k] - 1));
  expect((await pinball.data())[0]).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / COUNT, 5);
});

test("the middle quantile follows its own label, the others their distance from it the truth", async () => {
  // Truth above every quantile, the label of the middle below it, and the other way round.
  for (const [mi, central, side] of [
    [0.9, 0.16, 1],
    [0.01, 0.36, -1],
  ]) {
    const [, gradient] = await derivative(wide, mi, central);
    // Moving all quantiles together: the label alone decides.
    const together = gradient.reduce((a, b) => a + b, 0);
    expect(Math.sign(together)).toBe(side);
    for (const [k, slope] of gradient.entries()) {
      // Against a truth above, every other quantile wants to go up: the more, the higher its level.
      if (k !== MEDIAN) expect(Math.sign(slope), `level ${QUANTILE_LEVELS[k]}`).toBe(-side);
    }
  }
});

test("an example weighs the more, the narrower its quantiles", async () => {
  const off = 0.1;
  const [, atNarrow] = await derivative(narrow, 0.25, (0.5 + off) ** 2);
  const [, atWide] = await derivative(wide, 0.25, (0.5 + off) ** 2);
  const pull = (gradient: number[]) => -gradient.reduce((a, b) => a + b, 0);
  // Quartiles 0.01 and 0.3 apart.
  expect(pull(atNarrow) / pull(atWide)).toBeCloseTo((0.3 + 0.015) / (0.01 + 0.015), 2);
});

test("without information it is finite", async () => {
  const [value, gradient] = await derivative(new Array(COUNT).fill(0), 0, 0);
  expect(value).toBe(0);
  for (const slope of gradient) expect(Number.isFinite(slope)).toBe(true);
});
