import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InfoNet } from "../infonet.js";
import { draws } from "../testing/random.js";

let net: InfoNet;

beforeAll(async () => {
  net = await InfoNet.load();
});

afterAll(() => net.dispose());

const ROWS = 300;
const { normal, uniform } = draws(91);
const numbers = (): number[] => Array.from({ length: ROWS }, normal);
const texts = (): string[] => Array.from({ length: ROWS }, () => "abcd"[Math.floor(4 * uniform())]);
const [x, y, z, c] = [numbers(), numbers(), numbers(), texts()];
const times = <Cell>(cells: readonly Cell[], count: number): Cell[] =>
  Array.from({ length: count }, () => cells).flat();
const codes = (result: { warnings: readonly { code: string }[] }): string[] =>
  result.warnings.map(({ code }) => code);

describe.each([2, 3])("independent rows, all of them written %i times", (count) => {
  test.each([
    { name: "joint of numbers", call: (k: number) => net.joint([times(x, k), times(z, k)], [times(y, k)]) },
    { name: "joint of a number and a text", call: (k: number) => net.joint([times(c, k)], [times(y, k)]) },
    {
      name: "numbers given a number",
      call: (k: number) => net.conditional(times(x, k), times(y, k), [times(z, k)]),
    },
    {
      name: "numbers given a text",
      call: (k: number) => net.conditional(times(x, k), times(y, k), [times(c, k)]),
    },
    {
      name: "a text and a number given a number",
      call: (k: number) => net.conditional(times(c, k), times(y, k), [times(z, k)]),
    },
  ])("$name: as the distinct rows, and said", async ({ call }) => {
    const [once, often] = [await call(1), await call(count)];
    expect(codes(once)).not.toContain("repeated-rows");
    expect(codes(often)).toContain("repeated-rows");
    expect(often.mi).toBeCloseTo(once.mi, 12);
    expect(often.interval).toEqual(once.interval);
    expect(often.pValue).toBe(once.pValue);
    expect(often.n).toBe(ROWS);
  });
});

test("rows that share some of their values only are not copies", async () => {
  const result = await net.conditional(times(x, 2), [...y, ...numbers()], [times(z, 2)]);
  expect(codes(result)).not.toContain("repeated-rows");
  expect(result.n).toBe(2 * ROWS);
});

test("columns that are rounded are no copies", async () => {
  const rounded = (values: readonly number[]): number[] => values.map((value) => Math.round(4 * value));
  const result = await net.conditional(rounded(x), rounded(y), [rounded(z)]);
  expect(codes(result)).not.toContain("repeated-rows");
});

test("numbers that stand for levels come again with them", async () => {
  const towns = Array.from({ length: ROWS }, (_, row) => row % 75);
  const sizes = towns.map((town) => x[town]);
  const either = c.map((level) => (level < "c" ? "yes" : "no"));
  const given = [towns.map((town) => `town ${town}`)];
  for (const result of [
    await net.conditional(either, sizes, given),
    await net.joint([given[0], sizes], [either]),
    await net.estimate(given[0], sizes),
  ]) {
    expect(codes(result)).not.toContain("repeated-rows");
    expect(result.n).toBe(ROWS);
  }
  const { mi, interval } = await net.conditional(either, sizes, given);
  expect(mi).toBe(0);
  expect(interval[1]).toBeLessThan(0.02);
});

test("numbers at the edges of the doubles, within small levels", async () => {
  const towns = Array.from({ length: ROWS }, (_, row) => `town ${row % 75}`);
  const of = (unit: number) =>
    net.conditional(
      x.map((value) => unit * value),
      y.map((value) => unit * value),
      [towns],
    );
  expect((await of(1e300)).mi).toBeCloseTo((await of(1)).mi, 6);
});
