/** The worker that reads tables and asks the library: the page stays free to draw and listen. */

import { oneLine } from "@infonet/cli/errors.js";
import type { Cell } from "@infonet/cli/output/result.js";
import type { Table } from "@infonet/cli/table/types.js";
import { AbortedError, type DependenceMatrix, InfoNet } from "infonet";
// Threads are started from this very script, which the browser has already.
import "infonet/worker";
import type { Calls, MatrixEnd, Question, TableSummary, Told } from "../messages.js";
import { decideColumns, readTexts } from "../reading/read.js";
import type { TextTable } from "../reading/text-table.js";
import { likelyOrder } from "./order.js";
import { pairHtml } from "./pair-view.js";

/** Rows that one series is moved against the other. */
const MOST_LAGS = 14;
/** Milliseconds between two deliveries of cells. */
const DELIVERY = 80;

const scope = self as unknown as {
  addEventListener(type: "message", listener: (event: MessageEvent<Question>) => void): void;
  postMessage(told: Told): void;
  location: Location;
};

let net: Promise<InfoNet> | undefined;
let texts: TextTable | undefined;
let table: Table | undefined;
let running: AbortController | undefined;

/** A table that is replaced is of no more interest. */
function decide(asked: Calls["kinds"]["ask"]): TableSummary {
  running?.abort();
  const decided = decideColumns(texts!, asked);
  table = decided.table;
  return decided.summary;
}

const columnOf = (name: string) => table!.columns.find((column) => column.name === name)!;

const answers: { [Name in keyof Calls]: (ask: Calls[Name]["ask"]) => Promise<Calls[Name]["answer"]> } = {
  async load({ threads }) {
    const onProgress = (loaded: { done: number; total: number }): void => scope.postMessage({ loaded });
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
  matrix: () => matrix(table!),
  async stop() {
    running?.abort();
    return null;
  },
  async pair({ x, y }) {
    const [a, b] = [columnOf(x), columnOf(y)];
    return { html: pairHtml(a, b, await (await net!).estimate(asGiven(a), asGiven(b))) };
  },
  async lags({ x, y }) {
    const [a, b] = [columnOf(x), columnOf(y)];
    const [{ lagsHtml }, loaded] = [await import("./lags-view.js"), await net!];
    const most = Math.max(1, Math.min(MOST_LAGS, Math.floor(a.values.length / 20)));
    return { html: lagsHtml(x, y, table!.file, await loaded.lags(asGiven(a), asGiven(b), { maxLag: most })) };
  },
};

async function matrix({ columns }: Table): Promise<MatrixEnd> {
  const controller = new AbortController();
  running = controller;
  const loaded = await net!;
  let waiting: Cell[] = [];
  let last = 0;
  let progress = { done: 0, total: 0 };
  const deliver = (): void => {
    if (running === controller && waiting.length > 0) scope.postMessage({ cells: waiting, ...progress });
    waiting = [];
    last = performance.now();
  };
  const named = columns.map((column) => ({ name: column.name, ...asGiven(column) }));
  const end = (found: DependenceMatrix, stopped: boolean): MatrixEnd => {
    deliver();
    return { pairs: found.pairs, model: found.model, stopped };
  };
  try {
    const found = await loaded.matrix(named, {
      pairs: likelyOrder(columns),
      signal: controller.signal,
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

scope.addEventListener("message", async ({ data }) => {
  // Tasks of a thread are not questions.
  if (!("call" in data)) return;
  const { number, call, ask } = data;
  try {
    scope.postMessage({ number, answer: await answers[call](ask as never) });
  } catch (error) {
    scope.postMessage({ number, error: oneLine(error) });
  }
});
