/** Links that were found, missed and made up, on a circle of genes. */
import { svgDocument, svgText } from "../svg.js";

const SIZE = 620;
const RADIUS = 230;

/** What became of a link. */
export type Fate = "found" | "missed" | "wrong";

const STROKES: Record<Fate, string> = {
  found: 'stroke="#0072b2" stroke-width="2"',
  missed: 'stroke="#999" stroke-width="1.5" stroke-dasharray="5 4"',
  wrong: 'stroke="#d55e00" stroke-width="2.5"',
};

/** The picture. */
export function picture(
  genes: readonly string[],
  links: readonly { pair: [string, string]; fate: Fate }[],
): string {
  const places = new Map(
    genes.map((gene, k) => {
      const angle = (2 * Math.PI * k) / genes.length;
      return [gene, { x: Math.sin(angle), y: -Math.cos(angle) }] as const;
    }),
  );
  const at = (gene: string, radius: number): [string, string] => {
    const { x, y } = places.get(gene) as { x: number; y: number };
    return [(SIZE / 2 + radius * x).toFixed(1), (SIZE / 2 + radius * y).toFixed(1)];
  };
  const lines = links.map(({ pair: [a, b], fate }) => {
    const [[x1, y1], [x2, y2]] = [at(a, RADIUS), at(b, RADIUS)];
    return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${STROKES[fate]}/>`;
  });
  const names = genes.map((gene) => {
    const [[x, y], [u, v]] = [at(gene, RADIUS), at(gene, RADIUS + 34)];
    return `<circle cx="${x}" cy="${y}" r="5" fill="#333"/>${svgText(Number(u), Number(v) + 4, gene, { size: 11, anchor: "middle" })}`;
  });
  const key = (["found", "missed", "wrong"] as const).map(
    (fate, k) =>
      `<line x1="16" y1="${22 + 20 * k}" x2="52" y2="${22 + 20 * k}" ${STROKES[fate]}/>${svgText(60, 26 + 20 * k, fate)}`,
  );
  return svgDocument("Links of genes: found, missed and wrong", SIZE, SIZE, [...lines, ...names, ...key]);
}
