import { ownRemarks } from "../kinds/remarks.js";
import { correlationEquivalent, count, fixed, grouped } from "../text/numbers.js";
import { columnTable } from "./column-table.js";
import { type Html, html } from "./html.js";
import { tiles } from "./page.js";
import { discoveries, type View } from "./view.js";

/** The figures on top of the page. */
export function summary(view: View): Html {
  const { table, estimated, units } = view;
  const [first] = estimated;
  const found = discoveries(view, 0.05);
  const figures: [string, string, string?][] = [
    [grouped(table.rows), table.rows === 1 ? "row" : "rows"],
    [
      grouped(table.columns.length),
      "columns",
      table.unusable.length > 0 ? `${grouped(table.unusable.length)} more not usable` : undefined,
    ],
    [
      grouped(estimated.length),
      estimated.length === 1 ? "pair" : "pairs",
      view.failed.length > 0 ? `${grouped(view.failed.length)} not computed` : undefined,
    ],
  ];
  if (found !== undefined) {
    figures.push([
      grouped(found),
      found === 1 ? "dependent pair" : "dependent pairs",
      "false discovery rate 5\u00a0%",
    ]);
  }
  if (first) {
    figures.push([`${fixed(first.mi, 2)} ${units}`, "strongest pair", `${first.x} × ${first.y}`]);
  }
  return tiles(figures);
}

/** The columns that took part: kind, gaps, range, and the strongest partner of each. */
export function partnerTable(view: View): Html {
  const partner = new Map<string, { name: string; mi: number }>();
  for (const { x, y, mi } of view.estimated) {
    if (!partner.has(x)) partner.set(x, { name: y, mi });
    if (!partner.has(y)) partner.set(y, { name: x, mi });
  }
  return columnTable(view.table, [
    { heading: "strongest partner", cell: ({ name }) => partner.get(name)?.name ?? "–" },
    {
      heading: "strength",
      number: true,
      cell({ name }) {
        const best = partner.get(name);
        return best ? fixed(correlationEquivalent(best.mi, view.units), 2) : "–";
      },
    },
  ]);
}

/** Columns that were left out and pairs without a number, with their reasons. */
export function failures(view: Pick<View, "table" | "failed">): Html | undefined {
  const { table, failed } = view;
  const unusable = new Set(table.unusable.map(({ name }) => name));
  const pairs = failed.filter(({ x, y }) => !unusable.has(x) && !unusable.has(y));
  if (unusable.size === 0 && pairs.length === 0) return undefined;
  const own = ownRemarks(table.remarks ?? new Map());
  const columns = table.unusable.map(
    ({ name, reason }) => html`<li><b>${name}</b> ${[reason, ...(own.get(name) ?? [])].join("; ")}.</li>`,
  );
  const cells = pairs
    .slice(0, 100)
    .map(({ x, y, error }) => html`<li><b>${x}</b> × <b>${y}</b>: ${error}</li>`);
  const left = pairs.length - cells.length;
  return html`<section id="not-computed"><h2>Not computed</h2><ul class="reasons">${columns}${cells}${left > 0 && html`<li>… and ${count(left, "more pair")}.</li>`}</ul></section>`;
}

/** What the reader needs to know about the numbers and pictures. */
export function explanation({ units, hasP }: View): Html {
  const nat = units === "nats" ? "1 nat is 1.44 bits" : "1 bit is 0.69 nats";
  return html`<section id="reading" class="prose"><h2>What the numbers mean</h2>
<dl>
<dt>Mutual information (MI)</dt><dd>How much knowing one column tells about the other, in ${units} (${nat}). It is 0 exactly when the columns are independent, and it sees every kind of dependence: also one that rises and falls again, or that ties categories to numbers. Of numbers only the ranks count, so units, logarithms and other rising scales change nothing; of levels only which rows have the same one, so their names and order change nothing.</dd>
<dt>Levels, numbers, mixtures</dt><dd>Levels are categories, columns of two values, and numbers of few values that can be counted beside the other column. A mixture is a column of numbers with some values that very many rows share, such as zeros: these are counted as levels, and the rest are numbers.</dd>
<dt>Share of entropy</dt><dd>The entropy of a column of levels is all that there is to tell of it. The share is MI divided by the smaller entropy of the pair: 100 % where one column is told by the other.</dd>
<dt>Strength</dt><dd>√(1 − e<sup>−2·MI</sup>) puts MI on a scale from 0 to 1: it is the size of the correlation that two normal variables need to share as much information. If the strength is much larger than the rank correlation ρ beside it, the dependence is not simply rising or falling.</dd>
<dt>90 % interval</dt><dd>Where the true value lies with a probability of about nine in ten, given the number of rows. An interval that reaches down to 0 says that the pair may be independent.</dd>
${hasP && html`<dt>p</dt><dd>How often independent columns of this length would give at least as much evidence of dependence: an estimate as large, or ranks that move together as smoothly or lie as near each other; of levels, counts as uneven, or numbers that differ as much between them. With many pairs, some small p-values come by chance alone: the count of dependent pairs above allows for that.</dd>`}
<dt>Lower bound</dt><dd>The Donsker–Varadhan bound: what the map beside it proves on these rows. It is computed on the same rows that shaped the map, so it is optimistic when they are few.</dd>
<dt>The critic's map</dt><dd>Both axes are ranks: each column is stretched so that equal lengths hold equally many rows, and labels say which values stand there. Levels stand side by side, as wide as they are frequent; two columns of them are a table of counts, whose numbers say how many times as often as by chance they meet. Blue: these values come together more often than if the columns were independent; rust: more rarely; the colour between them: as often; striped: never. A diagonal band is a rising or falling dependence, a bent band one that turns, a patchwork one between categories.</dd>
<dt>Line and band</dt><dd>Where both columns are numbers, not levels or mixtures, and depend on each other, the line over the points is the middle value of the column on the vertical axis at each value of the other, by the same density as the map; nine rows in ten lie within the band.</dd>
<dt>Warnings</dt><dd><i>few-samples</i>: the interval is wide, collect more rows. <i>missing</i>: many rows lack one of the values. <i>many-levels</i>: a column has more levels than can be told apart beside the numbers of the other, which were cut into stretches and counted; read the number as “at least”. <i>near-ceiling</i>: the dependence is stronger than this number of rows can resolve; read the number as “at least”. <i>repeated-rows</i>: rows are written more than once; the distinct ones were used. <i>serial-dependence</i>: rows depend on those before, and p-value and interval claim too much: say that they are a series. <i>nonstationary</i>: a trend or a random walk, which looks like any other; compare changes. <i>shared-season</i>: both columns repeat in the same number of rows; take the means of the phases off. <i>extrapolated</i>: there are fewer rows than the model was trained with.</dd>
</dl></section>`;
}
