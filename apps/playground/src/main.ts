/** The page: from a table that is dropped to what is shown of it. */
import type { MatrixResult } from "@infonet/cli/output/result.js";
import { Analysis } from "./analysis/client.js";
import { type Place, readPlace, writePlace } from "./link.js";
import type { Asked, MatrixEnd, TableSummary } from "./messages.js";
import { forget, isKeeping, keep, keepTable, recentTables } from "./recent.js";
import { SAMPLES } from "./samples.js";
import type { Ask } from "./views/answer-panel.js";
import { showRecent } from "./views/recent-list.js";
import { showStart } from "./views/start.js";
import { TableView } from "./views/table-view.js";

/** More workers take memory and share the cores. */
const MOST_THREADS = 16;

const main = document.querySelector<HTMLElement>("#main")!;
let place: Place = { kinds: {} };
let bytes: ArrayBuffer | undefined;
let view: TableView | undefined;
let summary: TableSummary | undefined;
let end: MatrixEnd | undefined;
/** What is shown changes while the worker computes: an answer to what was asked before is of no more interest. */
let turn = 0;

const megabytes = (size: number): string => (size / 1e6).toFixed(1);
const analysis = new Analysis({
  onLoading(done, total) {
    if (end === undefined && view !== undefined) {
      view.status(`Loading the network, ${megabytes(done)} of ${megabytes(total)} MB`, { done, total });
    }
  },
  onCells: (cells, done, total) => view?.add(cells, done, total),
});
const threads = Math.max(1, Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1));
let loading = load();
/** Ends the matrix that is computed. */
let stopping = new AbortController();

