import { expect, test } from "vitest";
import { readText } from "../testing/files.js";

const rows = Array.from({ length: 20 }, (_, k) => ({
  region: "NSEW"[k % 4],
  sales: 10 + k,
  share: 1.25 * k,
}));
const lines = (list: readonly { region: string; sales: number; share: number }[]): string =>
  `region,sales,share\n${list.map(({ region, sales, share }) => `${region},${sales},${share}`).join("\n")}\n`;
const sums = {
  region: "Total",
  sales: rows.reduce((sum, { sales }) => sum + sales, 0),
  share: rows.reduce((sum, { share }) => sum + share, 0),
};

test("a last row of sums is told", async () => {
  const { rows: n, notes } = await readText("t.csv", lines([...rows, sums]));
  expect(n).toBe(21);
  expect(notes).toContain(
    "row 21 holds the sum of all others in sales, share: a total is no observation; leave it out",
  );
});

test("neither a sum in the middle, nor one of few rows, nor a last value that is only the largest", async () => {
  for (const list of [[...rows.slice(0, 9), sums, ...rows.slice(9)], [...rows.slice(0, 3), sums], rows]) {
    const { notes } = await readText("t.csv", lines(list));
    expect(notes.join()).not.toContain("sum of all others");
  }
});
