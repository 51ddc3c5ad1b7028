import type { Estimate } from "infonet";
import { engineColumn } from "../engine.js";
import type { Estimated, MatrixResult } from "../output/result.js";
import { uniform } from "../random.js";
import type { Table, TableColumn } from "../table/types.js";
import { fakeEngine } from "./fake-engine.js";

/** A pair with a number. */
export function estimated(x: string, y: string, mi: number, more: Partial<Estimated> = {}): Estimated {
  return {
    x,
    y,
    mi,
    interval: [Math.max(0, mi - 0.1), mi + 0.1],
    pValue: undefined,
    n: 100,
    kinds: ["number", "number"],
    entropies: [undefined, undefined],
    normalized: undefined,
    warnings: [],
    ...more,
  };
}

/** A result of a table called data.csv. */
export function resultOf(pairs: MatrixResult["pairs"], more: Partial<MatrixResult> = {}): MatrixResult {
  return { file: "data.csv", units: "nats", seed: 0, model: "fake 0123456789ab", pairs, ...more };
}

/** A column of numbers, or of categories if the names of its codes are given. */
export function column(name: string, values: ArrayLike<number>, levels?: string[]): TableColumn {
  const list = Float64Array.from(values);
  const missing = list.filter(Number.isNaN).length;
  return { name, kind: levels ? "category" : "number", values: list, levels, missing };
}

/** A table of usable columns. */
export function tableOf(columns: TableColumn[], more: Partial<Table> = {}): Table {
  const names = columns.map(({ name }) => name);
  const rows = columns[0]?.values.length ?? 0;
  return { file: "data.csv", rows, names, columns, unusable: [], notes: [], ...more };
}

/** Columns c1 … ck of noise around a common factor; later ones hold less of it. */
export function factorColumns(count: number, rows: number): TableColumn[] {
  const random = uniform(count * 1000 + rows);
  const factor = Float64Array.from({ length: rows }, () => random());
  return Array.from({ length: count }, (_, k) =>
    column(
      `c${k + 1}`,
      factor.map((value) => value + (random() * (k + 1)) / 4),
    ),
  );
}

/** The stand-in's answers for a table, as the matrix command would have them. */
export async function fakeResult(table: Table): Promise<MatrixResult> {
  const columns = table.columns.map((each) => ({ name: each.name, values: engineColumn(each) }));
  const { pairs, model } = await fakeEngine().matrix(columns, { target: table.targets });
  return resultOf(pairs, { file: table.file, model });
}

/** The stand-in's estimate of two columns. */
export async function fakeEstimate(x: TableColumn, y: TableColumn): Promise<Estimate> {
  return fakeEngine().estimate(engineColumn(x), engineColumn(y));
}
