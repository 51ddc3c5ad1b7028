/** Tables of known structure: what depends directly on what in them, and what a target is made of. */
import type { Random } from "@infonet/training/evaluate";

type Columns = Record<string, Float64Array | string[]>;

/** A table whose direct links are known. */
export interface NetworkTable {
  name: string;
  draw(random: Random, n: number): { columns: Columns; links: [string, string][] };
}

/** A table whose target `y` is made of known columns. */
export interface TargetTable {
  name: string;
  /** What `y` is made of; of columns that say the same, any one will do. */
  parents: readonly (readonly string[])[];
  draw(random: Random, n: number): Columns;
}

/** Makes columns of n rows, each a function of the row and of columns made before. */
function maker(n: number) {
  const numbers: Record<string, Float64Array> = {};
  const texts: Record<string, string[]> = {};
  const links: [string, string][] = [];
  return {
    numbers,
    texts,
    links,
    /** A column, and the columns that it is made of. */
    add(name: string, value: (row: number) => number, ...from: string[]): void {
      numbers[name] = Float64Array.from({ length: n }, (_, row) => value(row));
      for (const other of from) links.push([other, name]);
    },
    addTexts(name: string, value: (row: number) => string): void {
      texts[name] = Array.from({ length: n }, (_, row) => value(row));
    },
    columns: (): Columns => ({ ...numbers, ...texts }),
  };
}

/** Noise of a chain or fork whose correlation is 0.8. */
const REST = 0.6;

export const NETWORK_TABLES: readonly NetworkTable[] = [
  {
    name: "chains, forks, colliders, a diamond",
    draw(random, n) {
      const g = (): number => random.normal();
      const { add, numbers: c, links, columns } = maker(n);
      for (const chain of ["a", "b"]) {
        add(`${chain}1`, g);
        for (let k = 2; k <= 4; k++) {
          const before = `${chain}${k - 1}`;
          add(`${chain}${k}`, (i) => 0.8 * c[before][i] + REST * g(), before);
        }
      }
      add("f", g);
      for (const k of [1, 2, 3]) add(`f${k}`, (i) => 0.8 * c.f[i] + REST * g(), "f");
      add("k1", g);
      add("k2", g);
      add("k", (i) => 0.7 * c.k1[i] + 0.7 * c.k2[i] + 0.4 * g(), "k1", "k2");
      add("d", g);
      add("d1", (i) => 0.8 * c.d[i] + REST * g(), "d");
      add("d2", (i) => -0.8 * c.d[i] + REST * g(), "d");
      add("d3", (i) => 0.6 * c.d1[i] + 0.6 * c.d2[i] + 0.5 * g(), "d1", "d2");
      add("e", g);
      return { columns: columns(), links };
    },
  },
  {
    name: "the same with curves, amounts and categories",
    draw(random, n) {
      const g = (): number => random.normal();
      const { add, addTexts, numbers: c, texts, links, columns } = maker(n);
      add("f", g);
      add("f1", (i) => Math.tanh(2 * c.f[i]) + 0.4 * g(), "f");
      add("f2", (i) => c.f[i] ** 2 / 1.4 + 0.5 * g(), "f");
      add("f3", (i) => c.f[i] + 0.7 * g(), "f");
      add("e1", () => random.gamma(1));
      add("e2", (i) => c.e1[i] * random.between(0.5, 1.5), "e1");
      add("e3", (i) => Math.sqrt(c.e2[i]) + 0.3 * g(), "e2");
      add("e4", (i) => Math.log(0.1 + Math.abs(c.e3[i])) + 0.4 * g(), "e3");
      addTexts("t", () => "abc"[random.integer(0, 2)] as string);
      const place = (i: number): number => "abc".indexOf(texts.t[i]);
      add("t1", (i) => 1.5 * place(i) + g(), "t");
      add("t2", (i) => (place(i) === 1 ? 2 : 0) + g(), "t");
      add("t3", (i) => 0.8 * c.t2[i] + g(), "t2");
      add("k1", g);
      add("k2", g);
      add("k", (i) => 0.8 * c.k1[i] + c.k2[i] ** 2 / 1.4 + 0.4 * g(), "k1", "k2");
      add("s1", () => random.between(0, 1));
      add("s2", (i) => Math.sin(2 * Math.PI * c.s1[i]) + 0.3 * g(), "s1");
      add("s3", (i) => c.s2[i] + 0.5 * g(), "s2");
      add("u", g);
      add("v", () => random.between(0, 1));
      return { columns: columns(), links };
    },
  },
];

