/** What all reports are: one HTML page that needs nothing else, no network, no fonts, no files. */
import { basename } from "node:path";
import type { Units, Warning } from "infonet";
import { seriesInWords } from "../output/series.js";
import type { TableInTime } from "../table/types.js";
import { count, grouped } from "../text/numbers.js";
import { type Html, html, Html as Markup } from "./html.js";
import { contentPolicy } from "./policy.js";
import { SCRIPT } from "./script.js";
import { styleSheet } from "./style.js";

/** A section of a page. */
export interface Section {
  id: string;
  /** What the list of sections calls it. */
  name: string;
  /** The whole `<section>`, with that id. */
  content: Html;
}

/** A page. */
export interface Page {
  /** What kind of report it is: `Dependence report`. */
  kind: string;
  file: string;
  /** What it is about, behind the file in the title of the page. */
  about?: string | undefined;
  /** The same in the heading. */
  heading?: Html | undefined;
  rows?: number | undefined;
  columns?: number | undefined;
  /** What else there is to say of the rows. */
  said?: readonly string[] | undefined;
  /** Of a page of estimates: their unit, their seed and their model. */
  units?: Units | undefined;
  seed?: number | undefined;
  model?: string | undefined;
  /** Below the heading: the answer at a glance. */
  head: Html;
  sections: readonly (Section | undefined)[];
  footer: string;
}

/** The page. The same input gives the same bytes: there is no date in it. */
export function pageOf({ kind, about, heading, ...page }: Page): string {
  const file = basename(page.file);
  const style = styleSheet();
  const sections = page.sections.filter((section) => section !== undefined);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(SCRIPT, style)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="infonet"><title>${file}${about !== undefined && `, ${about}`} – ${kind.toLowerCase()}</title>
<style>${new Markup(style)}</style></head><body>
<header><p class="eyebrow">${kind}</p><h1>${file}${heading && html` <small>${heading}</small>`}</h1>
<p class="meta">${meta(page).map((text) => html`<span>${text}</span>`)}</p>
${page.head}
<nav aria-label="Sections">${sections.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav></header>
<main>
${sections.map(
  ({ content }) => html`${content}
`,
)}</main>
<footer>${page.footer}</footer>
<script>${new Markup(SCRIPT)}</script>
</body></html>
`.text;
}

function meta({ rows, columns, said = [], units, seed, model }: Omit<Page, "kind">): string[] {
  return [
    ...(rows === undefined ? [] : [count(rows, "row")]),
    ...(columns === undefined ? [] : [count(columns, "column")]),
    ...said,
    ...(units === undefined ? [] : [`information in ${units}`]),
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(model === undefined ? [] : [`model ${model}`]),
  ];
}

/** The figures on top of a page: a number or a few words, what it is, and what more there is to say. */
export function tiles(list: readonly (readonly [string, string, string?])[]): Html {
  return html`<ul class="tiles">${list.map(([value, label, more]) => html`<li><b>${value}</b> ${label}${more !== undefined && html`<small>${more}</small>`}</li>`)}</ul>`;
}

/** What is said of rows that a table has no room for. */
export function more(left: number, what: string): Html | false {
  return (
    left > 0 && html`<p class="note">… and ${count(left, what)} more; <code>--format json</code> has all.</p>`
  );
}

/** What is said of rows beside their number: what was made of those in time, and how many of them a result is of. */
export function saidOfRows(series: TableInTime | undefined, n: number): string[] {
  return [...(series === undefined ? [] : [seriesInWords(series)]), `${grouped(n)} complete`];
}

/** Every warning of one result. */
export function cautions(warnings: readonly Warning[]): Html[] {
  return warnings.map(({ code, message }) => html`<p class="caution"><b>${code}</b> ${message}</p>`);
}

/** The pairs that have no number, and why; nothing where there are none. */
export function notComputed(
  failed: readonly { x: string; y: string; error: string }[],
  most: number,
): Section | undefined {
  if (failed.length === 0) return undefined;
  const shown = failed
    .slice(0, most)
    .map(({ x, y, error }) => html`<li><b>${x}</b> × <b>${y}</b>: ${error}</li>`);
  return {
    id: "not-computed",
    name: "Not computed",
    content: html`<section id="not-computed"><h2>Not computed</h2><ul class="reasons">${shown}</ul>${more(failed.length - shown.length, "pair")}</section>`,
  };
}
