/** One pair close up: what it is, as series, and beyond other columns. */
import { html } from "@infonet/cli/report/html.js";
import { columnOptions } from "../parts/choice.js";
import { AnswerPanel, type Ask } from "./answer-panel.js";

/** What is asked of a pair, and where. */
export interface PairOptions {
  /** Columns that take part. */
  usable: readonly string[];
  ask: Ask;
  onGiven(given: string[]): void;
}

/** The section of the page. */
export class PairSection {
  readonly #host: HTMLElement;
  readonly #options: PairOptions;
  #pair: [string, string] | undefined;
  #given: readonly string[] = [];
  #series = false;
  #beyond: AnswerPanel | undefined;
  #lags: AnswerPanel | undefined;

  constructor(host: HTMLElement, options: PairOptions) {
    this.#host = host;
    this.#options = options;
    host.addEventListener("click", ({ target }) => {
      const { given } = (target as Element).closest("button")?.dataset ?? {};
      if (given !== undefined) options.onGiven(this.#given.filter((_, k) => k !== Number(given)));
    });
  }

  get pair(): [string, string] | undefined {
    return this.#pair;
  }

  /** The pictures that are shown. */
  get pictures(): SVGSVGElement[] {
    return [...this.#host.querySelectorAll<SVGSVGElement>(".pictures svg")];
  }

  /** Shows that a pair is being looked at, then what there is to see. */
  show(x: string, y: string, markup: string | undefined): void {
    this.#pair = [x, y];
    this.#host.setAttribute("aria-busy", String(markup === undefined));
    const title = html`<h2 tabindex="-1">${x} <span class="times">and</span> ${y}</h2>`.text;
    if (markup !== undefined) {
      this.#close();
      this.#host.innerHTML = title + markup + this.#more(x, y);
      this.#lags = new AnswerPanel(this.#host.querySelector(".lags")!, "Lags", this.#options.ask);
      // A table of two columns has no others.
      const beyond = this.#host.querySelector<HTMLElement>("[data-beyond]");
      if (beyond !== null)
        this.#beyond = new AnswerPanel(beyond, "Conditional information", this.#options.ask);
      this.#drawGiven();
    } else if (this.#host.querySelector(".verdict") === null)
      this.#host.innerHTML = `${title}<p class="hint">Looking closer …</p>`;
  }

  fail(message: string): void {
    this.#close();
    this.#host.setAttribute("aria-busy", "false");
    const [x, y] = this.#pair!;
    this.#host.innerHTML =
      html`<h2 tabindex="-1">${x} <span class="times">and</span> ${y}</h2><p class="caution">${message}</p>`.text;
  }

  /** Looks at the pair beyond these columns; in time, if rows follow each other. */
  beyond(given: readonly string[], series: boolean): void {
    if (given.join("\n") === this.#given.join("\n") && series === this.#series) return;
    [this.#given, this.#series] = [given, series];
    this.#drawGiven();
  }

  /** Shows the pair by lag. */
  lags(): void {
    const [x, y] = this.#pair!;
    void this.#lags?.show("lags", { x, y });
  }

  /** Brings it into view and under the keyboard, where the reader asked for it. */
  focus(): void {
    const title = this.#host.querySelector("h2")!;
    title.focus({ preventScroll: true });
    const { top, bottom } = title.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) title.scrollIntoView({ block: "start" });
  }

  #close(): void {
    this.#lags?.clear();
    this.#beyond?.clear();
    [this.#lags, this.#beyond] = [undefined, undefined];
  }

  /** What else can be asked of a pair. */
  #more(x: string, y: string): string {
    const others = this.#options.usable.filter((name) => name !== x && name !== y);
    return html`<p class="actions"><button type="button" class="button" data-do="lags">By lag: which leads?</button><button type="button" class="button" data-do="picture">Save picture</button></p><div class="lags"></div>
${others.length > 0 && html`<section class="beyond" aria-label="Beyond other columns"><h3>Beyond other columns</h3><p class="note">What the two share once others are known.</p><p class="actions" data-chosen></p><p class="look"><label>Given <select data-given><option value="">choose a column …</option>${columnOptions(others, this.#options.usable)}</select></label></p><div data-beyond></div></section>`}`
      .text;
  }

  #drawGiven(): void {
    const chosen = this.#host.querySelector("[data-chosen]");
    if (chosen === null || this.#pair === undefined) return;
    const [x, y] = this.#pair;
    const given = this.#given.filter((name) => name !== x && name !== y);
    chosen.innerHTML =
      html`${this.#given.map((name, k) => given.includes(name) && html`<button type="button" class="button" data-given="${k}" aria-label="No longer given ${name}">${name} <span aria-hidden="true">×</span></button>`)}`.text;
    this.#host.querySelector<HTMLSelectElement>("[data-given]:is(select)")!.value = "";
    if (given.length > 0) void this.#beyond?.show("conditional", { x, y, given, series: this.#series });
    else this.#beyond?.clear();
  }
}
