import { beforeAll, describe, expect, test } from "vitest";
import { type Case, runCase } from "./testing/differential.js";
import { setupJax } from "./testing/jax-setup.js";
import { randomProgram } from "./testing/programs.js";

const count = Number(process.env.PROGRAMS ?? 45);
const first = Number(process.env.SEED ?? 1);

const tolerance = 1e-4;

beforeAll(() => setupJax("cpu"));

describe("random programs of views, products and reductions", () => {
  test(`agree with jax-js, forward and backward (${count} seeds from ${first})`, async () => {
    for (let seed = first; seed < first + count; seed++) {
      const { shapes, fn } = randomProgram(seed * 7919);
      // Inputs are of size one. A result that is zero but for rounding (an axis of equal numbers less its mean)
      // is compared on that scale, not with itself.
      const program: Case = { name: `program ${seed}`, fn, args: shapes, floor: 0.1 };
      let errors = (await runCase(program, seed)).map((o) => o.error);
      if (!errors.every((error) => error < tolerance)) {
        // Each backend of jax-js has a flaw of its own. The first computes expressions in double precision but
        // keeps results in single, so the gradient of max, which asks where an operand computed again equals the
        // maximum it has kept, can miss it; the other loses digits of the sine of large numbers. What is
        // compiled wrongly agrees with neither.
        await setupJax("wasm");
        const second = await runCase(program, seed).finally(() => setupJax("cpu"));
        errors = errors.map((error, i) => Math.min(error, second[i].error));
      }
      for (const error of errors) expect(error, program.name).toBeLessThan(tolerance);
    }
  });
});
