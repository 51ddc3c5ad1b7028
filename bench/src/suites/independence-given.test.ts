import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal } from "../journal.js";
import { CONDITIONAL_LAWS } from "./conditional-laws.js";
import { cellsOf, independenceGiven } from "./independence-given.js";
import type { Side } from "./sides.js";
import type { Context } from "./suite.js";

const signal = new AbortController().signal;

/** P-values in turn; texts are refused. */
function net(values: ReadonlyArray<number | undefined>, log: Side[]) {
  let call = 0;
  return {
    conditional: async (x: Side, _y: Side, z: Side) => {
      if (Array.isArray(x) || Array.isArray(z)) throw new Error("no texts");
      log.push(x);
      return { mi: 0, interval: [0, 0], pValue: values[call++ % values.length] };
    },
  };
}

async function context(file: string, log: Side[]): Promise<Context> {
  const journal = await Journal.open(file, 0, "w", signal);
  const tell = (): void => undefined;
  const own = net([0.005, 0.05, undefined, 0.5, 0.8], log);
  return { ...{ journal, tell, signal, seed: 1, quick: true }, net: own } as unknown as Context;
}

test("shares of all samples, and of those with a p-value", () => {
  expect(cellsOf({ draws: 20, rejected: [4, 1], unanswered: 4 })).toEqual([
    "20.0",
    "5.0",
    "20.0",
    "25.0",
    "–",
  ]);
  const none = { draws: 10, rejected: [0, 0], unanswered: 10, noises: 1 };
  expect(cellsOf(none)).toEqual(["0.0", "0.0", "100.0", "–", "10.0"]);
  expect(cellsOf({ draws: 0, rejected: [0, 0], unanswered: 0 })).toEqual(["–", "–", "–", "–", "–"]);
});

test("a row a law and size, dashes where columns are refused, and nothing is measured twice", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "given-")), "j.json");
  const log: Side[] = [];
  const { tables, notes } = await independenceGiven.run(await context(file, log));
  const rows = tables.flatMap((table) => ("rows" in table ? table.rows : []));
  expect(rows).toHaveLength(CONDITIONAL_LAWS.length);
  const row = (name: string) => rows.find(([law]) => law === name);
  // Of five values in turn one is at most 1 %, two are at most 5 %, one is none.
  expect(row("linear, one column")).toEqual([
    "linear, one column",
    "200",
    "40.0",
    "20.0",
    "20.0",
    "50.0",
    "10.0",
  ]);
  expect(row("8 categories")).toEqual(["8 categories", "200", "–", "–", "–", "–", "–"]);
  expect(notes.join(" ")).toContain("8 categories: no texts");
  const calls = log.length;
  expect(calls).toBeGreaterThan(200);
  expect((await independenceGiven.run(await context(file, log))).tables).toEqual(tables);
  expect(log).toHaveLength(calls);
});
