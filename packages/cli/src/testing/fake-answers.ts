/** Answers that say nothing of the data: the first columns, with numbers that are easy to see in a text. */
import type {
  Columns,
  Differences,
  DifferencesOptions,
  NetworkOptions,
  SelectedColumn,
  SelectOptions,
  SummaryOptions,
  TableSummary,
} from "infonet";
import type { Engine } from "../engine.js";

/** The calls that ask a whole table. */
export function fakeAnswers(model: string): Pick<Engine, "select" | "summary" | "differences" | "network"> {
  return {
    async select(
      columns: Columns,
      target: string,
      {
        signal,
        units = "nats",
        seed = 0,
        most = 10,
        criterion = "conditional",
        resamples,
      }: SelectOptions = {},
    ) {
      if (signal?.aborted) throw signal.reason;
      const others = namesOf(columns).filter((name) => name !== target);
      const selected = others.slice(0, most).map((column, k): SelectedColumn => {
        const gain = 0.5 / (k + 1);
        const interval: [number, number] = [gain / 2, 2 * gain];
        const same = k === 1 ? ["twin"] : [];
        const own = {
          column,
          gain,
          interval,
          total: gain,
          totalInterval: interval,
          pValue: 0.001,
          n: 20,
          same,
        };
        return resamples === undefined ? own : { ...own, stability: 0.75 };
      });
      const stopped = "nothing more is told" as const;
      return { units, seed, model, target, criterion, selected, stopped, failed: [] };
    },
    async summary(
      columns: Columns,
      target: string,
      { signal, units = "nats", seed = 0 }: SummaryOptions = {},
    ): Promise<TableSummary> {
      if (signal?.aborted) throw signal.reason;
      const others = namesOf(columns).filter((name) => name !== target);
      const own = { mi: 0.25, interval: [0.125, 0.5] as [number, number], explained: 0.5 };
      const p = { pValue: 0.001, qValue: 0.002, n: 20 };
      const parts = { unique: [0.25, 0.125] as [number, number], redundant: 0.0625, synergistic: 0.0625 };
      const interaction = { mi: 0, interval: [-0.125, 0.125] as [number, number] };
      const [x, y] = others;
      return {
        ...{ units, seed, model, target, entropy: 0.5 },
        columns: others.map((column) => ({ column, kind: "levels", entropy: 0.625, ...own, ...p })),
        pairs: [{ x, y, mi: 0.5, interval: [0.25, 1], ...parts, interaction, n: 20 }],
        failed: [],
      };
    },
    async differences(
      columns: Columns,
      by: string,
      { signal, units = "nats", seed = 0 }: DifferencesOptions = {},
    ) {
      if (signal?.aborted) throw signal.reason;
      const [x, y] = namesOf(columns).filter((name) => name !== by);
      const p = { pValue: 0.001, qValue: 0.002 };
      const interval: [number, number][] = [
        [0.25, 1],
        [0, 0.25],
      ];
      const pairs = [{ x, y, mi: [0.5, 0.125], interval, difference: 0.375, ...p }];
      const own: Differences["columns"] = [
        { column: x, mi: 0.25, interval: [0.125, 0.5], normalized: 0.5, ...p },
      ];
      const groups = ["0", "1"].map((level) => ({ level, n: 30 }));
      const leftOut = [{ level: "2", n: 3 }];
      return { units, seed, model, by, groups, leftOut, columns: own, pairs, failed: [] };
    },
    async network(
      columns: Columns,
      { signal, units = "nats", seed = 0, method = "conditional" }: NetworkOptions = {},
    ) {
      if (signal?.aborted) throw signal.reason;
      const nodes = namesOf(columns);
      const [x, y, z] = nodes;
      const link = { x, mi: 0.5, direct: 0.25, pValue: 0.001 };
      const edges = [{ ...link, y, given: z === undefined ? [] : [z], qValue: 0.002 }];
      const removed = z === undefined ? [] : [{ ...link, y: z, through: [y] }];
      const communities = [nodes.slice(0, 2), ...nodes.slice(2).map((node) => [node])];
      return { units, seed, model, method, nodes, communities, edges, removed, failed: [] };
    },
  };
}

/** The names of a table that the commands pass: a list of columns. */
function namesOf(columns: Columns): string[] {
  return (columns as readonly { name: string }[]).map(({ name }) => name);
}
