import type { DependenceNetwork } from "infonet";
import { expect, test } from "vitest";
import { MOST_NODES, networkFigure, networkPicture } from "./network-picture.js";

/** A network of cliques of five in a ring, so many columns. */
function ring(columns: number): DependenceNetwork {
  const nodes = Array.from({ length: columns }, (_, k) => `column ${k}`);
  const edges: DependenceNetwork["edges"] = [];
  const add = (a: number, b: number): void => {
    const numbers = { mi: 0.5, direct: 0.3, pValue: 0.001, qValue: 0.002 };
    edges.push({ x: nodes[a], y: nodes[b], given: [], ...numbers });
  };
  for (let from = 0; from < columns; from += 5) {
    for (let a = 0; a < 5; a++) for (let b = a + 1; b < 5; b++) add(from + a, from + b);
    add(from, (from + 5) % columns);
  }
  const communities = Array.from({ length: columns / 5 }, (_, k) => nodes.slice(5 * k, 5 * k + 5));
  const head = { units: "nats", seed: 0, model: "m", method: "conditional" } as const;
  return { ...head, nodes, communities, edges, removed: [], failed: [] };
}

/** Places of what an expression finds. */
const found = (text: string, pattern: RegExp): number[][] =>
  [...text.matchAll(pattern)].map(([, ...numbers]) => numbers.map(Number));

test("60 columns are readable: all within the picture, names apart from each other", () => {
  const svg = networkPicture("genes.csv", ring(MOST_NODES));
  const circles = found(svg, /<circle cx="([-\d.]+)" cy="([-\d.]+)" r="([-\d.]+)"/g);
  expect(circles).toHaveLength(MOST_NODES);
  for (const [x, y, r] of circles) {
    expect(x - r).toBeGreaterThan(0);
    expect(x + r).toBeLessThan(960);
    expect(y - r).toBeGreaterThan(0);
    expect(y + r).toBeLessThan(720);
  }
  const labels = found(svg, /<text x="([-\d.]+)" y="([-\d.]+)" text-anchor="middle"/g);
  let hidden = 0;
  for (const [k, [x, y]] of labels.entries()) {
    // Nine letters of 6.6 pixels, a line of 12.
    if (labels.slice(k + 1).some(([u, v]) => Math.abs(x - u) < 60 && Math.abs(y - v) < 11)) hidden++;
  }
  expect(hidden).toBe(0);
});

test("a report holds no more of the picture than a few columns need, whole with their names", () => {
  const { text } = networkFigure(ring(5));
  const [[left, top, wide, high]] = found(text, /viewBox="([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"/g);
  expect(wide).toBeLessThan(700);
  for (const [x, y, r] of found(text, /<circle cx="([-\d.]+)" cy="([-\d.]+)" r="([-\d.]+)"/g)) {
    // Eight letters of 6.6 pixels, half of them on either side.
    expect(x - 27).toBeGreaterThan(left);
    expect(x + 27).toBeLessThan(left + wide);
    expect(y - r).toBeGreaterThan(top);
    expect(y + r + 14).toBeLessThan(top + high);
  }
});

test("beyond, the columns of the strongest links are drawn and the others told; hostile names are names", () => {
  const { text } = networkFigure(ring(70));
  expect(found(text, /<circle cx="([-\d.]+)"/g).length).toBeLessThanOrEqual(MOST_NODES);
  expect(text).toContain("more columns with links in the table");
  const network = ring(10);
  network.nodes[0] = "<script>";
  for (const edge of network.edges) if (edge.x === "column 0") edge.x = "<script>";
  const svg = networkPicture("a&b.csv", network);
  expect(svg).toContain("&lt;script&gt;");
  expect(svg).not.toContain("<script>");
  expect(networkPicture("f", { ...ring(5), edges: [] })).toContain("0 direct links in f");
});
