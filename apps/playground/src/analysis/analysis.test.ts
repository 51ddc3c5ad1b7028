import type { TableColumn } from "@infonet/cli/table/types.js";
import type { DependenceNetwork } from "infonet";
import { expect, test } from "vitest";
import { networkHtml } from "./network-view.js";
import { likelyOrder } from "./order.js";
import { adverb, verdict } from "./verdict.js";
import { verdictGiven } from "./verdict-given.js";

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

test("a sentence says what others leave of a pair, and whether that is less or more than it has by itself", () => {
  const numbers = (mi: number, pValue = 0) => ({
    mi,
    interval: [mi * 0.9, mi * 1.1] as [number, number],
    pValue,
    n: 500,
  });
  const given = { ...names, given: ["c", "d", "e"] };
  expect(verdictGiven(given, numbers(0.5), numbers(0.1))).toMatch(
    /^Once c, d and e are known, a and b still depend on each other somewhat, .*: less than by themselves\. Chance/,
  );
  const one = { ...names, given: ["c"] };
  expect(verdictGiven(one, numbers(0.1), numbers(0.5))).toMatch(/^Once c is known, .*: more than by/);
  expect(verdictGiven(one, numbers(0.5), numbers(0.52))).toContain("about as much as by themselves");
  expect(verdictGiven(one, numbers(0.5), numbers(0.01, 0.4))).toMatch(
    /nothing shows that a and b depend on each other: what they share goes through it, or comes from there\.$/,
  );
  expect(verdictGiven(one, numbers(0, 0.7), numbers(0.01, 0.4))).toMatch(/, nor by themselves\.$/);
});

const link = { x: "<a>", y: "b", mi: 0.5, pValue: 0.001 };
const network: DependenceNetwork = {
  units: "nats",
  seed: 0,
  model: "m",
  method: "conditional",
  nodes: ["<a>", "b", "c"],
  communities: [["<a>", "b"], ["c"]],
  edges: [{ ...link, direct: 0.3, given: ["c"], qValue: 0.002 }],
  removed: [{ x: "b", y: "c", mi: 0.2, direct: 0, through: ["<a>"], pValue: 0.6 }],
  failed: [{ x: "<a>", y: "c", error: "<a> and c have too few rows.", code: "too-few-samples" }],
};

test("a network is told whole: links that open, what others go through, communities, what has no answer", () => {
  const markup = networkHtml(network);
  expect(markup).toContain("1 direct link among 3 columns. 1 more pair depends on each other through others");
  expect(markup).toMatch(/data-open="0,1">&lt;a&gt; <span class="times">and<\/span> b</);
  expect(markup).toMatch(/data-open="1,2">.*<td>&lt;a&gt;<\/td><td class="num wide">0\.600</s);
  expect(markup).toMatch(/<ul class="communities"><li>.*&lt;a&gt;, b<\/li><\/ul>/);
  expect(markup).toContain("1 pair without an answer");
  expect(markup).not.toContain("<a>");
  const clr = networkHtml({ ...network, method: "clr", edges: [{ ...network.edges[0], score: 3.2 }] });
  expect(clr).toContain("no more than either column does with all others");
  expect(clr).toMatch(/>Score<.*>3\.2</s);
  const none = networkHtml({ ...network, edges: [], removed: [], communities: [], failed: [] });
  expect(none).toContain("0 direct links among 3 columns.");
  expect(none).not.toContain("<table>");
});
