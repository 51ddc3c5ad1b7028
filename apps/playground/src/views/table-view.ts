/** A table: what was read, all pairs as they come, one pair close up, the ranked list. */
import type { Cell, Estimated } from "@infonet/cli/output/result.js";
import { html } from "@infonet/cli/report/html.js";
import { correlationEquivalent, count, fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { Place, Question } from "../link.js";
import type { Asked, MatrixEnd, Progress, TableSummary } from "../messages.js";
import { chooseColumn, columnOptions } from "../parts/choice.js";
import { columnTable, kindsInWords } from "../parts/column-table.js";
import { Going, goingMarkup } from "../parts/going.js";
import { rankedList } from "../parts/ranked-list.js";
import { StrengthMap } from "../parts/strength-map.js";
import { IN_TIME } from "../warnings.js";
import type { Ask } from "./answer-panel.js";
import { elsewhere, meaning } from "./help.js";
import { PairSection } from "./pair-section.js";
import type { Questions } from "./questions.js";

/** What the reader can do here. */
export interface TableActions {
  onKind(column: string, kind: Asked): void;
  onPair(x: string, y: string): void;
  /** Looks at something else. */
  onPlace(change: Partial<Place>): void;
  onStop(): void;
  onExport(format: "csv" | "json"): void;
  /** Pictures of the pair that is close up as a file. */
  onPicture(): void;
  onLink(): void;
  onOther(): void;
  ask: Ask;
}

/** What can be asked of a table. */
const QUESTIONS: readonly [Question | undefined, string][] = [
  [undefined, "All pairs"],
  ["network", "Direct, or through others"],
  ["select", "Which columns predict"],
  ["differences", "What differs"],
];
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
  readonly #going: Going;
  readonly #pair: PairSection;
  /** Undefined until something is asked. */
  #questions: Questions | undefined;
  #place: Place = { kinds: {} };
  readonly #places: Map<string, number>;
  readonly #cells = new Map<number, Cell>();
  #sorted: Cell[] = [];
  #shown: Cell[] = [];
  #target: string | undefined;
  #given: readonly string[] = [];
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
${goingMarkup("Pairs that are finished", "stop")}
<p class="error" role="alert" hidden></p>
${summary.notes.map((note) => html`<p class="note">${note}</p>`)}
<details class="read"${columnsOpen && html` open`}><summary>Columns: ${kindsInWords(summary)}</summary><div class="scroll" tabindex="0" role="region" aria-label="Columns">${columnTable(summary)}</div></details>
<p class="look"><label class="tick"><input type="checkbox" data-series> ${IN_TIME}</label></p>
<nav class="questions" aria-label="What is asked">${QUESTIONS.map(([question, words]) => html`<button type="button" class="button" data-view="${question ?? ""}">${words}</button>`)}</nav>
<div data-pairs><p class="look"><label>Look at <select data-target><option value="">all pairs</option>${columnOptions(usable, usable)}</select></label></p>
<div class="split"><section class="overview"><h2>All pairs</h2><div class="map"></div></section>
<section class="pair" aria-label="One pair close up"><p class="hint">Choose a pair in the map or in the list to see it close up.</p></section></div>
<section class="ranking"><h2 data-ranking>Strongest first</h2><p class="actions" data-ask></p><div class="list"></div></section></div>
<div data-questions></div>
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
    this.#going = new Going(host);
    this.#pair = new PairSection(this.#find(".pair"), {
      usable,
      ask: actions.ask,
      onGiven: (given) => actions.onPlace({ given }),
    });
    this.#listen();
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
    const { onStop, onExport, onLink, onOther, onKind, onPlace, onPair, onPicture } = this.#actions;
    const { usable, columns } = this.#summary;
    const does: Record<string, () => void> = {
      stop: onStop,
      csv: () => onExport("csv"),
      json: () => onExport("json"),
      link: onLink,
      other: onOther,
      lags: () => this.#pair.lags(),
      picture: onPicture,
    };
    this.#host.onclick = ({ target }) => {
      const button = (target as Element).closest<HTMLElement>("button");
      if (button === null) return;
      const { do: action, pair, open, more, view } = button.dataset;
      if (action !== undefined) does[action]?.();
      else if (pair !== undefined) {
        const { x, y } = this.#shown[Number(pair)];
        onPair(x, y);
      } else if (open !== undefined) {
        const [x, y] = open.split(",").map((place) => usable[Number(place)]);
        onPair(x, y);
      } else if (more !== undefined) {
        this.#most = this.#most > ROWS ? Number.POSITIVE_INFINITY : 200;
        this.#drawList();
      } else if (view !== undefined) {
        const question = (view || undefined) as Question | undefined;
        const isOfTarget = button.closest("[data-ask]") !== null;
        onPlace({ view: question, ...(isOfTarget && question === "differences" && { by: this.#target }) });
        // What was pressed is gone.
        if (isOfTarget) this.#find(".questions [aria-current]").focus();
      }
    };
    this.#host.onchange = ({ target }) => {
      const { dataset, value } = target as HTMLSelectElement;
      if (dataset.series !== undefined)
        onPlace({ series: (target as HTMLInputElement).checked || undefined });
      else if (dataset.column !== undefined) onKind(columns[Number(dataset.column)].name, value as Asked);
      else if (value !== "" && dataset.given !== undefined) {
        onPlace({ given: [...new Set([...this.#given, usable[Number(value)]])] });
      } else if (dataset.target !== undefined)
        onPlace({ target: value === "" ? undefined : usable[Number(value)] });
    };
  }

  /** Tells how far it is; pairs can be stopped. */
  status(text: string, progress?: Progress, pairs = false): void {
    this.#going.tell(text, progress, pairs ? "Stop" : undefined);
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

  /** Looks at what a link can say. */
  look(place: Place): void {
    const { target, view, given = [], series = false } = place;
    const { usable, grouping } = this.#summary;
    this.#given = given.filter((name) => this.#places.has(name));
    this.#target = target !== undefined && this.#places.has(target) ? target : undefined;
    chooseColumn(this.#find("[data-target]"), this.#target, usable);
    this.#find<HTMLInputElement>("[data-series]").checked = series;
    for (const button of this.#host.querySelectorAll<HTMLElement>(".questions [data-view]"))
      button.ariaCurrent = button.dataset.view === (view ?? "") ? "true" : null;
    this.#find("[data-pairs]").hidden = view !== undefined;
    this.#place = place;
    void this.#showQuestion();
    this.#pair.beyond(this.#given, series);
    this.#find("[data-ask]").innerHTML =
      html`${this.#target !== undefined && html`<button type="button" class="button" data-view="select">Which columns together predict it?</button>${grouping.includes(this.#target) && html`<button type="button" class="button" data-view="differences">What differs between its groups?</button>`}`}`.text;
    this.#drawElsewhere(place);
    this.#drawList();
  }

  async #showQuestion(): Promise<void> {
    if (this.#place.view === undefined) {
      this.#questions?.show(this.#place);
      return;
    }
    const { Questions } = await import("./questions.js");
    const { ask, onPlace } = this.#actions;
    this.#questions ??= new Questions(this.#find("[data-questions]"), this.#summary, ask, onPlace);
    this.#questions.show(this.#place);
  }

  /** Ends what is asked of it. */
  close(): void {
    this.#questions?.close();
  }

  #drawElsewhere(place: Place): void {
    this.#find("[data-elsewhere]").innerHTML = elsewhere(this.#summary.file, place).text;
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
    list.innerHTML = rankedList({
      cells: this.#shown,
      target,
      most: this.#most,
      chosen: this.#pair.pair,
    }).text;
    if (focused === undefined) return;
    const again = [...list.querySelectorAll("button")].find((button) => button.textContent === focused);
    again?.focus({ preventScroll: true });
  }

  /** Shows that a pair is being looked at, then what there is to see. */
  showPair(x: string, y: string, markup: string | undefined): void {
    this.#map?.choose(this.#places.get(x)!, this.#places.get(y)!);
    this.#pair.show(x, y, markup);
    this.#drawList();
  }

  /** What is close up. */
  get pair(): PairSection {
    return this.#pair;
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