/** Columns without a part in the target. */
const OTHERS = 16;

function targetTable(
  name: string,
  parents: readonly (readonly string[])[],
  make: (table: ReturnType<typeof maker>, random: Random) => void,
): TargetTable {
  return {
    name,
    parents,
    draw(random, n) {
      const table = maker(n);
      for (let k = 0; k < OTHERS; k++) table.add(`x${k}`, () => random.normal());
      make(table, random);
      return table.columns();
    },
  };
}

/** Chains of five columns, and a target `y` that is made of columns of three of them. */
export function chains(random: Random, count: number, n: number): Columns {
  const { add, numbers: c, columns } = maker(n);
  for (let chain = 0; chain < count; chain++) {
    add(`c${chain}_0`, () => random.normal());
    for (let k = 1; k < 5; k++) {
      const before = c[`c${chain}_${k - 1}`];
      add(`c${chain}_${k}`, (i) => 0.8 * before[i] + REST * random.normal());
    }
  }
  add("y", (i) => c.c0_2[i] + 0.8 * c.c1_2[i] + 0.6 * c.c2_2[i] + 0.7 * random.normal());
  return columns();
}

const [A, B, C] = [["x0"], ["x1"], ["x2"]];

export const TARGET_TABLES: readonly TargetTable[] = [
  targetTable("a sum of three", [A, B, C], ({ add, numbers: { x0, x1, x2 } }, random) =>
    add("y", (i) => x0[i] + 0.8 * x1[i] + 0.6 * x2[i] + 0.7 * random.normal()),
  ),
  targetTable("a wave and a square", [A, B], ({ add, numbers: { x0, x1 } }, random) =>
    add("y", (i) => Math.sin(2 * x0[i]) + 0.7 * x1[i] ** 2 + 0.5 * random.normal()),
  ),
  targetTable("one of two copies", [["x0", "copy"], B], ({ add, numbers: c }, random) => {
    add("copy", (i) => c.x0[i] + 0.05 * random.normal());
    add("y", (i) => c.x0[i] + 0.8 * c.x1[i] + 0.6 * random.normal());
  }),
  targetTable("either-or of texts", [["p"], ["q"]], ({ addTexts, texts: t }, random) => {
    addTexts("p", () => (random.chance(0.5) ? "yes" : "no"));
    addTexts("q", () => (random.chance(0.5) ? "on" : "off"));
    addTexts("y", (i) => (((t.p[i] === "yes") !== (t.q[i] === "on")) !== random.chance(0.1) ? "1" : "0"));
  }),
  targetTable("a product", [A, B], ({ add, numbers: { x0, x1 } }, random) =>
    add("y", (i) => x0[i] * x1[i] + 0.5 * random.normal()),
  ),
  targetTable("a slope that another column turns", [A, B], ({ add, numbers: { x0, x1 } }, random) =>
    add("y", (i) => x0[i] * (1 + x1[i]) + 0.5 * random.normal()),
  ),
  targetTable("the end of a chain, beside a fork", [["middle"]], ({ add, numbers: c }, random) => {
    add("root", () => random.normal());
    add("middle", (i) => 0.8 * c.root[i] + REST * random.normal());
    add("side", (i) => 0.8 * c.root[i] + REST * random.normal());
    add("y", (i) => 0.8 * c.middle[i] + REST * random.normal());
  }),
  targetTable("three classes", [A, B], ({ addTexts, numbers: { x0, x1 } }, random) =>
    addTexts("y", (i) => {
      const sum = x0[i] + 0.7 * x1[i] + 0.5 * random.normal();
      return sum < -0.6 ? "low" : sum < 0.6 ? "middle" : "high";
    }),
  ),
  targetTable("nothing", [], ({ add }, random) => add("y", () => random.normal())),
];