function load(): Promise<null> {
  const loaded = analysis.ask("load", { threads });
  loaded.catch(() => undefined);
  return loaded;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Writes what is looked at into the address; going back leads to the table before. */
function remember(): void {
  history.replaceState(null, "", writePlace(place) || location.pathname);
}

function showFirst(error?: string): void {
  turn++;
  view?.close();
  [view, summary, end] = [undefined, undefined, undefined];
  document.title = "infonet – what depends on what?";
  showStart(main, {
    onFile: (file) => void openFile(file),
    onText: (text) => void openText(text),
    onSample: (id) => void openPlace({ sample: id, kinds: {} }, "pushState"),
  });
  void showTables();
  if (error === undefined) return;
  const line = document.createElement("p");
  line.className = "error";
  line.role = "alert";
  line.textContent = error;
  main.querySelector(".drop")!.before(line);
}

/** Tables of before, where the browser has room for them. */
async function showTables(): Promise<void> {
  const host = main.querySelector<HTMLElement>("[data-tables]")!;
  const again = (change: Promise<void>): void => {
    void change.then(showTables).then(() => main.querySelector<HTMLElement>("[data-keep]")?.focus());
  };
  try {
    showRecent(host, isKeeping(), await recentTables(), {
      onKeep: (on) => again(keep(on)),
      onForget: (id) => again(forget(id)),
      onRecent: ({ file, bytes }) => void open(file, bytes, { file, kinds: {} }),
    });
  } catch {
    // A browser without storage keeps nothing, and says nothing of it.
    host.replaceChildren();
  }
}

async function openFile(file: File): Promise<void> {
  await open(file.name, await file.arrayBuffer(), { file: file.name, kinds: {} });
}

async function openText(text: string): Promise<void> {
  const file = "pasted table";
  await open(file, new TextEncoder().encode(text).buffer, { file, kinds: {} });
}

/** Opens what the address says. */
async function openPlace(wanted: Place, enter: Enter = "replaceState"): Promise<void> {
  try {
    const sample = SAMPLES.find(({ id }) => id === wanted.sample);
    if (sample !== undefined) {
      const response = await fetch(sample.url);
      await open(sample.file, await response.arrayBuffer(), wanted, enter);
    } else if (wanted.data !== undefined) {
      const { unpackedData } = await import("./link-data.js");
      await open(wanted.file ?? "linked table", await unpackedData(wanted.data), wanted, enter);
    } else showFirst();
  } catch (error) {
    showFirst(`The link holds no table that can be read (${message(error)}).`);
  }
}

/** Whether going back leads to what was shown before. */
type Enter = "pushState" | "replaceState";

async function open(
  file: string,
  content: ArrayBuffer,
  wanted: Place,
  enter: Enter = "pushState",
): Promise<void> {
  const mine = ++turn;
  try {
    const read = await analysis.ask("open", { file, bytes: content, asked: wanted.kinds });
    if (mine !== turn) return;
    [bytes, place] = [content, wanted];
    document.title = `${file} – infonet`;
    history[enter](null, "", writePlace(place) || location.pathname);
    if (wanted.sample === undefined && wanted.data === undefined)
      void keepTable(file, content).catch(() => undefined);
    show(read, false);
    main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    scrollTo(0, 0);
    await compute(mine);
  } catch (error) {
    if (mine === turn) showFirst(message(error));
  }
}

function show(read: TableSummary, columnsOpen: boolean): void {
  [summary, end] = [read, undefined];
  view?.close();
  view = new TableView(
    main,
    read,
    { onKind, onPair, onPlace, onStop, onExport, onPicture, onLink, onOther: goHome, ask },
    columnsOpen,
  );
  view.look(place);
}

/** Until the network is there. What failed, without a connection say, is tried again. */
function ready(): Promise<null> {
  loading = loading.catch(load);
  return loading;
}

const ask: Ask = async (call, asked, watch) => {
  await ready();
  return analysis.ask(call, asked, watch);
};

async function compute(mine: number): Promise<void> {
  if (summary!.usable.length < 2) {
    view!.status("");
    return;
  }
  stopping.abort();
  stopping = new AbortController();
  const { signal } = stopping;
  try {
    view!.status("Getting ready", { done: 0, total: 1 });
    await ready();
    if (mine !== turn) return;
    const [x, y] = place.pair ?? [];
    if (summary!.usable.includes(x!) && summary!.usable.includes(y!)) void look(x!, y!);
    const found = await analysis.ask("matrix", { series: place.series === true }, { signal });
    if (mine !== turn) return;
    end = found;
    view!.end(found);
    const strongest = view!.strongest;
    if (place.pair === undefined && strongest !== undefined) await look(...strongest);
  } catch (error) {
    if (mine === turn) view!.fail(message(error));
  }
}

async function onKind(column: string, kind: Asked): Promise<void> {
  const mine = ++turn;
  place = { ...place, kinds: { ...place.kinds, [column]: kind } };
  remember();
  const read = await analysis.ask("kinds", place.kinds);
  if (mine !== turn) return;
  show(read, true);
  const at = read.columns.findIndex(({ name }) => name === column);
  main.querySelector<HTMLElement>(`[data-column="${at}"]`)?.focus({ preventScroll: true });
  await compute(mine);
}

async function look(x: string, y: string): Promise<void> {
  const mine = turn;
  view!.showPair(x, y, undefined);
  // Of two pairs that are asked for one after the other the first one may take longer.
  const isStill = (): boolean => mine === turn && view!.pair.pair?.join("\n") === `${x}\n${y}`;
  try {
    const { html } = await analysis.ask("pair", { x, y, series: place.series === true });
    if (isStill()) view!.showPair(x, y, html);
  } catch (error) {
    if (isStill()) view!.pair.fail(message(error));
  }
}

async function onPair(x: string, y: string): Promise<void> {
  onPlace({ pair: [x, y], view: undefined });
  await look(x, y);
  view?.pair.focus();
}

/** Its pictures as a file. */
async function onPicture(): Promise<void> {
  const { pair, pictures } = view!.pair;
  const { standingAlone } = await import("./pictures/standing-alone.js");
  const title = pair!.join(" and ");
  save([standingAlone(title, pictures)], "image/svg+xml", `${title.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.svg`);
}

/** Looks at something else of the same table; in time, all pairs are others. */
function onPlace(change: Partial<Place>): void {
  const { series } = place;
  place = { ...place, ...change };
  remember();
  if (series !== place.series) {
    const mine = ++turn;
    show(summary!, false);
    main.querySelector<HTMLElement>("[data-series]")?.focus({ preventScroll: true });
    void compute(mine);
  } else view!.look(place);
}

function onStop(): void {
  stopping.abort();
}

/** What was found, as the command has it. */
function result({ pairs, model }: MatrixEnd): MatrixResult {
  const { target } = place;
  const wanted = target === undefined ? pairs : pairs.filter(({ x, y }) => x === target || y === target);
  return { file: summary!.file, units: "nats", seed: 0, model, pairs: wanted };
}

async function onExport(format: "csv" | "json"): Promise<void> {
  if (end === undefined) {
    view!.status("Wait until it is finished, or stop it: then there is something to save.");
    return;
  }
  const whole = result(end);
  const { matrixCsv, matrixJson } = await import("./exports.js");
  const lines = format === "csv" ? matrixCsv(whole) : matrixJson(whole);
  const type = format === "csv" ? "text/csv" : "application/json";
  save([...lines], type, `${summary!.file.replace(/\.[^.]*$/, "")}-pairs.${format}`);
}

function save(parts: BlobPart[], type: string, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function onLink(): Promise<void> {
  const { packed } = await import("./link-data.js");
  const data = place.sample === undefined ? (place.data ?? (await packed(bytes!))) : undefined;
  const button = main.querySelector<HTMLElement>("[data-do=link]")!;
  const tell = (text: string): void => {
    button.textContent = text;
    setTimeout(() => {
      button.textContent = "Copy link";
    }, 2500);
  };
  if (place.sample === undefined && data === undefined) {
    tell("Too large for a link");
    return;
  }
  const address = `${location.href.split("#")[0]}${writePlace({ ...place, data })}`;
  try {
    await navigator.clipboard.writeText(address);
    tell("Copied");
  } catch {
    prompt("The link", address);
  }
}

/** Files can be dropped, and cells pasted, wherever one is. */
function listen(): void {
  const over = (is: boolean) => document.body.classList.toggle("dropping", is);
  addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) over(false);
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const file = event.dataTransfer?.files[0];
    const text = event.dataTransfer?.getData("text/plain");
    if (file !== undefined) void openFile(file);
    else if (text) void openText(text);
  });
  addEventListener("paste", (event) => {
    if ((event.target as Element).closest?.("textarea, input")) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain");
    if (file !== undefined) void openFile(file);
    else if (text?.trim()) void openText(text);
  });
  addEventListener("popstate", () => void openPlaceOrStart());
  document.querySelector("#home")!.addEventListener("click", (event) => {
    event.preventDefault();
    goHome();
  });
}

function goHome(): void {
  stopping.abort();
  history.pushState(null, "", location.pathname);
  showFirst();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

async function openPlaceOrStart(): Promise<void> {
  const wanted = readPlace(location.hash);
  if (wanted.sample === undefined && wanted.data === undefined) showFirst();
  else await openPlace(wanted);
}

listen();
void openPlaceOrStart();
if ("serviceWorker" in navigator && location.protocol !== "file:") {
  addEventListener("load", () => void navigator.serviceWorker.register("./sw.js").catch(() => undefined));
}
