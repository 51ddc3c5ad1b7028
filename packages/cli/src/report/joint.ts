/** The report of what two groups of columns tell of each other. */
import type { JointInformation } from "infonet";
import type { Engine } from "../engine.js";
import { BASES, groupKinds, interactionInWords, type JointHead, ofVine, withNames } from "../output/joint.js";
import type { Table } from "../table/types.js";
import { fixed, formatP } from "../text/numbers.js";
import { columnTable } from "./column-table.js";
import { type EstimateRow, estimateTable } from "./estimates.js";
import { html } from "./html.js";
import { cautions, more, pageOf, type Section, saidOfRows, tiles } from "./page.js";
import { closeUp, completeRowsOf, estimatePairs, pairRow } from "./pairs.js";

/** Pairs of columns that are estimated by themselves. */
const MOST_PAIRS = 60;
/** Pairs shown close up. */
const MOST_CARDS = 4;
/** Parts that are listed. */
const MOST_PARTS = 100;

/** Two groups of columns, as one page: together, pair by pair, and where it is. */
export async function jointReport(
  engine: Engine,
  table: Table,
  head: JointHead,
  given: JointInformation,
  signal: AbortSignal,
): Promise<string> {
  const result = withNames(head, given);
  const { units, seed, model } = head;
  const settings = { units, seed, model, signal };
  const complete = completeRowsOf(table, [...head.x, ...head.y]);
  const pairs = head.x.flatMap((x) => head.y.map((y) => [x, y] as const));
  const found = await estimatePairs(engine, complete, pairs.slice(0, MOST_PAIRS), settings);
  const strongest = found
    .filter(({ estimate }) => estimate !== undefined)
    .sort((a, b) => (b.estimate?.mi ?? 0) - (a.estimate?.mi ?? 0));
  const failed = found.filter(({ estimate }) => estimate === undefined);
  const together: EstimateRow = { ...result, name: html`<b>all together</b>` };
  const rows = [
    together,
    ...[...strongest, ...failed].map((pair, k) =>
      pairRow(
        pair,
        html`<b>${pair.cell.x}</b> <span class="times">×</span> <b>${pair.cell.y}</b>`,
        k < MOST_CARDS ? k : undefined,
      ),
    ),
  ];
  const interaction = interactionInWords(result.interaction, units);
  const [x, y] = [head.x, head.y].map((names) => names.join(", "));
  return pageOf({
    kind: "Two groups of columns",
    file: table.file,
    about: `${x} × ${y}`,
    heading: html`<bdi>${x}</bdi> × <bdi>${y}</bdi>`,
    rows: table.rows,
    columns: head.x.length + head.y.length,
    said: saidOfRows(head.series, result.n),
    ...{ units, seed, model },
    head: html`${tiles([
      [
        `${fixed(result.mi)} ${units}`,
        "told together",
        `90 % interval ${fixed(result.interval[0])} to ${fixed(result.interval[1])}`,
      ],
      [formatP(result.pValue), "p of independence"],
      ...(ofVine(result)
        ? [[fixed(result.lowerBound), "lower bound", "on rows it was not fitted to"] as const]
        : []),
      ...(interaction === undefined
        ? []
        : [[interaction.size, interaction.word, interaction.range] as const]),
    ])}
${cautions(result.warnings)}`,
    sections: [
      {
        id: "together",
        name: "Together and apart",
        content: html`<section id="together"><h2>Together and apart</h2><p>All columns of both groups, and each pair of columns by itself, in the rows where all have a value. The dot is the estimate, the bar its 90 % interval${!Number.isFinite(result.interval[1]) && "; one that reaches the end of the axis is open"}.</p>${estimateTable("columns", rows, units)}${more(pairs.length - found.length, "pair")}</section>`,
      },
      partSection(result, head),
      closeUp(
        complete,
        strongest.slice(0, MOST_CARDS),
        settings,
        "The strongest pairs of a column of each group: the rows as they are, and where values come together more often than if the columns were independent.",
      ),
      {
        id: "columns",
        name: "Columns",
        content: html`<section id="columns"><h2>Columns</h2><p>Taken for ${groupKinds(result.kinds.x)} × ${groupKinds(result.kinds.y)}.</p>${columnTable(table)}</section>`,
      },
      candidateSection(result),
      READING,
    ],
    footer:
      "Made by infonet: pairs of coordinates by a pretrained network, and counts where columns are levels. The same table and seed give the same report.",
  });
}

function partSection({ contributions, mi }: JointInformation, { units }: JointHead): Section | undefined {
  if (contributions.length < 2) return undefined;
  const shown = contributions.slice(0, MOST_PARTS);
  const rows = shown.map(
    ({ x, y, mi: own, pValue, independent }) =>
      html`<tr><th scope="row">${x}</th><td>${y}${independent && html`<small>as if independent</small>`}</td><td class="num strong">${fixed(own)}</td><td class="num">${mi > 0 ? `${Math.round((100 * own) / mi)} %` : "–"}</td><td class="num">${formatP(pValue)}</td></tr>
`,
  );
  return {
    id: "parts",
    name: "Where it is",
    content: html`<section id="parts"><h2>Where it is</h2><p>The parts that the information is the sum of, each given those before it; what lies inside the null counts as none.</p><div class="scroll"><table class="ranking"><thead><tr><th scope="col">of the first group</th><th scope="col">of the second</th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col" class="num">share</th><th scope="col" class="num">p</th></tr></thead><tbody>
${rows}</tbody></table></div>${more(contributions.length - shown.length, "part")}</section>`,
  };
}

function candidateSection(result: JointInformation): Section | undefined {
  if (!ofVine(result)) return undefined;
  const rows = [...result.candidates]
    .sort((a, b) => b.lowerBound - a.lowerBound)
    .map(
      ({ basis, lowerBound }) =>
        html`<tr><th scope="row">${basis === result.basis ? html`<b>${basis}</b>` : basis}</th><td>${BASES[basis]}</td><td class="num">${fixed(lowerBound)}</td></tr>
`,
    );
  return {
    id: "coordinates",
    name: "Coordinates",
    content: html`<section id="coordinates"><h2>Coordinates</h2><p>Built in ${result.basis} coordinates: ${BASES[result.basis]}.</p>${
      rows.length > 0 &&
      html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">coordinates</th><th scope="col">made of</th><th scope="col" class="num">worth<small>on held-out rows</small></th></tr></thead><tbody>
${rows}</tbody></table></div>`
    }</section>`,
  };
}

const READING: Section = {
  id: "reading",
  name: "What it means",
  content: html`<section id="reading" class="prose"><h2>What it means</h2><dl>
<dt>Together</dt><dd>How much the columns of one group, taken together, tell of those of the other. It is 0 exactly when the groups are independent, and at least what any pair of their columns shares.</dd>
<dt>Synergy, redundancy</dt><dd>Against one column: what the others tell together beyond the sum of what each tells by itself, and what they tell several times. An exclusive or is all synergy, a copy all redundancy.</dd>
<dt>Lower bound</dt><dd>What the fitted density is worth on rows that it was not fitted to, in expectation never above the truth. Far below the estimate it says that there are many weak pairs, or few rows.</dd>
<dt>Open interval</dt><dd>Where functions of several columns had to be looked for, what no function that was tried can tell is missing: the number says “at least”.</dd>
</dl></section>`,
};
