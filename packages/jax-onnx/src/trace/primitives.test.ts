import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { grad, type numpy as np } from "@jax-js/jax";
import { beforeAll, describe, expect, test } from "vitest";
import { spec } from "../compile.js";
import { trace } from "../jax.js";
import { cases } from "../testing/cases/index.js";
import { setupJax } from "../testing/jax-setup.js";
import { refused, rules } from "./lower.js";

/** Every primitive of the installed jax-js, from its type declarations. */
function primitives(): string[] {
  const main = createRequire(import.meta.url).resolve("@jax-js/jax");
  const types = readFileSync(join(dirname(main), "index.d.ts"), "utf8");
  const body = /declare enum Primitive \{([\s\S]*?)\n\}/.exec(types)?.[1] ?? "";
  return [...body.matchAll(/= "(\w+)"/g)].map((m) => m[1]);
}

beforeAll(() => setupJax("cpu"));

describe("the primitives of jax-js", () => {
  test("are all either compiled or refused by name", () => {
    const all = primitives();
    expect(all.length).toBeGreaterThan(40);
    // `jit` is inlined when a function is traced.
    const known = new Set([...Object.keys(rules), ...Object.keys(refused), "jit"]);
    expect(all.filter((p) => !known.has(p))).toEqual([]);
    expect([...known].filter((p) => !all.includes(p))).toEqual([]);
  });

  test("that are compiled all occur in the differential suite", () => {
    const seen = new Set<string>();
    for (const c of cases) {
      const args = c.args.map((a) => (Array.isArray(a) ? spec(a) : spec(a.shape, a.dtype)));
      for (const eqn of trace(c.fn, args).equations) seen.add(String(eqn.primitive));
      const floats = args.flatMap((a, i) => (a.dtype.startsWith("float") ? [i] : []));
      if (c.gradient || floats.length === 0) continue;
      const total = (...xs: np.Array[]): np.Array => sum(c.fn(...xs));
      for (const eqn of trace(grad(total, { argnums: floats }) as never, args).equations)
        seen.add(String(eqn.primitive));
    }
    expect(Object.keys(rules).filter((p) => !seen.has(p))).toEqual([]);
  });
});

/** Sum of all float leaves. */
function sum(tree: unknown): np.Array {
  const leaves = (t: unknown): np.Array[] => (Array.isArray(t) ? t.flatMap(leaves) : [t as np.Array]);
  const floats = leaves(tree).filter((x) => {
    const keep = String(x.dtype).startsWith("float");
    if (!keep) x.dispose();
    return keep;
  });
  return floats.map((x) => x.sum()).reduce((a, b) => a.add(b.astype(a.dtype))) as np.Array;
}
