import { describe, expect, test } from "vitest";
import { levelsAtRandom, texts } from "../testing/levels.js";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

/** An either-or of two columns, a copy of one of them, and noise. */
function eitherOr(n: number) {
  const { normal, uniform } = draws(8);
  const [p, q] = [levelsAtRandom(n, 2, uniform), levelsAtRandom(n, 2, uniform)];
  const y = p.map((value, row) => value ^ q[row]);
  return {
    p: texts(p, "p"),
    q: texts(q, "q"),
    half: texts(
      y.map((value) => (uniform() < 0.2 ? 1 - value : value)),
      "h",
    ),
    noise: Float64Array.from({ length: n }, normal),
    y: texts(y, "y"),
  };
}

describe("summary", () => {
  test("entropies, what each column tells, and an either-or as synergy alone", async () => {
    const columns = eitherOr(400);
    const { entropy, columns: found, pairs } = await net.summary(columns, "y", { pairs: [["p", "q"]] });
    expect(entropy).toBeCloseTo(Math.LN2, 1);
    const names = found.map(({ column }) => column);
    expect(names).toHaveLength(4);
    expect(names[0]).toBe("half");
    // ln 2 less the entropy of an error in 5, and its share.
    expect(Math.abs(found[0].mi - 0.1927)).toBeLessThan(0.06);
    expect(found[0].explained).toBeCloseTo(found[0].mi / (entropy as number), 6);
    expect(found.find(({ column }) => column === "noise")?.entropy).toBeUndefined();
    const [{ mi, unique, redundant, synergistic, interaction }] = pairs;
    expect(mi).toBeCloseTo(unique[0] + unique[1] + redundant + synergistic, 12);
    expect(Math.abs(synergistic - Math.LN2)).toBeLessThan(0.05);
    expect(interaction?.interval[0]).toBeGreaterThan(0.5);
  });

  test("two columns together tell no more of levels than their entropy", async () => {
    for (let seed = 0; seed < 4; seed++) {
      const { normal } = draws(70 + seed);
      const b = Float64Array.from({ length: 800 }, () => 2 * normal());
      const c = b.map(Math.round);
      const columns = {
        b,
        c,
        y: texts(
          Array.from(c, (value) => ((value % 3) + 3) % 3),
          "y",
        ),
      };
      const { entropy = 0, pairs } = await net.summary(columns, "y", { pairs: [["b", "c"]] });
      expect(pairs[0].mi).toBeLessThanOrEqual(entropy + 1e-12);
      expect(pairs[0].mi).toBeGreaterThan(0.9 * entropy);
      expect(pairs[0].interval[1]).toBeLessThanOrEqual(entropy + 1e-12);
    }
  });

  test("two columns of the same are redundant; bits are nats / ln 2; numbers explain variance", async () => {
    const { normal } = draws(9);
    const a = Float64Array.from({ length: 300 }, normal);
    const twin = a.map((value) => Math.exp(value));
    const y = a.map((value) => 0.8 * value + 0.6 * normal());
    const columns = { a, twin, y };
    const nats = await net.summary(columns, "y", { most: 2 });
    const [{ redundant, unique, interaction }] = nats.pairs;
    expect(redundant).toBeGreaterThan(0.35);
    expect(Math.max(...unique)).toBeLessThan(0.05);
    expect(interaction?.mi).toBeLessThan(-0.3);
    // ρ² = 0.64.
    expect(Math.abs(nats.columns[0].explained - 0.64)).toBeLessThan(0.1);
    const bits = await net.summary(columns, "y", { most: 2, units: "bits" });
    expect(bits.pairs[0].redundant * Math.LN2).toBeCloseTo(redundant, 12);
    expect(bits.columns[0].explained).toBe(nats.columns[0].explained);
  });

  test("two by two all parts are of the rows in which both have values", async () => {
    // In the first half y is x and noise, where the other has values; below it is noise alone.
    const { normal } = draws(12);
    const n = 400;
    const x = Float64Array.from({ length: n }, normal);
    const y = x.map((value, row) => (row < n / 2 ? value : 0) + 0.5 * normal());
    const other = y.map((value, row) => (row < n / 2 ? value + normal() : Number.NaN));
    const { columns, pairs } = await net.summary({ x, other, y }, "y");
    const half = (values: Float64Array): Float64Array => values.subarray(0, n / 2);
    const within = await net.summary({ x: half(x), other: half(other), y: half(y) }, "y");
    expect(columns.map(({ column, n }) => [column, n])).toContainEqual(["x", n]);
    expect(pairs).toHaveLength(1);
    expect(pairs[0].n).toBe(n / 2);
    const parts = ({ x, unique, redundant, synergistic }: (typeof pairs)[0]) => {
      const ofX = unique[x === "x" ? 0 : 1];
      return [ofX, unique[0] + unique[1] - ofX, redundant, synergistic];
    };
    parts(within.pairs[0]).forEach((part, k) => {
      expect(parts(pairs[0])[k]).toBeCloseTo(part, 4);
    });
  });

  test("what cannot be used is told, what is asked wrongly too", async () => {
    const columns = { ...eitherOr(100), flat: new Float64Array(100) };
    const { failed, pairs } = await net.summary(columns, "y", { most: 0 });
    expect(failed).toMatchObject([{ column: "flat", code: "constant" }]);
    expect(pairs).toEqual([]);
    await expect(net.summary(columns, "z")).rejects.toMatchObject({ code: "unknown-column" });
    await expect(net.summary(columns, "y", { pairs: [["p", "y"]] })).rejects.toMatchObject({
      code: "invalid-option",
      message: 'pairs has "p" with "y"; name two different columns beside the target.',
    });
  });
});
