import { describe, expect, test } from "vitest";
import { levelsAtRandom, texts } from "../testing/levels.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { DependenceNetwork } from "./types.js";

const net = await releasedNet();

const linksOf = ({ edges }: DependenceNetwork): string[] =>
  edges.map(({ x, y }) => [x, y].sort().join("–")).sort();

/** A chain, a fork of a category, and a collider. */
function structure(n: number) {
  const { normal, uniform } = draws(3);
  const made = (value: (row: number) => number) => Float64Array.from({ length: n }, (_, row) => value(row));
  const a = made(normal);
  const b = made((k) => 0.8 * a[k] + 0.6 * normal());
  const c = made((k) => 0.8 * b[k] + 0.6 * normal());
  const levels = levelsAtRandom(n, 3, uniform);
  const group = texts(levels, "g");
  const left = made((k) => 1.5 * levels[k] + normal());
  const right = made((k) => (levels[k] === 1 ? 2 : 0) + normal());
  const cause = made(normal);
  const other = made(normal);
  const effect = made((k) => 0.7 * cause[k] + 0.7 * other[k] + 0.3 * normal());
  return { a, b, c, group, left, right, cause, other, effect };
}

const LINKS = ["a–b", "b–c", "cause–effect", "effect–other", "group–left", "group–right"];

