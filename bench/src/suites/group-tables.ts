/** Tables of two groups of rows whose dependence is the same or differs, and of genes that regulate each other. */
import type { Random } from "@infonet/training/evaluate";

/** Pairs of columns of one table: each is independent of all others. */
export const PAIRS = 10;
/** Share of the rows in the first group. */
const FIRST = 0.35;

type Value = number | string;

/** A law of two columns in two groups. */
export interface GroupLaw {
  name: string;
  /** One row. */
  draw(random: Random, group: 0 | 1, differs: boolean): [Value, Value];
}

/** A level whose shares are others in either group. */
const levelOf = (random: Random, group: 0 | 1): number =>
  random.chance(group === 0 ? 0.3 : 0.5) ? 0 : random.chance(0.5) ? 1 : 2;

export const GROUP_LAWS: readonly GroupLaw[] = [
  {
    name: "a line on other scales; its correlation",
    draw(random, group, differs) {
      const r = group === 0 && differs ? 0.4 : 0.7;
      const x = random.normal();
      const y = r * x + Math.sqrt(1 - r * r) * random.normal();
      return group === 0 ? [x, y] : [3 * x + 1, Math.exp(y)];
    },
  },
  {
    name: "heavy tails; the correlation",
    draw(random, group, differs) {
      const r = group === 0 && differs ? 0.6 : 0.3;
      const scale = 1 / Math.sqrt(random.gamma(1));
      const x = random.normal();
      return [scale * x, scale * (r * x + Math.sqrt(1 - r * r) * random.normal())];
    },
  },
  {
    name: "a bow; a line instead",
    draw(random, group, differs) {
      const x = random.normal();
      return [x, (group === 1 && differs ? x : (x * x) / 1.4) + 0.7 * random.normal()];
    },
  },
  {
    name: "rounded numbers; the slope",
    draw(random, group, differs) {
      const x = random.normal();
      const slope = group === 1 && differs ? 0.4 : 0.8;
      return [Math.round(x), Math.round(slope * x + 0.6 * random.normal())];
    },
  },
  {
    name: "levels of other shares beside a number; the order of the means",
    draw(random, group, differs) {
      const level = levelOf(random, group);
      const step = group === 1 && differs ? -0.3 : 0.8;
      return ["abc"[level], step * level + random.normal() + 3 * group];
    },
  },
  {
    name: "two columns of levels of other shares; how often they agree",
    draw(random, group, differs) {
      const level = levelOf(random, group);
      const other = random.chance(group === 1 && differs ? 0.25 : 0.6) ? level : random.integer(0, 2);
      return ["abc"[level], "xyz"[other]];
    },
  },
];

/** A table of {@link PAIRS} pairs of a law, and the pairs that are none. */
export function groupTable(
  law: GroupLaw,
  random: Random,
  n: number,
  differs: boolean,
): { columns: Record<string, Value[]>; related: string[][] } {
  const columns: Record<string, Value[]> = { group: [] };
  for (let k = 0; k < PAIRS; k++) for (const side of ["x", "y"]) columns[`${side}${k}`] = [];
  for (let row = 0; row < n; row++) {
    const group = random.chance(FIRST) ? 0 : 1;
    columns.group.push(group === 0 ? "first" : "second");
    for (let k = 0; k < PAIRS; k++) {
      const [x, y] = law.draw(random, group, differs);
      columns[`x${k}`].push(x);
      columns[`y${k}`].push(y);
    }
  }
  const names = Object.keys(columns).slice(1);
  const related = names.flatMap((a, k) =>
    names.slice(k + 1).flatMap((b) => (a.slice(1) === b.slice(1) ? [] : [[a, b]])),
  );
  return { columns, related };
}

/** A table of genes, and which regulates which. */
export interface GeneTable {
  columns: Record<string, Float64Array>;
  links: [string, string][];
}

/** Genes that regulate others, in this order; the rest regulate nothing. */
const REGULATORS = 12;

/**
 * Expression of genes in cells, after the manner of simulators of regulatory networks: regulators have targets without a loop, some many more than
 * others; a gene is made at a rate that is a product of Hill functions of its one to three regulators (activators or repressors), with
 * log-normal noise. What is measured are Poisson counts of it: each cell is read as deep as chance has it, each gene with an efficiency of its own, so
 * that genes that are read well share the depth of the cell.
 */
export function geneTable(random: Random, genes: number, cells: number): GeneTable {
  const regulatorsOf = Array.from({ length: genes }, (_, gene): { from: number; activates: boolean }[] => {
    const most = Math.min(gene, REGULATORS);
    const count = most === 0 || (gene < REGULATORS && random.chance(0.5)) ? 0 : random.integer(1, 3);
    // Few regulators have most of the targets.
    const chosen = new Set<number>();
    for (let k = 0; k < Math.min(count, most); k++) {
      chosen.add(Math.floor(most * random.between(0, 1) ** 2));
    }
    return [...chosen].map((from) => ({ from, activates: random.chance(0.65) }));
  });
  const efficiency = Array.from({ length: genes }, () => Math.exp(0.8 * random.normal()));
  const columns = Array.from({ length: genes }, () => new Float64Array(cells));
  for (let cell = 0; cell < cells; cell++) {
    const depth = Math.exp(0.5 * random.normal());
    const level = new Float64Array(genes);
    for (let gene = 0; gene < genes; gene++) {
      let rate = 1;
      for (const { from, activates } of regulatorsOf[gene]) {
        const hill = level[from] ** 2 / (1 + level[from] ** 2);
        rate *= 0.1 + 1.8 * (activates ? hill : 1 - hill);
      }
      level[gene] = rate * Math.exp((regulatorsOf[gene].length === 0 ? 0.8 : 0.35) * random.normal());
      columns[gene][cell] = poisson(random, 4 * depth * efficiency[gene] * level[gene]);
    }
  }
  const name = (gene: number): string => `g${gene}`;
  return {
    columns: Object.fromEntries(columns.map((values, gene) => [name(gene), values])),
    links: regulatorsOf.flatMap((list, gene) =>
      list.map(({ from }): [string, string] => [name(from), name(gene)]),
    ),
  };
}

/** A Poisson number: by waiting times, of large means normal. */
function poisson(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const least = Math.exp(-mean);
  let [count, product] = [0, random.between(0, 1)];
  while (product > least) {
    product *= random.between(0, 1);
    count++;
  }
  return count;
}

/** Area under the curve of precision over recall, of links that are ranked, the surest first; those that are not ranked count as missed. */
export function averagePrecision(ranked: readonly boolean[], links: number): number {
  let [found, sum] = [0, 0];
  for (const [k, isLink] of ranked.entries()) {
    if (!isLink) continue;
    found++;
    sum += found / (k + 1);
  }
  return sum / links;
}
