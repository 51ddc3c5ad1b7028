/** An answer that takes a while: how far it is, an end before time, what went wrong, and then what it is. */
import { html } from "@infonet/cli/report/html.js";
import { grouped } from "@infonet/cli/text/numbers.js";
import type { Answer, Calls, Progress } from "../messages.js";
import { Going, goingMarkup } from "../parts/going.js";

/** The questions that a panel can put: those that are answered by markup. */
export type AnswerCall = {
  [Name in keyof Calls]: Calls[Name]["answer"] extends Answer ? Name : never;
}[keyof Calls];

/** Puts a question to the worker. */
export type Ask = <Name extends AnswerCall>(
  call: Name,
  ask: Calls[Name]["ask"],
  watch: { signal: AbortSignal; onProgress(progress: Progress): void },
) => Promise<Answer>;

/** Shows answers in an element of the page, the last one that was asked for. */
export class AnswerPanel {
  readonly #content: HTMLElement;
  readonly #error: HTMLElement;
  readonly #going: Going;
  readonly #ask: Ask;
  #again: (() => void) | undefined;
  #key: string | undefined;
  #controller: AbortController | undefined;

  constructor(host: HTMLElement, what: string, ask: Ask) {
    host.innerHTML =
      html`${goingMarkup(what, "end-answer")}<p class="error" role="alert" hidden></p><div class="answer"></div>`.text;
    this.#content = host.querySelector(".answer")!;
    this.#error = host.querySelector(".error")!;
    this.#going = new Going(host);
    this.#ask = ask;
    host.querySelector<HTMLElement>("[data-do=end-answer]")!.onclick = () =>
      this.#controller === undefined ? this.#again?.() : this.#controller.abort();
  }

  /** Asks, unless the same has been asked before. */
  async show<Name extends AnswerCall>(call: Name, ask: Calls[Name]["ask"]): Promise<void> {
    const key = JSON.stringify([call, ask]);
    if (key === this.#key) return;
    this.clear();
    this.#key = key;
    this.#again = () => {
      this.#key = undefined;
      void this.show(call, ask);
    };
    const controller = new AbortController();
    const { signal } = controller;
    this.#controller = controller;
    this.#content.ariaBusy = "true";
    this.#going.tell("Getting ready", { done: 0, total: 1 }, "Stop");
    try {
      const { html: markup } = await this.#ask(call, ask, {
        signal,
        onProgress: ({ done, total }) => {
          if (this.#controller === controller)
            this.#going.tell(`${grouped(done)} of ${grouped(total)} steps`, { done, total }, "Stop");
        },
      });
      if (this.#controller !== controller) return;
      this.#content.innerHTML = markup;
      this.#going.tell("");
    } catch (error) {
      if (this.#controller !== controller) return;
      if (signal.aborted) this.#going.tell("Stopped.", undefined, "Start again");
      else {
        this.#going.tell("");
        this.#error.textContent = error instanceof Error ? error.message : String(error);
        this.#error.hidden = false;
      }
    }
    this.#controller = undefined;
    this.#content.ariaBusy = "false";
  }

  /** Ends what goes on, and shows nothing. */
  clear(): void {
    const controller = this.#controller;
    [this.#controller, this.#key] = [undefined, undefined];
    controller?.abort();
    this.#content.replaceChildren();
    this.#error.hidden = true;
    this.#going.tell("");
  }
}
