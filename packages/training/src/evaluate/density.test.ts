import { expect, test } from "vitest";
import { correlatedNormal, nineCopulas, student } from "./copulas.js";
import { scoreDensities } from "./density.js";
import { additiveUniform } from "./families.js";
import type { Family } from "./family.js";

const OPTIONS = { n: 50, draws: 3, seed: 4 };
const independent = async (samples: readonly unknown[]) => samples.map(() => () => 0);

test("independence is lower by the whole information, the law's own density by nothing", async () => {
  const rho = 0.8;
  const family = correlatedNormal("normal", rho);
  const [blind] = await scoreDensities([family], independent, OPTIONS);
  expect(blind.gap).toBeCloseTo(blind.truth, 12);
  expect(Math.abs(blind.truth - family.truth)).toBeLessThan(0.04);
  expect(blind.worst).toBeGreaterThanOrEqual(blind.gap);
  const uniform: Family = { ...nineCopulas()[4], name: "Clayton" };
  const exact = async (samples: readonly unknown[]) =>
    samples.map(() => (u: number, v: number) => uniform.logRatio!(u, v));
  const [score] = await scoreDensities([uniform], exact, OPTIONS);
  expect(Math.abs(score.gap)).toBeLessThan(1e-6);
});

test("marginals of the families are uniform, and the log ratio of additive noise has its information", async () => {
  for (const family of [
    ...nineCopulas().filter(({ uniforms }) => uniforms),
    additiveUniform(0.3),
    additiveUniform(0.7),
  ]) {
    const places: number[][] = [[], []];
    await scoreDensities(
      [family],
      async (samples) =>
        samples.map(() => (u, v) => {
          places[0].push(u);
          places[1].push(v);
          return 0;
        }),
      OPTIONS,
    );
    for (const list of places) {
      const sorted = list.sort((a, b) => a - b);
      const distance = Math.max(...sorted.map((u, k) => Math.abs(u - (k + 0.5) / sorted.length)));
      // Kolmogorov's bound at one in ten thousand.
      expect(distance, family.name).toBeLessThan(2.2 / Math.sqrt(sorted.length));
    }
  }
  const [score] = await scoreDensities([additiveUniform(0.3)], independent, OPTIONS);
  expect(Math.abs(score.truth - additiveUniform(0.3).truth)).toBeLessThan(0.02);
});

test("a family without marginals is refused by its name", async () => {
  await expect(scoreDensities([student("Student", 0.5, 3)], independent, OPTIONS)).rejects.toThrow(
    /^Student has no log ratio or no marginals/,
  );
});
