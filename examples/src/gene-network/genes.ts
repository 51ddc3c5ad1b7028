/** Genes that regulate each other in cells, some of which were treated: a table whose answers are known. */
import { Random } from "../random.js";

/** What is known of a table of genes. */
export interface Genes {
  /** Levels of every gene by its name, one a cell, and which cells were treated. */
  columns: Record<string, Float64Array | string[]>;
  genes: string[];
  /** Regulator and target of every link. */
  links: [string, string][];
  /** Links that the treatment cuts. */
  cut: [string, string][];
}

/** What one gene does to another. */
interface Effect {
  from: number;
  weight: number;
}

/** Deviation of what no gene explains. */
const NOISE = 0.6;

/**
 * Log levels: gene k is the sum of its regulators' effects, weight · tanh(level) · 1.3, and noise. A third of the genes have no regulator; the
 * others have one, or two, among those before them. In treated cells the first gene, a regulator, does nothing, and the second is somewhat higher.
 */
export function drawGenes(seed: number, count: number, cells: number): Genes {
  const random = new Random(seed, count, cells);
  const regulators = Math.max(3, Math.round(count / 3));
  const effects = Array.from({ length: count }, (_, gene): Effect[] => {
    if (gene < regulators) return [];
    const first = gene % regulators;
    const others = random.uniform() < 0.4 ? [(first + random.integer(1, regulators - 1)) % regulators] : [];
    return [first, ...others].map((from) => ({
      from,
      weight: (random.uniform() < 0.7 ? 1 : -1) * random.uniform(0.8, 1.1),
    }));
  });
  const name = (gene: number): string => `gene ${gene + 1}`;
  const genes = effects.map((_, gene) => name(gene));
  const columns: Record<string, Float64Array | string[]> = { treatment: [] };
  for (const gene of genes) columns[gene] = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    const treated = random.uniform() < 0.5;
    (columns.treatment as string[]).push(treated ? "treated" : "control");
    const levels: number[] = [];
    for (const [gene, own] of effects.entries()) {
      let level = (own.length === 0 ? 1 : NOISE) * random.normal() + (treated && gene === 1 ? 0.8 : 0);
      for (const { from, weight } of own) {
        if (!(treated && from === 0)) level += 1.3 * weight * Math.tanh(levels[from]);
      }
      levels.push(level);
      (columns[genes[gene]] as Float64Array)[cell] = Math.exp(level);
    }
  }
  const links = effects.flatMap((own, gene) =>
    own.map(({ from }): [string, string] => [name(from), name(gene)]),
  );
  return { columns, genes, links, cut: links.filter(([from]) => from === name(0)) };
}
