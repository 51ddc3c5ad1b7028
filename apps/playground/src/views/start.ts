/** The first view: drop, paste, choose, or take a sample. */
import { html } from "@infonet/cli/report/html.js";
import { SAMPLES } from "../samples.js";

/** What the reader can do there. */
export interface StartActions {
  onFile(file: File): void;
  onText(text: string): void;
  onSample(id: string): void;
}

/** Shows it. */
export function showStart(host: HTMLElement, actions: StartActions): void {
  host.innerHTML = html`<section class="start">
<h1>What depends on what?</h1>
<p class="lead">Drop a table here. For every two columns you see whether one tells you something about the other, and how much: straight lines, curves, rings, categories, whatever the shape.</p>
<div class="drop">
<label class="button primary">Choose a file<input type="file" class="visually-hidden" accept=".csv,.tsv,.tab,.txt,.json,.ndjson,.jsonl,.parquet,.pq,.gz,text/csv,application/json"></label>
<button type="button" class="button" data-paste>Paste a table</button>
<p>or drop a CSV, JSON or Parquet file anywhere on this page</p>
</div>
<h2>Or try one of these</h2>
<ul class="samples">${SAMPLES.map(({ id, title, about }) => html`<li><button type="button" data-sample="${id}"><b>${title}</b><span>${about}</span></button></li>`)}</ul>
<div data-tables></div>
<p class="promise">Nothing is uploaded. Your browser computes everything; the page may not talk to any server but its own, and after the first visit it works without a network.</p>
</section>
<dialog class="paste" aria-labelledby="paste-title"><form method="dialog"><h2 id="paste-title">Paste a table</h2><label for="paste-text">Cells as a spreadsheet copies them, or the text of a CSV file, names first</label><textarea id="paste-text" rows="10" spellcheck="false"></textarea><p class="buttons"><button value="cancel" class="button">Cancel</button><button value="read" class="button primary">Read it</button></p></form></dialog>`.text;
  const input = host.querySelector<HTMLInputElement>("input[type=file]")!;
  input.addEventListener("change", () => {
    if (input.files?.[0]) actions.onFile(input.files[0]);
  });
  const dialog = host.querySelector("dialog")!;
  const area = host.querySelector("textarea")!;
  host.querySelector("[data-paste]")!.addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "read" && area.value.trim() !== "") actions.onText(area.value);
  });
  for (const button of host.querySelectorAll<HTMLElement>("[data-sample]")) {
    button.addEventListener("click", () => actions.onSample(button.dataset.sample!));
  }
}