describe("network", () => {
  test("chains, forks of categories, colliders: direct links alone, the rest with what it goes through", async () => {
    const network = await net.network(structure(800), { fdr: 0.01 });
    expect(linksOf(network)).toEqual(LINKS);
    expect(network.nodes).toEqual(Object.keys(structure(8)));
    const through = new Map(network.removed.map(({ x, y, through }) => [`${x}–${y}`, through]));
    expect(through.get("a–c")).toEqual(["b"]);
    expect(through.get("left–right")).toEqual(["group"]);
    const ab = network.edges.find(({ x, y }) => x === "a" && y === "b");
    expect(Math.abs((ab?.direct ?? 0) - normalInformation(0.8))).toBeLessThan(0.1);
    expect(network.edges.map(({ direct }) => direct)).toEqual(
      network.edges.map(({ direct }) => direct).sort((p, q) => q - p),
    );
    for (const { pValue, qValue } of network.edges) expect(qValue).toBeGreaterThanOrEqual(pValue);
  });

  test.each([2, 3, 5])("a common cause of %i levels separates the numbers that it moves", async (count) => {
    let direct = 0;
    for (let seed = 0; seed < 8; seed++) {
      const { normal, uniform } = draws(40 + seed);
      const levels = levelsAtRandom(400, count, uniform);
      const moved = () => Float64Array.from(levels, (level) => 2 * level + normal());
      const network = await net.network({ x: moved(), m: texts(levels, "m"), z: moved() });
      if (linksOf(network).includes("x–z")) direct++;
    }
    // Of indicators in the place of which ties were broken, all of them did.
    expect(direct).toBeLessThanOrEqual(2);
  });

  test("a chain through a square loses its ends, whatever is left of one where the other is taken off", async () => {
    let direct = 0;
    for (let seed = 0; seed < 4; seed++) {
      const { normal } = draws(90 + seed);
      const x = Float64Array.from({ length: 1500 }, normal);
      const m = x.map((value) => value * value + 0.2 * normal());
      const z = m.map((value) => value + 0.3 * normal());
      if (linksOf(await net.network({ x, m, z })).includes("x–z")) direct++;
    }
    expect(direct).toBeLessThanOrEqual(1);
  });

  test("links that cannot be looked at beyond others, for want of rows, say so", async () => {
    const { a, b, c } = structure(600);
    const without = (values: Float64Array, part: number) =>
      values.map((value, row) => (row % 3 === part ? Number.NaN : value));
    const network = await net.network({ a: without(a, 0), b: without(b, 1), c: without(c, 2) });
    expect(linksOf(network)).toEqual(["a–b", "a–c", "b–c"]);
    expect(network.edges.every(({ given }) => given.length === 0)).toBe(true);
    expect(network.failed.map(({ x, y }) => x + y)).toContain("ac");
    expect(network.failed.map(({ error }) => error).join(" ")).toContain('beyond "b" there are too few rows');
  });

  test("of two copies of a cause one keeps its link", async () => {
    const { a, b } = structure(200);
    const { edges, removed } = await net.network({ a, twin: a.map((value) => -Math.exp(value)), b });
    expect(edges.map(({ x, y }) => x + y)).toHaveLength(2);
    expect(removed).toHaveLength(1);
    expect(removed[0]).toMatchObject({ y: "b" });
    expect([["a"], ["twin"]]).toContainEqual(removed[0].through);
  });

  test("of three of the same two are linked, and one of them with what they tell of", async () => {
    const { a, b } = structure(240);
    const { edges, removed } = await net.network({
      a,
      b,
      twin: a.map((value) => 1.8 * value + 32),
      third: a.map((value) => -value),
    });
    expect(edges.filter(({ x, y }) => x !== "b" && y !== "b")).toHaveLength(2);
    expect(edges.filter(({ x, y }) => x === "b" || y === "b")).toHaveLength(1);
    for (const { direct, pValue } of removed) expect({ direct, pValue }).toEqual({ direct: 0, pValue: 1 });
  });

  test("where a column of levels stands in the table moves no digit", async () => {
    const { normal, uniform } = draws(61);
    const made = (value: (row: number) => number) => Float64Array.from({ length: 200 }, (_, k) => value(k));
    const x = made(normal);
    const y = made((k) => 0.7 * x[k] + 0.6 * normal());
    const z = made((k) => 0.6 * y[k] + 0.8 * normal());
    const three = Array.from(x, (value) => (value + 0.8 * normal() > 0 ? "a" : uniform() < 0.5 ? "b" : "c"));
    const two = Array.from(x, (value) => 0.5 * value + normal() > 0);
    const columns = { x, y, z, three, two };
    const found = async (names: readonly (keyof typeof columns)[]) => {
      const { edges, removed } = await net.network(
        Object.fromEntries(names.map((name) => [name, columns[name]])),
      );
      const pairs = [...edges, ...removed].map((pair) => ({
        pair: [pair.x, pair.y].sort().join("–"),
        direct: pair.direct,
        pValue: pair.pValue,
      }));
      return pairs.sort((p, q) => p.pair.localeCompare(q.pair));
    };
    const first = await found(["x", "y", "z", "three", "two"]);
    expect(await found(["two", "three", "z", "y", "x"])).toEqual(
      first.map(({ direct, pValue, ...pair }) => ({
        ...pair,
        direct: expect.closeTo(direct, 5),
        pValue: expect.closeTo(pValue ?? 1, 5),
      })),
    );
  });

  test("values that the file rounds, and rows that one column lacks, hide nothing", async () => {
    const { a, b, c } = structure(800);
    const round = (column: Float64Array) => column.map((value) => Math.round(2 * value) / 2);
    const gaps = c.map((value, row) => (row % 5 === 0 ? Number.NaN : value));
    expect(linksOf(await net.network({ a: round(a), b: round(b), c: gaps }))).toEqual(["a–b", "b–c"]);
  });

  test("scales and the order of columns change no link; bits are nats / ln 2", async () => {
    const columns = structure(400);
    const first = await net.network(columns);
    const scaled = {
      ...columns,
      a: columns.a.map((value) => Math.exp(value)),
      c: columns.c.map((v) => 5 - 2 * v),
    };
    expect(linksOf(await net.network(scaled))).toEqual(linksOf(first));
    const bits = await net.network(columns, { units: "bits" });
    expect(bits.edges.map(({ direct }) => direct * Math.LN2)).toEqual(
      first.edges.map(({ direct }) => expect.closeTo(direct, 12)),
    );
    expect(bits.edges.map(({ pValue }) => pValue)).toEqual(first.edges.map(({ pValue }) => pValue));
  });

  test("methods for wide tables: a chain loses its ends by aracne; communities are its parts", async () => {
    const { a, b, c, cause, other, effect } = structure(400);
    const columns = { a, b, c, cause, other, effect };
    const { edges, removed, communities, method } = await net.network(columns, { method: "aracne" });
    expect(method).toBe("aracne");
    expect(linksOf({ edges } as DependenceNetwork)).toEqual(["a–b", "b–c", "cause–effect", "effect–other"]);
    expect(removed).toMatchObject([{ x: "a", y: "c", through: ["b"], pValue: undefined }]);
    expect(communities.map((names) => [...names].sort())).toEqual([
      ["a", "b", "c"],
      ["cause", "effect", "other"],
    ]);
    const clr = await net.network(columns, { method: "clr", fdr: 0.3 });
    for (const { score, pValue, qValue } of clr.edges) {
      expect(score).toBeGreaterThan(0);
      expect(qValue).toBeGreaterThanOrEqual(pValue);
    }
    const scores = clr.edges.map(({ score }) => score as number);
    expect(scores).toEqual([...scores].sort((p, q) => q - p));
  });

  test("pairs that cannot be estimated are listed, the rest goes on", async () => {
    const { a, b, c } = structure(200);
    const { edges, failed } = await net.network({ a, b, c, constant: new Float64Array(200) });
    expect(edges.length).toBeGreaterThan(0);
    expect(failed.map(({ code }) => code)).toEqual(["constant", "constant", "constant"]);
  });
});
