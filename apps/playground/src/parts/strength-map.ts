/** The strengths of all pairs as a map: a canvas, with a grid for keyboards and screen readers over it. */
import { html } from "@infonet/cli/report/html.js";
import { hex, STRENGTH, strengthStep } from "@infonet/cli/report/palette.js";
import { clip } from "@infonet/cli/report/values.js";
import { fixed } from "@infonet/cli/text/numbers.js";

/** What the map asks for and tells. */
export interface MapOptions {
  /** Strength of a pair, 0 to 1; null where there is none, undefined where it is not known yet. */
  strength(i: number, j: number): number | null | undefined;
  /** One line about a pair. */
  describe(i: number, j: number): string;
  open(i: number, j: number): void;
}

const FONT = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';
/** Letters are as large beside those of the page on every screen. */
const LETTER = 0.75;
/** Names above the map are cut where they are as long as so many of these. */
const LONGEST = 12.5;
/** Pixels of a cell: large enough for a number, for a name beside it, and the least that can be seen. */
const NUMBERS = 34;
const NAMES = 13;
const LEAST = 2;
const LARGEST = 84;
/** Of the time, drawing takes this part at most, unless it takes no longer than half a frame; all in milliseconds. */
const SHARE = 6;
const FRAME = 8;
const MOST_REST = 2000;
/** How much larger it can be made, and the pixels of a side that a browser still draws at ease. */
const LARGER = 8;
const MOST_PIXELS = 4096;

/** The map, in an element of the page. */
export class StrengthMap {
  readonly #host: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #grid: HTMLElement;
  readonly #cell: HTMLElement;
  readonly #caption: HTMLElement;
  readonly #names: readonly string[];
  readonly #options: MapOptions;
  #at: [number, number] = [1, 0];
  #chosen: [number, number] | undefined;
  #hover: [number, number] | undefined;
  #size = 0;
  #zoom = 1;
  /** Whether the pair that is looked at has to be brought into the frame. */
  #centred = true;
  #left = 0;
  #top = 0;
  #asked = false;
  /** Milliseconds until it may be drawn again. */
  #rest = 0;

