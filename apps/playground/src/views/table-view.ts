/** A table: what was read, all pairs as they come, one pair close up, the ranked list. */
import type { Cell, Estimated } from "@infonet/cli/output/result.js";
import { html } from "@infonet/cli/report/html.js";
import { correlationEquivalent, count, fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { Asked, MatrixEnd, TableSummary } from "../messages.js";
import { columnTable, kindsInWords } from "../parts/column-table.js";
import { rankedList } from "../parts/ranked-list.js";
import { StrengthMap } from "../parts/strength-map.js";
import { elsewhere, meaning } from "./help.js";

/** What the reader can do here. */
export interface TableActions {
  onKind(column: string, kind: Asked): void;
  onPair(x: string, y: string): void;
  onTarget(target: string | undefined): void;
  onStop(): void;
  onExport(format: "csv" | "json"): void;
  /** The pair that is close up, as series. */
  onLags(): void;
  /** Its pictures as a file. */
  onPicture(): void;
  onLink(): void;
  onOther(): void;
}

/** What can be done with a pair close up. */
const PAIR_ACTIONS = html`<div class="lags" aria-live="polite"></div>
<p class="actions"><button type="button" class="button" data-do="lags">Rows follow each other in time: which leads?</button><button type="button" class="button" data-do="picture">Save picture</button></p>`
  .text;
const ROWS = 25;
/** Milliseconds between two drawings of the list while it grows. */
const LIST_PAUSE = 300;
/** And how many times as long as the drawing took they are apart. */
const SHARE = 5;

/** The view of one table. */
export class TableView {
  readonly #host: HTMLElement;
  readonly #summary: TableSummary;
  readonly #actions: TableActions;
  readonly #map: StrengthMap | undefined;
  readonly #places: Map<string, number>;
  readonly #cells = new Map<number, Cell>();
  #sorted: Cell[] = [];
  #shown: Cell[] = [];
  #target: string | undefined;
  #pair: [string, string] | undefined;
  #most = ROWS;
  #nextList = 0;
  #ended = false;

  constructor(host: HTMLElement, summary: TableSummary, actions: TableActions, columnsOpen: boolean) {
    this.#host = host;
    this.#summary = summary;
    this.#actions = actions;
    const { usable } = summary;
    this.#places = new Map(usable.map((name, place) => [name, place]));
    const pairs = (usable.length * (usable.length - 1)) / 2;
    host.innerHTML = html`<article class="table">
<header class="head"><div><h1 tabindex="-1">${summary.file}</h1>
<p class="meta">${count(summary.rows, "row")} · ${count(summary.columns.length, "column")} · ${count(pairs, "pair")}</p></div>
<p class="actions"><button type="button" class="button" data-do="other">Another table</button><button type="button" class="button" data-do="link">Copy link</button><button type="button" class="button" data-do="csv">Save CSV</button><button type="button" class="button" data-do="json">Save JSON</button></p></header>
<div class="going"><p class="status" role="status"></p><progress aria-label="Pairs that are finished" value="0" max="1"></progress><button type="button" class="button" data-do="stop">Stop</button></div>
<p class="error" role="alert" hidden></p>
${summary.notes.map((note) => html`<p class="note">${note}</p>`)}
<details class="read"${columnsOpen && html` open`}><summary>Columns: ${kindsInWords(summary)}</summary><div class="scroll" tabindex="0" role="region" aria-label="Columns">${columnTable(summary)}</div></details>
<p class="look"><label>Look at <select data-target><option value="">all pairs</option>${usable.map((name) => html`<option value="${name}">${name}</option>`)}</select></label></p>
<div class="split"><section class="overview"><h2>All pairs</h2><div class="map"></div></section>
<section class="pair" aria-label="One pair close up"><p class="hint">Choose a pair in the map or in the list to see it close up.</p></section></div>
<section class="ranking"><h2 data-ranking>Strongest first</h2><div class="list"></div></section>
<div data-elsewhere></div>
${meaning()}
</article>`.text;
    if (usable.length > 1) {
      this.#map = new StrengthMap(this.#find(".map"), usable, {
        strength: (i, j) => strengthOf(this.#cells.get(this.#key(i, j))),
        describe: (i, j) => this.#describe(usable[i], usable[j]),
        open: (i, j) => actions.onPair(usable[j], usable[i]),
      });
    } else
      this.#find(".overview").innerHTML =
        html`<p>Fewer than two columns can be compared; see what was read above.</p>`.text;
    this.#listen();
    this.#drawElsewhere();
  }

  #find<Found extends HTMLElement>(selector: string): Found {
    return this.#host.querySelector<Found>(selector)!;
  }

  #key(i: number, j: number): number {
    return Math.min(i, j) * this.#summary.usable.length + Math.max(i, j);
  }

  #cell(x: string, y: string): Cell | undefined {
    return this.#cells.get(this.#key(this.#places.get(x)!, this.#places.get(y)!));
  }

  #listen(): void {
    const { onStop, onExport, onLink, onOther, onKind, onTarget, onPair } = this.#actions;
    const { onLags, onPicture } = this.#actions;
    const does: Record<string, () => void> = {
      stop: onStop,
      csv: () => onExport("csv"),
      json: () => onExport("json"),
      link: onLink,
      other: onOther,
      lags: onLags,
      picture: onPicture,
    };
    this.#host.onclick = ({ target }) => {
      const button = (target as Element).closest<HTMLElement>("button");
      if (button === null) return;
      const { do: action, pair, more } = button.dataset;
      if (action !== undefined) does[action]();
      else if (pair !== undefined) {
        const { x, y } = this.#shown[Number(pair)];
        onPair(x, y);
      } else if (more !== undefined) {
        this.#most = this.#most > ROWS ? Number.POSITIVE_INFINITY : 200;
        this.#drawList();
      }
    };
    this.#host.onchange = ({ target }) => {
      if (!(target instanceof HTMLSelectElement)) return;
      const { column } = target.dataset;
      if (column === undefined) onTarget(target.value || undefined);
      else onKind(this.#summary.columns[Number(column)].name, target.value as Asked);
    };
  }

  /** Tells how far it is, in words and as a bar; without numbers the bar is left out. Pairs can be stopped. */
  status(text: string, progress?: { done: number; total: number }, pairs = false): void {
    const line = this.#find(".status");
    // Read aloud once it is over; until then the bar can be asked.
    line.ariaLive = progress === undefined ? "polite" : "off";
    line.textContent = text;
    const bar = this.#find<HTMLProgressElement>("progress");
    bar.hidden = progress === undefined;
    this.#find("[data-do=stop]").hidden = !pairs;
    if (progress !== undefined) [bar.max, bar.value] = [Math.max(1, progress.total), progress.done];
  }

  fail(message: string): void {
    const line = this.#find(".error");
    line.textContent = message;
    line.hidden = false;
    this.status("");
  }

  /** Takes cells as they come. */
  add(cells: readonly Cell[], done: number, total: number): void {
    for (const cell of cells)
      this.#cells.set(this.#key(this.#places.get(cell.x)!, this.#places.get(cell.y)!), cell);
    this.status(`${done} of ${count(total, "pair")}`, { done, total }, true);
    this.#map?.draw();
    if (performance.now() < this.#nextList) return;
    const begin = performance.now();
    this.#sorted = [...this.#cells.values()].sort((a, b) => miOf(b) - miOf(a));
    this.#drawList();
    // Of many pairs it takes a while, which the page has other uses for.
    this.#nextList = performance.now() + LIST_PAUSE + SHARE * (performance.now() - begin);
  }

  /** Shows the whole. */
  end({ pairs, stopped }: MatrixEnd): void {
    this.#ended = true;
    this.#sorted = pairs;
    for (const cell of pairs)
      this.#cells.set(this.#key(this.#places.get(cell.x)!, this.#places.get(cell.y)!), cell);
    this.#map?.draw();
    this.#drawList();
    const estimated = pairs.filter((cell): cell is Estimated => cell.error === undefined);
    const found = estimated.filter((cell) => (cell.qValue ?? cell.pValue ?? 0) <= 0.05).length;
    const all = (this.#summary.usable.length * (this.#summary.usable.length - 1)) / 2;
    const of = stopped ? `${estimated.length} finished pairs (of ${all})` : count(estimated.length, "pair");
    this.status(`${stopped ? "Stopped. " : ""}${found} of ${of} depend on each other beyond chance.`);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The strongest pair so far, of those that are looked at. */
  get strongest(): [string, string] | undefined {
    const best = this.#shown.find((cell) => cell.error === undefined);
    return best && [best.x, best.y];
  }

  /** Asks about one column, or about all. */
  aim(target: string | undefined): void {
    this.#target = target !== undefined && this.#places.has(target) ? target : undefined;
    this.#find<HTMLSelectElement>("[data-target]").value = this.#target ?? "";
    this.#most = ROWS;
    this.#drawElsewhere();
    this.#drawList();
  }

  #drawElsewhere(): void {
    this.#find("[data-elsewhere]").innerHTML = elsewhere(this.#summary.file, this.#target).text;
  }

  #drawList(): void {
    const target = this.#target;
    this.#shown =
      target === undefined ? this.#sorted : this.#sorted.filter(({ x, y }) => x === target || y === target);
    this.#find("[data-ranking]").textContent =
      target === undefined ? "Strongest first" : `What tells about ${target}?`;
    const list = this.#find(".list");
    // Whoever stands on a button of the list stays there.
    const focused = list.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).textContent
      : undefined;
    list.innerHTML = rankedList({ cells: this.#shown, target, most: this.#most, chosen: this.#pair }).text;
    if (focused === undefined) return;
    const again = [...list.querySelectorAll("button")].find((button) => button.textContent === focused);
    again?.focus({ preventScroll: true });
  }

  /** Shows that a pair is being looked at, then what there is to see. */
  showPair(x: string, y: string, markup: string | undefined): void {
    this.#pair = [x, y];
    this.#map?.choose(this.#places.get(x)!, this.#places.get(y)!);
    const section = this.#find(".pair");
    section.setAttribute("aria-busy", String(markup === undefined));
    const title = html`<h2 tabindex="-1">${x} <span class="times">and</span> ${y}</h2>`.text;
    if (markup !== undefined) section.innerHTML = title + markup + PAIR_ACTIONS;
    else if (section.querySelector(".verdict") === null)
      section.innerHTML = `${title}<p class="hint">Looking closer …</p>`;
    this.#drawList();
  }

  /** Shows the pair as series. */
  showLags(markup: string): void {
    this.#find(".lags").innerHTML = markup;
    this.#find("[data-do=lags]").hidden = true;
  }

  /** The pair that is close up, and its pictures. */
  get closeUp(): { pair: [string, string]; pictures: SVGSVGElement[] } | undefined {
    const pictures = [...this.#find(".pair").querySelectorAll<SVGSVGElement>(".pictures svg")];
    return this.#pair && { pair: this.#pair, pictures };
  }

  /** Brings the pair into view and under the keyboard, where the reader asked for it. */
  focusPair(): void {
    const title = this.#find(".pair h2");
    title.focus({ preventScroll: true });
    const { top, bottom } = title.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) title.scrollIntoView({ block: "start" });
  }

  failPair(message: string): void {
    const section = this.#find(".pair");
    section.setAttribute("aria-busy", "false");
    const [x, y] = this.#pair!;
    section.innerHTML =
      html`<h2 tabindex="-1">${x} <span class="times">and</span> ${y}</h2><p class="caution">${message}</p>`.text;
  }

  #describe(x: string, y: string): string {
    const cell = this.#cell(x, y);
    const names = `${x} and ${y}`;
    if (cell === undefined) return this.#ended ? `${names}: not computed` : `${names}: not yet`;
    if (cell.error !== undefined) return `${names}: ${cell.error}`;
    const p = cell.pValue === undefined ? "" : `, p ${formatP(cell.pValue)}`;
    return `${names}: strength ${fixed(strengthOf(cell)!, 2)}${p}`;
  }
}

/** Information for sorting: pairs without a number are last. */
function miOf(cell: Cell): number {
  return cell.error === undefined ? cell.mi : -1;
}

function strengthOf(cell: Cell | undefined): number | null | undefined {
  if (cell === undefined) return undefined;
  return cell.error === undefined ? correlationEquivalent(cell.mi, "nats") : null;
}
