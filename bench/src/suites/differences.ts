/** What differs between groups of rows: level and power; and links of genes that regulate each other. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { averagePrecision, GROUP_LAWS, type GroupLaw, geneTable, groupTable, PAIRS } from "./group-tables.js";
import type { Context, Suite } from "./suite.js";

const ROWS = 400;
/** Tables of {@link PAIRS} pairs each: the standard error of a level of 5 % is 0.4 %. */
const TABLES = { level: 300, power: 20 };
const QUICK = { level: 2, power: 1 };
const LEVEL = 0.05;

const GENES = 60;
const CELLS = 600;
const NETWORKS = 8;
/** So high that nearly all links are listed, the surest first. */
const NEARLY_ALL = 0.999;

/** p-values of the pairs of one table. */
async function pValuesOf(
  { net, seed, signal }: Context,
  law: GroupLaw,
  stream: number,
  differs: boolean,
): Promise<number[]> {
  const { columns, related } = groupTable(law, new Random(seed, stream), ROWS, differs);
  const { pairs } = await net.differences(columns, "group", { related, signal });
  return pairs.map(({ pValue }) => pValue);
}

/** Average precision of three rankings of the links of one table of genes. */
interface Ranked {
  /** Share of all pairs that are links: the average precision of a ranking by chance. */
  chance: number;
  plain: number;
  clr: number;
  aracne: number;
  conditional: number;
}

async function rankedOf({ net, seed, signal }: Context, stream: number): Promise<Ranked> {
  const { columns, links } = geneTable(new Random(seed, stream), GENES, CELLS);
  const key = (x: string, y: string): string => [x, y].sort().join(" ");
  const wanted = new Set(links.map(([x, y]) => key(x, y)));
  const precision = (pairs: readonly { x: string; y: string }[]): number =>
    averagePrecision(
      pairs.map(({ x, y }) => wanted.has(key(x, y))),
      wanted.size,
    );
  const { pairs } = await net.matrix(columns, { signal });
  const linksBy = async (method: "clr" | "aracne" | "conditional", fdr: number): Promise<number> => {
    const { edges, removed } = await net.network(columns, { method, fdr, signal });
    return precision([...edges, ...removed]);
  };
  return {
    chance: wanted.size / pairs.length,
    plain: precision(pairs),
    clr: await linksBy("clr", NEARLY_ALL),
    aracne: await linksBy("aracne", NEARLY_ALL),
    conditional: await linksBy("conditional", LEVEL),
  };
}

const meanOf = (items: readonly Ranked[], name: keyof Ranked): number =>
  items.reduce((sum, item) => sum + item[name], 0) / items.length;

export const differences: Suite = {
  title: "What differs between groups, and links of genes",
  about: "differences on pairs that are the same in two groups and that differ; network on simulated genes",
  threads: 1,
  async run(context) {
    const { journal, quick, tell } = context;
    const tables = quick ? QUICK : TABLES;
    const laws: { name: string; level: number[]; power: number[] }[] = [];
    for (const [place, law] of GROUP_LAWS.entries()) {
      const found = { level: [] as number[], power: [] as number[] };
      for (const kind of ["level", "power"] as const) {
        for (let draw = 0; draw < tables[kind]; draw++) {
          tell(`${law.name}, ${kind}: ${draw} of ${tables[kind]} tables`);
          const stream = 10_000 * place + (kind === "power" ? 5000 : 0) + draw;
          const own = await journal.once(`${law.name}, ${kind}, draw ${draw}`, () =>
            pValuesOf(context, law, stream, kind === "power"),
          );
          found[kind].push(...own);
        }
      }
      laws.push({ name: law.name, ...found });
    }
    const networks: Ranked[] = [];
    for (let draw = 0; draw < (quick ? 1 : NETWORKS); draw++) {
      tell(`genes: ${draw} of ${NETWORKS} networks`);
      networks.push(await journal.once(`genes, draw ${draw}`, () => rankedOf(context, 100_000 + draw)));
    }
    const share = (values: readonly number[]): string =>
      percent(values.filter((p) => p <= LEVEL).length / values.length, 1);
    return {
      notes: [
        `Groups: tables of ${ROWS} rows with ${PAIRS} pairs that are independent of each other, about a third of the rows in the first group; p-values of at most 0.05, in %, where the pairs depend on each other in the same way in both groups (${tables.level * PAIRS} pairs a row) and where they do not (${tables.power * PAIRS} pairs; what differs is named behind the semicolon). Scales, places and the shares of levels differ in all of them.`,
        `Genes: ${networks.length} networks of ${GENES} genes in ${CELLS} cells, twelve of which regulate others by Hill functions with log-normal noise; Poisson counts, cells read as deep as chance has it and genes with an efficiency of their own. Average precision (area under precision over recall) of the pairs ranked by each method; pairs ranked by conditional tests are the links at a false discovery rate of 5 %, then those removed.`,
      ],
      tables: [
        {
          title: "`differences`: level and power at 5 %",
          head: ["pairs", "the same, %", "different, %"],
          rows: laws.map(({ name, level, power }) => [name, share(level), share(power)]),
        },
        {
          title: "`network`: links of genes",
          head: ["ranked by", "average precision"],
          rows: [
            ["chance", number(meanOf(networks, "chance"), 3)],
            ["mutual information", number(meanOf(networks, "plain"), 3)],
            ["`aracne`", number(meanOf(networks, "aracne"), 3)],
            ["`clr`", number(meanOf(networks, "clr"), 3)],
            ["`conditional`", number(meanOf(networks, "conditional"), 3)],
          ],
        },
      ],
      pictures: [],
      // Shares instead of thousands of p-values.
      data: {
        laws: laws.map(({ name, level, power }) => ({ name, level: share(level), power: share(power) })),
        networks,
      },
    };
  },
};
