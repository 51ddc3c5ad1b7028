/** The worker that reads tables and asks the library: the page stays free to draw and listen. */

import { oneLine } from "@infonet/cli/errors.js";
import type { Cell } from "@infonet/cli/output/result.js";
import type { Table } from "@infonet/cli/table/types.js";
import { AbortedError, type DependenceMatrix, InfoNet, type MatrixOptions } from "infonet";
// Threads are started from this very script, which the browser has already.
import "infonet/worker";
import type { Calls, MatrixEnd, Progress, Question, Stop, TableSummary, Told } from "../messages.js";
import { decideColumns, readTexts } from "../reading/read.js";
import type { TextTable } from "../reading/text-table.js";
import { likelyOrder } from "./order.js";

/** Rows that one series is moved against the other. */
const MOST_LAGS = 14;
/** Milliseconds between two deliveries of cells, or of how far something is. */
const DELIVERY = 80;

const scope = self as unknown as {
  addEventListener(type: "message", listener: (event: MessageEvent<Question | Stop>) => void): void;
  postMessage(told: Told): void;
  location: Location;
};

let net: Promise<InfoNet> | undefined;
let texts: TextTable | undefined;
let table: Table | undefined;
/** Questions about the table that are not answered yet. */
const running = new Map<number, AbortController>();

/** A table that is replaced is of no more interest. */
function decide(asked: Calls["kinds"]["ask"]): TableSummary {
  for (const controller of running.values()) controller.abort();
  running.clear();
  const decided = decideColumns(texts!, asked);
  table = decided.table;
  return decided.summary;
}

const columnOf = (name: string) => table!.columns.find((column) => column.name === name)!;

/** What a question that takes a while can be watched and ended by. */
interface Watched {
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

type Answers = {
  [Name in keyof Calls]: (ask: Calls[Name]["ask"], watched: Watched) => Promise<Calls[Name]["answer"]>;
};

const answers: Answers = {
  async load({ threads }) {
    const onProgress = (loaded: Progress): void => scope.postMessage({ loaded });
    net ??= InfoNet.load({ threads, warmup: true, onProgress, worker: scope.location.href });
    // What failed once, without a network say, may work later.
    net.catch(() => {
      net = undefined;
    });
    await net;
    return null;
  },
  async open({ file, bytes, asked }) {
    texts = await readTexts(file, bytes);
    return decide(asked);
  },
  async kinds(asked) {
    return decide(asked);
  },
  matrix: ({ series }, { signal }) => matrix(table!, { ...inTime(series), signal }),
  async pair({ x, y, series }) {
    const [a, b] = [columnOf(x), columnOf(y)];
    const [{ pairHtml }, loaded] = [await import("./pair-view.js"), await net!];
    return { html: pairHtml(a, b, await loaded.estimate(asGiven(a), asGiven(b), inTime(series))) };
  },
  async lags({ x, y }) {
    const [a, b] = [columnOf(x), columnOf(y)];
    const [{ lagsHtml }, loaded] = [await import("./lags-view.js"), await net!];
    const most = Math.max(1, Math.min(MOST_LAGS, Math.floor(a.values.length / 20)));
    return { html: lagsHtml(x, y, table!.file, await loaded.lags(asGiven(a), asGiven(b), { maxLag: most })) };
  },
  async conditional({ x, y, given, series }, watched) {
    const [a, b, others] = [columnOf(x), columnOf(y), given.map(columnOf)];
    const [{ conditionalHtml }, loaded] = [await import("./conditional-view.js"), await net!];
    const alone = await loaded.estimate(asGiven(a), asGiven(b), inTime(series));
    const known = others.map(asGiven);
    const beyond = await loaded.conditional(asGiven(a), asGiven(b), known, { ...inTime(series), ...watched });
    return { html: conditionalHtml({ x, y, given }, alone, beyond) };
  },
  async network(options, watched) {
    const [{ networkHtml }, loaded] = [await import("./network-view.js"), await net!];
    return { html: networkHtml(await loaded.network(named(), { ...options, ...watched })) };
  },
  async select({ target }, watched) {
    const [{ selectionHtml }, loaded] = [await import("./select-view.js"), await net!];
    return { html: selectionHtml(named(), await loaded.select(named(), target, watched)) };
  },
  async differences({ by }, watched) {
    const [{ differencesHtml }, loaded] = [await import("./differences-view.js"), await net!];
    const { levels = [], values } = columnOf(by);
    // With the levels as texts, that groups have their names.
    const texts = Array.from(values, (code) => levels[code]);
    const columns = named().map((column) => (column.name === by ? { name: by, values: texts } : column));
    return { html: differencesHtml(named(), await loaded.differences(columns, by, watched)) };
  },
};

async function matrix(
  { columns }: Table,
  options: Pick<MatrixOptions, "rows"> & { signal: AbortSignal },
): Promise<MatrixEnd> {
  const loaded = await net!;
  let waiting: Cell[] = [];
  let last = 0;
  let progress: Progress = { done: 0, total: 0 };
  const deliver = (): void => {
    // What comes late would be taken for that of the next matrix.
    if (!options.signal.aborted && waiting.length > 0) scope.postMessage({ cells: waiting, ...progress });
    waiting = [];
    last = performance.now();
  };
  const end = (found: DependenceMatrix, stopped: boolean): MatrixEnd => {
    deliver();
    return { pairs: found.pairs, model: found.model, stopped };
  };
  try {
    const found = await loaded.matrix(named(), {
      ...options,
      pairs: likelyOrder(columns),
      onPairs: (cells) => waiting.push(...cells),
      onProgress: (now) => {
        progress = now;
        if (performance.now() - last > DELIVERY) deliver();
      },
    });
    return end(found, false);
  } catch (error) {
    if (error instanceof AbortedError) return end(error.partial as DependenceMatrix, true);
    throw error;
  }
}

/** A column as the library takes it. */
function asGiven({ values, levels }: Table["columns"][number]) {
  return levels === undefined ? { values } : { values, kind: "category" as const };
}

/** The table as the library takes it. */
function named() {
  return table!.columns.map((column) => ({ name: column.name, values: asGiven(column) }));
}

function inTime(series: boolean): { rows?: "series" } {
  return series ? { rows: "series" } : {};
}

/** Tells how far a question is, not too often. */
function watchedBy(number: number, { signal }: AbortController): Watched {
  let last = 0;
  const onProgress = (progress: Progress): void => {
    if (performance.now() - last < DELIVERY) return;
    last = performance.now();
    scope.postMessage({ number, progress });
  };
  return { signal, onProgress };
}

scope.addEventListener("message", async ({ data }) => {
  if ("stop" in data) running.get(data.stop)?.abort();
  // Tasks of a thread are not questions.
  if (!("call" in data)) return;
  const { number, call, ask } = data;
  const controller = new AbortController();
  // A table is opened by a question too, which ends all others.
  if (call !== "load" && call !== "open" && call !== "kinds") running.set(number, controller);
  try {
    const answer = await answers[call](ask as never, watchedBy(number, controller));
    scope.postMessage({ number, answer });
  } catch (error) {
    scope.postMessage({ number, error: oneLine(error) });
  } finally {
    running.delete(number);
  }
});