  constructor(host: HTMLElement, names: readonly string[], options: MapOptions) {
    this.#host = host;
    this.#names = names;
    this.#options = options;
    const count = names.length;
    host.innerHTML = html`<div class="map-frame"><canvas></canvas>
<div class="map-grid" role="grid" tabindex="0" aria-label="Strength of all pairs; arrow keys move, Enter opens a pair, plus and minus change the size" aria-rowcount="${count}" aria-colcount="${count}" aria-activedescendant="map-cell"><div role="row"><div role="gridcell" id="map-cell"></div></div></div></div>
<p class="zoom" hidden><button type="button" class="button" data-zoom="0.5" aria-label="Make the map smaller">−</button><button type="button" class="button" data-zoom="2" aria-label="Make the map larger">+</button></p>
<p class="legend"><span>nothing in common</span><i class="ramp"></i><span>one determines the other</span></p>
<p class="map-caption" aria-hidden="true"></p>`.text;
    this.#canvas = host.querySelector("canvas")!;
    this.#grid = host.querySelector(".map-grid")!;
    this.#cell = host.querySelector("#map-cell")!;
    this.#caption = host.querySelector(".map-caption")!;
    this.#grid.addEventListener("keydown", (event) => this.#key(event));
    this.#grid.addEventListener("pointermove", (event) => this.#point(this.#under(event)));
    this.#grid.addEventListener("pointerleave", () => this.#point(undefined));
    this.#grid.addEventListener("focus", () => this.#move(...this.#at));
    this.#grid.addEventListener("blur", () => this.draw());
    this.#grid.addEventListener("click", (event) => {
      const pair = this.#under(event);
      if (pair === undefined) return;
      this.#at = pair;
      options.open(...pair);
    });
    for (const button of host.querySelectorAll<HTMLElement>("[data-zoom]"))
      button.addEventListener("click", () => this.#enlarge(Number(button.dataset.zoom)));
    new ResizeObserver(() => this.draw()).observe(host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  /** Marks the pair that is looked at. */
  choose(i: number, j: number): void {
    this.#chosen = [i, j];
    this.draw();
  }

  /** Draws with one of the next frames: a map of thousands of columns takes a while, which the page has other uses for. */
  draw(): void {
    if (this.#asked) return;
    this.#asked = true;
    setTimeout(() => {
      requestAnimationFrame(() => {
        const begin = performance.now();
        this.#asked = false;
        this.#draw();
        this.#rest = Math.min(MOST_REST, SHARE * (performance.now() - begin - FRAME));
      });
    }, this.#rest);
  }

  /** Makes it larger or smaller; what is looked at stays in the frame. */
  #enlarge(factor: number): void {
    this.#zoom = Math.min(LARGER, Math.max(1, this.#zoom * factor));
    this.#centred = false;
    this.draw();
  }

  #layout(context: CanvasRenderingContext2D): void {
    const count = this.#names.length;
    const frame = this.#host.clientWidth;
    const width = Math.min(frame * this.#zoom, Math.max(frame, MOST_PIXELS / devicePixelRatio));
    context.font = font();
    const longest = Math.max(...this.#names.map((name) => context.measureText(clip(name, 26)).width));
    const room = Math.min(longest + 10, frame * 0.34);
    const fit = (left: number): number => Math.min(LARGEST, (width - left - 2) / count);
    const named = fit(room) >= NAMES;
    this.#left = named ? room : 1;
    this.#top = named ? Math.min(longest, LONGEST * letter()) * 0.72 + 12 : 1;
    const size = fit(this.#left + (named ? 24 : 0));
    this.#size = Math.max(LEAST, size > 8 ? Math.floor(size) : size);
    this.#host.querySelector<HTMLElement>(".zoom")!.hidden = this.#zoom === 1 && size >= NUMBERS;
    this.#host.querySelector(".map-frame")!.classList.toggle("zoomed", this.#zoom > 1);
  }

  /** Brings a pair into the frame, where the map is larger than that. */
  #centre([i, j]: readonly [number, number]): void {
    const frame = this.#host.querySelector(".map-frame")!;
    frame.scrollTo(
      this.#left + (j + 0.5) * this.#size - frame.clientWidth / 2,
      this.#top + (i + 0.5) * this.#size - frame.clientHeight / 2,
    );
  }

  #draw(): void {
    const context = this.#canvas.getContext("2d");
    if (context === null || this.#host.clientWidth === 0) return;
    this.#layout(context);
    const [count, size, left, top] = [this.#names.length, this.#size, this.#left, this.#top];
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const colours = STRENGTH[dark ? "dark" : "light"].map(hex);
    const style = getComputedStyle(this.#host);
    const [ink, quiet, line] = ["--ink", "--quiet", "--line"].map((name) => style.getPropertyValue(name));
    const [width, height] = [
      Math.ceil(left + size * count + 2 + (top > 1 ? 24 : 0)),
      Math.ceil(top + size * count + 2),
    ];
    const ratio = devicePixelRatio;
    this.#canvas.width = width * ratio;
    this.#canvas.height = height * ratio;
    for (const { style: box } of [this.#canvas, this.#grid])
      [box.width, box.height] = [`${width}px`, `${height}px`];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = font();
    const gap = size > 8 ? 1 : 0;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        const [x, y] = [left + j * size, top + i * size];
        if (i === j) {
          if (size > 8) diagonal(context, x, y, size - gap, line);
          continue;
        }
        const strength = this.#options.strength(i, j);
        context.fillStyle = typeof strength === "number" ? colours[strengthStep(strength)] : line;
        context.globalAlpha = strength === undefined ? 0.35 : 1;
        context.fillRect(x, y, size - gap, size - gap);
        context.globalAlpha = 1;
        if (typeof strength !== "number" || size < NUMBERS) continue;
        const strong = strength > (dark ? 0.55 : 0.5);
        context.fillStyle = strong ? (dark ? "#10181d" : "#ffffff") : ink;
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.fillText(fixed(strength, 2), x + (size - gap) / 2, y + (size - gap) / 2);
      }
    }
    if (top > 1) this.#drawNames(context, ink, quiet);
    if (!this.#centred) this.#centre(this.#chosen ?? this.#at);
    this.#centred = true;
    const focused = document.activeElement === this.#grid ? this.#at : undefined;
    for (const [pair, thick] of [
      [this.#chosen, 2],
      [this.#hover, 1.5],
      [focused, 3],
    ] as const) {
      if (pair === undefined) continue;
      for (const [i, j] of pair === this.#chosen ? [pair, [pair[1], pair[0]]] : [pair]) {
        context.strokeStyle = ink;
        context.lineWidth = thick;
        context.strokeRect(left + j * size - 0.5, top + i * size - 0.5, size - gap + 1, size - gap + 1);
      }
    }
  }

  #drawNames(context: CanvasRenderingContext2D, ink: string, quiet: string): void {
    const lit = this.#hover ?? (document.activeElement === this.#grid ? this.#at : this.#chosen);
    for (const [k, name] of this.#names.entries()) {
      const bright = lit?.includes(k);
      context.fillStyle = bright ? ink : quiet;
      const middle = k * this.#size + this.#size / 2;
      context.textBaseline = "middle";
      context.textAlign = "right";
      context.fillText(fitted(context, name, this.#left - 8), this.#left - 7, this.#top + middle);
      context.save();
      context.translate(this.#left + middle, this.#top - 6);
      context.rotate(-Math.PI / 4);
      context.textAlign = "left";
      context.fillText(fitted(context, name, (this.#top - 10) / 0.72), 0, 0);
      context.restore();
    }
  }

  /** The pair under a pointer. */
  #under(event: MouseEvent): [number, number] | undefined {
    const frame = this.#canvas.getBoundingClientRect();
    const [j, i] = [event.clientX - frame.left - this.#left, event.clientY - frame.top - this.#top].map(
      (distance) => Math.floor(distance / this.#size),
    );
    const inside = (k: number): boolean => k >= 0 && k < this.#names.length;
    return inside(i) && inside(j) && i !== j ? [i, j] : undefined;
  }

  #point(pair: [number, number] | undefined): void {
    if (pair?.join() === this.#hover?.join()) return;
    this.#hover = pair;
    this.#caption.textContent = pair === undefined ? "" : this.#options.describe(...pair);
    this.#grid.classList.toggle("on-pair", pair !== undefined);
    this.draw();
  }

  #key(event: KeyboardEvent): void {
    const [i, j] = this.#at;
    const last = this.#names.length - 1;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [i - 1, j],
      ArrowDown: [i + 1, j],
      ArrowLeft: [i, j - 1],
      ArrowRight: [i, j + 1],
      Home: [i, 0],
      End: [i, last],
      PageUp: [0, j],
      PageDown: [last, j],
    };
    if (event.key === "Enter" || event.key === " ") {
      if (i !== j) this.#options.open(i, j);
    } else if (event.key === "+" || event.key === "-") this.#enlarge(event.key === "+" ? 2 : 0.5);
    else if (Object.hasOwn(moves, event.key)) {
      this.#move(...(moves[event.key].map((k) => Math.min(last, Math.max(0, k))) as [number, number]));
    } else return;
    event.preventDefault();
  }

  #move(i: number, j: number): void {
    this.#at = [i, j];
    const text = i === j ? `${this.#names[i]} with itself` : this.#options.describe(i, j);
    this.#cell.setAttribute("aria-rowindex", String(i + 1));
    this.#cell.setAttribute("aria-colindex", String(j + 1));
    this.#cell.textContent = text;
    this.#caption.textContent = text;
    if (this.#zoom > 1) this.#centre(this.#at);
    this.draw();
  }
}

function letter(): number {
  return LETTER * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

const font = (): string => `${letter()}px ${FONT}`;

/** The place of a column with itself, where there is nothing to say. */
function diagonal(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x + 0.2 * size, y + 0.2 * size);
  context.lineTo(x + 0.8 * size, y + 0.8 * size);
  context.stroke();
}

/** A name, shortened to the room there is. */
function fitted(context: CanvasRenderingContext2D, name: string, room: number): string {
  if (context.measureText(name).width <= room) return name;
  let [fits, most] = [1, [...name].length];
  while (fits + 1 < most) {
    const middle = (fits + most) >> 1;
    if (context.measureText(clip(name, middle)).width <= room) fits = middle;
    else most = middle;
  }
  return clip(name, fits);
}
