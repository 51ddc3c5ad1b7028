import { expect, test } from "vitest";
import { type Stream, shuffled, stream } from "../numerics/random.js";
import { tableOf, tableOfCounts } from "../testing/count-tables.js";
import { type CountTable, pearsonSum } from "./count-table.js";
import { fewMinorPValue } from "./few-minor.js";
import { independencePValue, logPValue } from "./independence.js";
import { pearsonMoments } from "./pearson-moments.js";
import { tallyOf } from "./tally.js";

/** A level a row of the sample, by the counts of the levels. */
const column = (counts: readonly number[]): number[] =>
  counts.flatMap((count, level) => Array.from({ length: count }, () => level));

/** Shares of the tables with these margins that have p at most 5 %, 1 % and 0.1 %. */
function levelsHeld(rows: readonly number[], columns: readonly number[], draws: number, random: Stream) {
  const [x, y] = [column(rows), column(columns)];
  const held = [0.05, 0.01, 0.001].map((level) => ({ level, rejected: 0 }));
  for (let k = 0; k < draws; k++) {
    const p = independencePValue(
      tableOf(
        x,
        Array.from(shuffled(y.length, random), (row) => y[row]),
      ),
    );
    for (const each of held) each.rejected += Number(p <= each.level) / draws;
  }
  return held;
}

/** Every order of the rows of y beside those of x once: values of X²/n + 1, and how often each. */
function permuted(x: readonly number[], y: readonly number[], visit: (table: CountTable) => void): void {
  const order = [...y];
  const walk = (from: number): void => {
    if (from === order.length) {
      visit(tableOf(x, order));
      return;
    }
    const tried = new Set<number>();
    for (let k = from; k < order.length; k++) {
      if (tried.has(order[k])) continue;
      tried.add(order[k]);
      [order[from], order[k]] = [order[k], order[from]];
      walk(from + 1);
      [order[from], order[k]] = [order[k], order[from]];
    }
  };
  walk(0);
}

test.each([
  [
    [3, 3, 2],
    [2, 5, 1],
  ],
  [
    [1, 6, 1],
    [4, 4],
  ],
  [
    [2, 2, 2, 2],
    [3, 4, 1],
  ],
])("mean, variance and skewness of X² are those of all tables with margins %j and %j", (rows, columns) => {
  const [x, y] = [column(rows), column(columns)];
  const n = x.length;
  const values: number[] = [];
  permuted(x, y, (table) => values.push(n * (pearsonSum(table) - 1)));
  const mean = (f: (value: number) => number): number =>
    values.reduce((sum, value) => sum + f(value), 0) / values.length;
  const moments = pearsonMoments(tallyOf(Uint32Array.from(rows)), tallyOf(Uint32Array.from(columns)), n);
  const centre = mean((value) => value);
  const variance = mean((value) => (value - centre) ** 2);
  expect(moments.mean).toBeCloseTo(centre, 9);
  expect(moments.variance).toBeCloseTo(variance, 9);
  expect(moments.skewness).toBeCloseTo(mean((value) => (value - centre) ** 3) / variance ** 1.5, 6);
});

test("two by two levels: Fisher's lady, and a table far out", () => {
  // "The Design of Experiments", 1935: of eight cups six are told.
  const lady = [
    [3, 1],
    [1, 3],
  ];
  expect(independencePValue(tableOfCounts(lady))).toBeCloseTo(34 / 70, 12);
  const far = tableOfCounts([
    [450, 0],
    [0, 450],
  ]);
  // 2 / C(900, 450), the logarithm by Stirling's formula.
  const logChoose = 900 * Math.LN2 - 0.5 * Math.log(Math.PI * 450) - 1 / 3600;
  expect(logPValue(far)).toBeCloseTo(Math.LN2 - logChoose, 6);
  expect(independencePValue(far)).toBeGreaterThan(0);
});

test("it goes far into the tail, and falls with the dependence", () => {
  let last = 0;
  for (const extra of [0, 5, 20, 80, 300]) {
    const p = logPValue(
      tableOfCounts(
        Array.from({ length: 4 }, (_, i) => [0, 1, 2, 3].map((k) => (i === k ? 10 + extra : 10))),
      ),
    );
    expect(p).toBeLessThanOrEqual(last);
    last = p;
  }
  expect(last).toBeLessThan(-500);
});

