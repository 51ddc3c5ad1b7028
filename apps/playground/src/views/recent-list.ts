/** Tables of before, on the first page. */
import { html } from "@infonet/cli/report/html.js";
import { LARGEST_KEPT, MOST_KEPT, type RecentTable } from "../recent.js";

/** What the reader can do there. */
export interface RecentActions {
  onKeep(on: boolean): void;
  onForget(id: number): void;
  onRecent(table: RecentTable): void;
}

const size = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${Number((bytes / 1e6).toFixed(1))} MB`;

/** Shows them, and the switch. */
export function showRecent(
  host: HTMLElement,
  keeping: boolean,
  tables: readonly RecentTable[],
  { onKeep, onForget, onRecent }: RecentActions,
): void {
  host.innerHTML =
    html`<label class="keep"><input type="checkbox" data-keep${keeping && html` checked`}> Remember my tables on this device <small>the last ${MOST_KEPT}, up to ${size(LARGEST_KEPT)} each; they stay in this browser</small></label>
${tables.length > 0 && html`<ul class="recent">${tables.map(({ file, bytes }, k) => html`<li><button type="button" class="link" data-recent="${k}">${file}</button> <small>${size(bytes.byteLength)}</small> <button type="button" class="button" data-forget="${k}" aria-label="Forget ${file}">Forget</button></li>`)}</ul>`}`.text;
  host.querySelector("input")!.onchange = ({ target }) => onKeep((target as HTMLInputElement).checked);
  for (const button of host.querySelectorAll("button")) {
    const { recent, forget } = button.dataset;
    button.onclick = () =>
      recent === undefined ? onForget(tables[Number(forget)].id) : onRecent(tables[Number(recent)]);
  }
}
