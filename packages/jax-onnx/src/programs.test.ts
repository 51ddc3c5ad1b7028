import { beforeAll, describe, expect, it } from "vitest";
import { runCase } from "./testing/differential.js";
import { setupJax } from "./testing/jax-setup.js";
import { randomProgram } from "./testing/programs.js";

const count = Number(process.env.PROGRAMS ?? 60);
const first = Number(process.env.SEED ?? 1);

beforeAll(() => setupJax("cpu"));

describe("random programs of views, products and reductions", () => {
  it(`agree with jax-js, forward and backward (${count} seeds from ${first})`, async () => {
    for (let seed = first; seed < first + count; seed++) {
      const { shapes, fn } = randomProgram(seed * 7919);
      // Inputs are of size one. A result that is zero but for rounding (an axis of equal numbers less its mean)
      // is compared on that scale, not with itself.
      for (const { error } of await runCase({ name: `program ${seed}`, fn, args: shapes, floor: 0.1 }, seed))
        expect(error, `program ${seed}`).toBeLessThan(1e-4);
    }
  });
});
