/** How far something is, in words and as a bar, with a button that ends it. */
import { type Html, html } from "@infonet/cli/report/html.js";
import type { Progress } from "../messages.js";

/** The markup; the button does what `action` says. */
export function goingMarkup(what: string, action: string): Html {
  return html`<div class="going"><p class="status" role="status"></p><progress aria-label="${what}" value="0" max="1" hidden></progress><button type="button" class="button" data-do="${action}" hidden>Stop</button></div>`;
}

/** Tells it, in an element that holds the markup. */
export class Going {
  readonly #line: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #button: HTMLElement;

  constructor(host: HTMLElement) {
    const going = host.querySelector(".going")!;
    this.#line = going.querySelector(".status")!;
    this.#bar = going.querySelector("progress")!;
    this.#button = going.querySelector("button")!;
  }

  /** Without numbers the bar is left out; the button is there if something can be ended, or begun again. */
  tell(text: string, progress?: Progress, button?: "Stop" | "Start again"): void {
    // Read aloud once it is over; until then the bar can be asked.
    this.#line.ariaLive = progress === undefined ? "polite" : "off";
    this.#line.textContent = text;
    this.#bar.hidden = progress === undefined;
    this.#button.hidden = button === undefined;
    if (button !== undefined) this.#button.textContent = button;
    if (progress !== undefined)
      [this.#bar.max, this.#bar.value] = [Math.max(1, progress.total), progress.done];
  }
}
