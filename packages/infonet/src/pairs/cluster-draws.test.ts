import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws, permutation } from "../testing/random.js";
import type { ColumnKind } from "../types.js";
import { clusterDraws } from "./cluster-draws.js";

const { normal, uniform } = draws(91);
const SIZES = Array.from({ length: 40 }, () => 1 + Math.floor(10 * uniform()));
const CLUSTERS = SIZES.flatMap((size, k) => new Array<number>(size).fill(k));
const N = CLUSTERS.length;
const number = (): number[] => Array.from({ length: N }, normal);
const levels = (): number[] => Array.from({ length: N }, () => Math.floor(5 * uniform() ** 2));
const coded = (values: readonly number[]) => codeColumn(Float64Array.from(values));

type Side = { values: readonly number[]; kind: ColumnKind };
const drawn = (x: Side, y: Side, clusters: readonly number[] = CLUSTERS): Uint32Array[] =>
  clusterDraws(
    { coded: coded(x.values), kind: x.kind },
    { coded: coded(y.values), kind: y.kind },
    coded(clusters),
  );
/** What the draws hold, whatever the order of their rows. */
const contents = (x: Side, y: Side, clusters?: readonly number[]): string[] =>
  drawn(x, y, clusters).map((rows) =>
    Array.from(rows, (row) => `${x.values[row]} ${y.values[row]}`)
      .sort()
      .join(),
  );

const PAIRS: [string, Side, Side][] = [
  ["two numbers", { values: number(), kind: "number" }, { values: number(), kind: "number" }],
  ["levels and a number", { values: levels(), kind: "category" }, { values: number(), kind: "number" }],
  ["two columns of levels", { values: levels(), kind: "category" }, { values: levels(), kind: "category" }],
];

describe.each(PAIRS)("draws of %s", (_, x, y) => {
  test("hold one row of every cluster, and in sixteen every row", () => {
    const all = drawn(x, y);
    expect(all).toHaveLength(16);
    const seen = new Set<number>();
    for (const rows of all) {
      expect([...rows].map((row) => CLUSTERS[row]).sort((a, b) => a - b)).toEqual(SIZES.map((__, k) => k));
      for (const row of rows) seen.add(row);
    }
    expect(seen.size).toBe(N);
  });

  test("do not hang on the order of the rows, nor on the names of the clusters", () => {
    const order = [...permutation(6, N)];
    const at = (values: readonly number[]): number[] => order.map((row) => values[row]);
    const renamed = CLUSTERS.map((cluster) => (17 * cluster) % 41);
    expect(contents({ ...x, values: at(x.values) }, { ...y, values: at(y.values) }, at(renamed))).toEqual(
      contents(x, y),
    );
  });
});

test("levels of equal sizes: their names and the order of the columns change nothing", () => {
  const n = 40;
  const all = Array.from({ length: n }, (_, i) => i);
  const [a, b] = [all.map((i) => i % 2), all.map((i) => Number((i * 7) % 10 < 5))];
  const clusters = all.map((i) => Math.floor((i * i) / 3) % 13);
  const kind = "category" as const;
  const x: Side = { values: a, kind };
  const y: Side = { values: b, kind };
  const renamed: Side = { values: a.map((level) => 1 - level), kind };
  const rowsOf = (first: Side, second: Side): string[] =>
    drawn(first, second, clusters).map((rows) =>
      Array.from(rows, (row) => `${clusters[row]} ${a[row]} ${b[row]}`)
        .sort()
        .join(),
    );
  expect(rowsOf(renamed, y)).toEqual(rowsOf(x, y));
  expect(rowsOf(y, x)).toEqual(rowsOf(x, y));
});

test("exchanging and mirroring numbers changes nothing", () => {
  const [, x, y] = PAIRS[0];
  const turned = ({ values, kind }: Side): Side => ({ values: values.map((value) => -value), kind });
  const sets = (a: Side, b: Side): string[] =>
    drawn(a, b).map((rows) => [...rows].sort((p, q) => p - q).join());
  expect(sets(y, x)).toEqual(sets(x, y));
  expect(sets(turned(x), y)).toEqual(sets(x, y));
  expect(sets(y, turned(x))).toEqual(sets(x, y));
});

test("there is one draw where clusters are constant or of one row, and fewer of many rows", () => {
  const perCluster: Side = { values: CLUSTERS.map((k) => Math.sin(k)), kind: "number" };
  expect(drawn(perCluster, perCluster)).toHaveLength(1);
  const [, x, y] = PAIRS[0];
  const own = Array.from({ length: N }, (_, row) => row);
  expect(drawn(x, y, own).map((rows) => [...rows])).toEqual([own]);
  const long = Array.from({ length: 100_000 }, (_, row) => row);
  const side: Side = { values: long, kind: "number" };
  expect(
    drawn(
      side,
      { ...side, values: long.map(Math.sin) },
      long.map((row) => row >> 1),
    ),
  ).toHaveLength(8);
});

test("a row of a cluster is as likely as any other", () => {
  // Of two rows one has the larger x: it is drawn in half of all cases.
  const clusters = Array.from({ length: 4000 }, (_, row) => row >> 1);
  const x = clusters.map(normal);
  const [first] = clusterDraws(
    { coded: coded(x), kind: "number" },
    { coded: coded(clusters.map(normal)), kind: "number" },
    coded(clusters),
  );
  const larger = first.filter((row) => x[row] > x[row ^ 1]).length;
  expect(Math.abs(larger - 1000)).toBeLessThan(4 * Math.sqrt(500));
});
