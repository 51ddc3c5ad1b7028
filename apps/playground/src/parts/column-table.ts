/** What was read, with kinds that can be corrected. */
import { type Html, html } from "@infonet/cli/report/html.js";
import { grouped } from "@infonet/cli/text/numbers.js";
import type { Asked, ColumnSummary, TableSummary } from "../messages.js";

const KINDS: Readonly<Record<ColumnSummary["kind"], string>> = {
  number: "numbers",
  boolean: "yes or no",
  category: "categories",
  date: "dates",
  time: "times of day",
  unusable: "not usable",
  out: "left out",
};

const ONE: typeof KINDS = {
  ...KINDS,
  number: "of numbers",
  category: "of categories",
  date: "of dates",
  time: "of times of day",
};

const CHOICES: readonly [Asked, string][] = [
  ["number", "Numbers"],
  ["category", "Categories"],
  ["date", "Dates"],
  ["out", "Leave out"],
];

/** `4 numbers, 3 categories`. */
export function kindsInWords({ columns }: TableSummary): string {
  const counts = new Map<ColumnSummary["kind"], number>();
  for (const { kind } of columns) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .map(([kind, count]) => `${grouped(count)} ${(count === 1 ? ONE : KINDS)[kind]}`)
    .join(", ");
}

/** The table of columns; selects hold the position of their column. */
export function columnTable({ columns }: TableSummary): Html {
  return html`<table class="columns"><thead><tr><th scope="col">Column</th><th scope="col">Taken for</th><th scope="col" class="num">Missing</th><th scope="col" class="num">Different</th><th scope="col" class="wide">Such as</th></tr></thead><tbody>
${columns.map(row)}
</tbody></table>`;
}

function row({ name, kind, asked, missing, different, examples, remarks }: ColumnSummary, at: number): Html {
  const automatic = asked === "auto" ? KINDS[kind] : "as it looks";
  const choices: readonly [Asked, string][] = [
    ["auto", `${automatic[0].toUpperCase()}${automatic.slice(1)}`],
    ...CHOICES,
  ];
  return html`<tr class="${kind === "unusable" || kind === "out" ? "absent" : ""}"><th scope="row">${name}${remarks.map((remark) => html`<small>${remark}</small>`)}</th><td><select data-column="${at}" aria-label="Kind of ${name}">${choices.map(([value, label]) => html`<option value="${value}"${value === asked && html` selected`}>${label}</option>`)}</select></td><td class="num">${missing === 0 ? "–" : grouped(missing)}</td><td class="num">${grouped(different)}</td><td class="wide examples">${examples.join(" · ")}</td></tr>
`;
}
