import type { TableColumn } from "@infonet/cli/table/types.js";
import { expect, test } from "vitest";
import { likelyOrder } from "./order.js";
import { adverb, verdict } from "./verdict.js";

const column = (name: string, values: number[]): TableColumn => ({
  name,
  kind: "number",
  values: Float64Array.from(values),
  missing: 0,
});

test("pairs that have much in common at a glance come first, every pair once", () => {
  const rows = Array.from({ length: 500 }, (_, k) => k);
  const noise = rows.map((k) => Math.sin(k * k * 12.9898));
  const columns = [
    column("noise", noise),
    column(
      "line",
      rows.map((k) => k + 20 * Math.cos(k * k)),
    ),
    column(
      "gaps",
      rows.map((k) => (k % 5 ? Number.NaN : Math.sin(k * k * 7.31))),
    ),
    column(
      "bow",
      rows.map((k) => (k - 250) ** 2),
    ),
  ];
  const order = likelyOrder(columns);
  expect(order).toHaveLength(6);
  expect(order[0]).toEqual(["line", "bow"]);
  expect(new Set(order.map((pair) => [...pair].sort().join())).size).toBe(6);
});

const names = { x: "a", y: "b" };

test("a sentence says how strong, and whether it may be chance", () => {
  const strong = verdict(names, { mi: 0.83, interval: [0.7, 0.95], pValue: 0, n: 500 });
  expect(strong).toMatch(
    /^a and b depend on each other strongly: .* a correlation of 0\.90 would\. Chance alone .* thousand/,
  );
  const chance = verdict(names, { mi: 0, interval: [0, 0.02], pValue: 0.4, n: 90 });
  expect(chance).toMatch(
    /^In these 90 rows, nothing shows .*; if they do, the strength is most likely below 0\.20\.$/,
  );
  expect(verdict(names, { mi: 0.1, interval: [0.05, 0.2], pValue: undefined, n: 90 })).not.toMatch(
    /[Cc]hance/,
  );
  expect([0.1, 0.3, 0.6, 0.8, 0.95, 1].map(adverb)).toEqual([
    "a little",
    "somewhat",
    "clearly",
    "strongly",
    "very strongly",
    "almost completely",
  ]);
});
