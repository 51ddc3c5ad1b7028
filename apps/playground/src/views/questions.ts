/** What is asked of a table beside its pairs: each with what can be chosen, and its answer. Loaded when something is asked. */
import { type Html, html } from "@infonet/cli/report/html.js";
import type { Place, Question } from "../link.js";
import type { NetworkMethod, TableSummary } from "../messages.js";
import { chooseColumn, columnOptions } from "../parts/choice.js";
import { AnswerPanel, type Ask } from "./answer-panel.js";

const QUESTIONS: readonly Question[] = ["network", "select", "differences"];
const METHODS: readonly [NetworkMethod, string][] = [
  ["conditional", "something is left given others"],
  ["aracne", "not the weakest of three (ARACNE)"],
  ["clr", "above the background (CLR)"],
];
const RATES = [0.01, 0.05, 0.1, 0.2];
/** As in the library. */
const USUAL_RATE = 0.05;

const percent = (rate: number): string => `${Number((100 * rate).toFixed(4))} %`;

const TITLES: Readonly<Record<Question, string>> = {
  network: "What is direct, what goes through others?",
  select: "Which columns together tell most of one?",
  differences: "What differs between groups of rows?",
};

/** Shows them in an element of the page, one at a time. */
export class Questions {
  readonly #host: HTMLElement;
  readonly #summary: TableSummary;
  readonly #panels = new Map<Question, AnswerPanel>();

  constructor(host: HTMLElement, summary: TableSummary, ask: Ask, onPlace: (change: Partial<Place>) => void) {
    const { usable } = summary;
    this.#host = host;
    this.#summary = summary;
    host.innerHTML =
      html`${QUESTIONS.map((question) => html`<section class="question" data-question="${question}" aria-label="${TITLES[question]}" hidden><h2>${TITLES[question]}</h2>${this.#choices(question)}<p class="caution" data-in-time hidden>Here every row stands for itself, as if none depended on those before.</p><div data-answer></div></section>`)}`.text;
    for (const question of QUESTIONS) {
      const place = this.#section(question).querySelector<HTMLElement>("[data-answer]")!;
      this.#panels.set(question, new AnswerPanel(place, TITLES[question], ask));
    }
    host.onchange = ({ target }) => {
      const { dataset, value } = target as HTMLSelectElement;
      const column = value === "" ? undefined : usable[Number(value)];
      if (dataset.choice === "method") onPlace({ method: value as NetworkMethod });
      else if (dataset.choice === "fdr") onPlace({ fdr: Number(value) });
      else if (dataset.choice === "predicted") onPlace({ target: column });
      else if (dataset.choice === "by") onPlace({ by: column });
    };
  }

  #section(question: Question): HTMLElement {
    return this.#host.querySelector<HTMLElement>(`[data-question=${question}]`)!;
  }

  #select(choice: string): HTMLSelectElement {
    return this.#host.querySelector<HTMLSelectElement>(`[data-choice=${choice}]`)!;
  }

  #choices(question: Question): Html {
    const { usable, grouping } = this.#summary;
    const one = (label: string, choice: string, names: readonly string[]): Html =>
      html`<p class="look"><label>${label} <select data-choice="${choice}"><option value="">choose a column …</option>${columnOptions(names, usable)}</select></label></p>`;
    if (question === "select") return one("What tells of", "predicted", usable);
    if (question === "differences") {
      return grouping.length === 0
        ? html`<p class="hint">No column makes two groups of 30 rows or more. Categories do, and columns of two values; what a column is taken for can be changed above.</p>`
        : one("Groups by", "by", grouping);
    }
    return html`<p class="look"><label>A link is direct if <select data-choice="method">${METHODS.map(([method, words]) => html`<option value="${method}">${words}</option>`)}</select></label><label>false links at most <select data-choice="fdr">${RATES.map((rate) => html`<option value="${rate}">${percent(rate)}</option>`)}</select></label></p>`;
  }

  /** Shows a question, with what is chosen, and answers it. */
  show({ view, method = "conditional", fdr = USUAL_RATE, target, by, series }: Place): void {
    for (const question of QUESTIONS) this.#section(question).hidden = question !== view;
    for (const line of this.#host.querySelectorAll<HTMLElement>("[data-in-time]")) line.hidden = !series;
    const { usable, grouping } = this.#summary;
    const rates = this.#select("fdr");
    if (![...rates.options].some(({ value }) => Number(value) === fdr))
      rates.add(new Option(percent(fdr), String(fdr)));
    [this.#select("method").value, rates.value] = [method, String(fdr)];
    chooseColumn(this.#select("predicted"), target, usable);
    if (grouping.length > 0) chooseColumn(this.#select("by"), by, grouping.includes(by!) ? usable : []);
    if (view === "network") void this.#panels.get(view)!.show("network", { method, fdr });
    else if (view === "select") {
      if (usable.includes(target!)) void this.#panels.get(view)!.show("select", { target: target! });
      else this.#panels.get(view)!.clear();
    } else if (view === "differences") {
      if (grouping.includes(by!)) void this.#panels.get(view)!.show("differences", { by: by! });
      else this.#panels.get(view)!.clear();
    }
  }

  /** Ends what goes on. */
  close(): void {
    for (const panel of this.#panels.values()) panel.clear();
  }
}
