/** The example `gene-network`: what is direct, what regulates a gene, and what a treatment changed, where it is known. */
import type { Example, Outcome, Run } from "../example.js";
import { drawGenes, type Genes } from "./genes.js";
import { type Fate, picture } from "./picture.js";

const FULL = { genes: 24, cells: 1000 };
const QUICK = { genes: 9, cells: 400 };
/** False discovery rate of what differs. */
const RATE = 0.05;

const keyOf = (x: string, y: string): string => [x, y].sort().join(" – ");

async function run({ quick, seed, signal, report, net }: Run): Promise<Outcome> {
  const { genes: count, cells } = quick ? QUICK : FULL;
  const drawn = drawGenes(seed, count, cells);
  const { columns, genes, links } = drawn;
  // Who was treated would be a common cause that the genes do not tell of: links are looked for among the others.
  const isControl = (_: unknown, cell: number): boolean => columns.treatment[cell] === "control";
  const levels = Object.fromEntries(
    genes.map((gene) => [gene, (columns[gene] as Float64Array).filter(isControl)]),
  );

  report("what is direct");
  const wanted = new Set(links.map(([x, y]) => keyOf(x, y)));
  const { edges } = await net.network(levels, { signal });
  const found = new Set(edges.map(({ x, y }) => keyOf(x, y)));
  const right = [...found].filter((key) => wanted.has(key)).length;
  const all = [...new Set([...links, ...edges.map(({ x, y }): [string, string] => [x, y])])];
  const fateOf = (key: string): Fate => (!found.has(key) ? "missed" : wanted.has(key) ? "found" : "wrong");
  const drawnLinks = all.map((pair) => ({ pair, fate: fateOf(keyOf(...pair)) }));

  report("what regulates the last gene");
  const target = genes[genes.length - 1];
  const regulators = links.flatMap(([from, to]) => (to === target ? [from] : []));
  const { selected } = await net.select(levels, target, { signal });
  const chosen = selected.map(({ column }) => column);
  const parents = regulators.filter((name) => chosen.includes(name)).length;

  report("what the treatment changed");
  const changed = await changes(drawn, { net, signal });
  return {
    figures: [
      { name: "genes", value: count },
      { name: "cells", value: cells },
      { name: "links", value: links.length },
      { name: `regulators of ${target}`, value: regulators.length },
      { name: "columns selected for it", value: chosen.length },
      { name: "links that the treatment cuts", value: drawn.cut.length },
    ],
    checks: [
      {
        name: "precision of the links",
        value: right / Math.max(1, found.size),
        bound: "at least",
        bar: 0.85,
      },
      { name: "recall of the links", value: right / wanted.size, bound: "at least", bar: 0.85 },
      {
        name: `regulators of ${target} that are selected`,
        value: parents / regulators.length,
        bound: "at least",
        bar: 1,
      },
      ...changed,
    ],
    pictures: new Map([["links.svg", picture(genes, drawnLinks)]]),
  };
}

async function changes(
  { columns, genes, cut }: Genes,
  { net, signal }: Pick<Run, "net" | "signal">,
): Promise<Outcome["checks"]> {
  const { columns: own, pairs } = await net.differences(columns, "treatment", { signal });
  const differ = new Set(pairs.flatMap(({ x, y, qValue }) => (qValue <= RATE ? [keyOf(x, y)] : [])));
  // Of pairs without the gene that was switched off and its targets, nothing changed.
  const touched = new Set(cut.flat());
  const same = pairs.filter(({ x, y }) => !touched.has(x) && !touched.has(y));
  const mistaken = same.filter(({ x, y }) => differ.has(keyOf(x, y))).length;
  const kept = cut.filter(([x, y]) => differ.has(keyOf(x, y))).length;
  return [
    { name: "links cut that are told to differ", value: kept / cut.length, bound: "at least", bar: 1 },
    {
      name: "pairs that did not change and are told to",
      value: mistaken / Math.max(1, same.length),
      bound: "at most",
      bar: 0.05,
    },
    {
      name: "rank of the gene whose level the treatment raises, among all genes",
      value: 1 + own.findIndex(({ column }) => column === genes[1]),
      bound: "at most",
      bar: 1,
    },
  ];
}

/** Genes that regulate each other. */
export const geneNetwork: Example = {
  name: "gene-network",
  title: "what is direct, what regulates a gene and what a treatment changed, in genes whose links are known",
  run,
};