test.each([
  [
    [29, 1],
    [10, 5, 5, 4, 3, 2, 1],
  ],
  [
    [7, 1, 1, 1],
    [4, 3, 2, 1],
  ],
  [
    [6, 2],
    [3, 3, 2],
  ],
])("where X² takes few values its law is exact: margins %j and %j", (rows, columns) => {
  const [x, y] = [column(rows), column(columns)];
  const random = stream(4);
  const table = tableOf(
    x,
    Array.from(shuffled(y.length, random), (row) => y[row]),
  );
  const observed = pearsonSum(table);
  const p = fewMinorPValue(table);
  if (x.length > 10) {
    // One row apart: its level of y decides, and the rarer that is the larger is X².
    const own = levelOfMinor(table);
    const rarer = columns.filter((count) => count <= own);
    expect(p).toBeCloseTo(rarer.reduce((sum, count) => sum + count, 0) / x.length, 12);
    return;
  }
  let [above, all] = [0, 0];
  permuted(x, y, (other) => {
    above += Number(pearsonSum(other) >= observed - 1e-9);
    all++;
  });
  expect(p).toBeCloseTo(above / all, 9);
});

/** Rows of the level of y that the only row of the rare level has. */
function levelOfMinor({ rows, columns, cells }: CountTable): number {
  const cell = [...cells.count].findIndex((_, k) => rows[cells.x[k]] === 1);
  return columns[cells.y[cell]];
}

test("a single level, or no level that comes back, says nothing", () => {
  expect(independencePValue(tableOf([1, 1, 1, 1, 1], [1, 2, 3, 1, 2]))).toBe(1);
  const all = Array.from({ length: 20 }, (_, k) => k);
  expect(independencePValue(tableOf(all, all))).toBe(1);
});

test.each<[string, number[], number[]]>([
  ["two by two", [20, 15], [10, 25]],
  ["three by four", [10, 10, 20], [5, 15, 10, 10]],
  ["ten by ten, few rows", Array(10).fill(8), Array(10).fill(8)],
  ["unequal", [150, 30, 10, 5, 3, 2], [120, 40, 20, 10, 6, 4]],
  ["nearly all of one level", [190, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [185, 5, 5, 5]],
  ["thirty by thirty", Array.from({ length: 30 }, (_, k) => 1 + (k % 9)), Array(10).fill(14)],
])("under independence it rejects as often as it says, or less: %s", (_, rows, columns) => {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const spare = total(rows) - total(columns);
  if (spare > 0) columns[0] += spare;
  else rows[0] -= spare;
  const draws = 3000;
  for (const { level, rejected } of levelsHeld(rows, columns, draws, stream(11))) {
    // The mean number of rejections and five standard deviations.
    expect(rejected, `at ${level}`).toBeLessThan(level + 5 * Math.sqrt(level / draws));
  }
});

test.each([
  [
    [600, 300, 99, 1],
    [600, 300, 99, 1],
  ],
  [
    [670, 268, 54, 7, 1],
    [668, 270, 52, 9, 1],
  ],
  [
    [67, 27, 5, 1],
    [40, 35, 24, 1],
  ],
])(
  "levels so rare on both sides that they hardly ever meet do not lead: margins %j and %j",
  (rows, columns) => {
    const draws = 1500;
    for (const { level, rejected } of levelsHeld(rows, columns, draws, stream(12))) {
      expect(rejected, `at ${level}`).toBeLessThan(level + 5 * Math.sqrt(level / draws));
    }
  },
);

test("which levels are joined hangs on no names: equally rare ones go together", () => {
  const [x, y] = [column([30, 25, 2, 2, 1, 1, 1]), column([1, 30, 1, 28, 1, 1])];
  const order = shuffled(x.length, stream(5));
  const shuffledY = Array.from(order, (row) => y[row]);
  const p = independencePValue(tableOf(x, shuffledY));
  const renamed = independencePValue(
    tableOf(
      x.map((level) => (level + 3) % 7),
      shuffledY.map((level) => 5 - level),
    ),
  );
  expect(renamed).toBe(p);
  expect(independencePValue(tableOf(shuffledY, x))).toBe(p);
});
