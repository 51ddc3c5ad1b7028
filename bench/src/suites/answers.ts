/** Which columns tell of a target, and what depends directly on what, in tables whose structure is known. */
import { number, percent, Random } from "@infonet/training/evaluate";
import { InfoNet } from "infonet";
import {
  chains,
  NETWORK_TABLES,
  type NetworkTable,
  TARGET_TABLES,
  type TargetTable,
} from "./answer-tables.js";
import type { Context, Suite } from "./suite.js";

const DRAWS = 50;
const QUICK_DRAWS = 4;
const ROWS = 1000;

/** A wide table, and threads for it. */
const WIDE = { chains: 40, rows: 2000 };
const QUICK_WIDE = { chains: 8, rows: 500 };
const WIDE_THREADS = 2;
const WIDE_STREAM = 1_000_000;

/** Seconds that the calls take for a wide table. */
interface Times {
  select: number;
  network: number;
}

/** Links of one table. */
interface Links {
  right: number;
  wrong: number;
  missed: number;
  seconds: number;
}

/** What was selected from one table. */
interface Selected {
  names: string[];
  /** Whether it is all parents and nothing else. */
  right: boolean;
  seconds: number;
}

async function linksOf({ net, seed, signal }: Context, table: NetworkTable, stream: number): Promise<Links> {
  const { columns, links } = table.draw(new Random(seed, stream), ROWS);
  const key = (x: string, y: string): string => [x, y].sort().join(" – ");
  const wanted = new Set(links.map(([x, y]) => key(x, y)));
  const start = performance.now();
  const { edges } = await net.network(columns, { signal });
  const seconds = (performance.now() - start) / 1000;
  const right = edges.filter(({ x, y }) => wanted.has(key(x, y))).length;
  return { right, wrong: edges.length - right, missed: wanted.size - right, seconds };
}

async function selectedOf(
  { net, seed, signal }: Context,
  table: TargetTable,
  stream: number,
): Promise<Selected> {
  const columns = table.draw(new Random(seed, stream), ROWS);
  const start = performance.now();
  const { selected } = await net.select(columns, "y", { signal });
  const seconds = (performance.now() - start) / 1000;
  const names = selected.map(({ column }) => column);
  const right =
    names.length === table.parents.length &&
    table.parents.every((any) => any.some((name) => names.includes(name)));
  return { names, right, seconds };
}

async function timesOf({ model, seed, signal }: Context, wide: typeof WIDE): Promise<Times> {
  const net = await InfoNet.load({ threads: WIDE_THREADS, model });
  try {
    const columns = chains(new Random(seed, WIDE_STREAM), wide.chains, wide.rows);
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const start = performance.now();
      await work();
      return (performance.now() - start) / 1000;
    };
    // The first call of every thread compiles its graphs.
    await net.matrix(chains(new Random(seed, WIDE_STREAM), 4, 200), { signal });
    const select = await timed(() => net.select(columns, "y", { signal }));
    return { select, network: await timed(() => net.network(columns, { signal })) };
  } finally {
    await net.dispose();
  }
}

const sumOf = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

export const answers: Suite = {
  title: "Which columns, and what is direct",
  about: "select and network on tables of known structure: chains, forks, colliders, copies, either-or",
  threads: 1,
  async run(context) {
    const { journal, quick, tell } = context;
    const draws = quick ? QUICK_DRAWS : DRAWS;
    const drawn = async <Item>(
      name: string,
      place: number,
      work: (stream: number) => Promise<Item>,
    ): Promise<Item[]> => {
      const items: Item[] = [];
      for (let draw = 0; draw < draws; draw++) {
        tell(`${name}: ${draw} of ${draws} tables`);
        items.push(await journal.once(`${name}, draw ${draw}`, () => work(1000 * place + draw)));
      }
      return items;
    };
    const networks: { name: string; items: Links[] }[] = [];
    for (const [place, table] of NETWORK_TABLES.entries()) {
      const items = await drawn(table.name, place, (stream) => linksOf(context, table, stream));
      networks.push({ name: table.name, items });
    }
    const selections: { table: TargetTable; items: Selected[] }[] = [];
    for (const [place, table] of TARGET_TABLES.entries()) {
      const from = NETWORK_TABLES.length + place;
      const items = await drawn(table.name, from, (stream) => selectedOf(context, table, stream));
      selections.push({ table, items });
    }
    const wide = quick ? QUICK_WIDE : WIDE;
    tell("times");
    const times = await journal.once("times", () => timesOf(context, wide));
    return {
      notes: [
        `${draws} tables a row, ${ROWS} rows each. Networks have 20 columns and are drawn at a false discovery rate of 5 %; selections choose among 16 columns without a part in the target beside those that have one. "right": all parents and nothing else, of copies one.`,
      ],
      tables: [
        {
          title: "`network`: links",
          head: ["table", "precision", "recall", "s"],
          rows: networks.map(({ name, items }) => {
            const right = sumOf(items, (item) => item.right);
            return [
              name,
              number(right / (right + sumOf(items, ({ wrong }) => wrong)), 3),
              number(right / (right + sumOf(items, ({ missed }) => missed)), 3),
              number(sumOf(items, ({ seconds }) => seconds) / items.length, 2),
            ];
          }),
        },
        {
          title: "`select`: the target",
          head: ["target", "right, %", "s"],
          rows: selections.map(({ table, items }) => [
            table.name,
            percent(sumOf(items, ({ right }) => Number(right)) / items.length, 0),
            number(sumOf(items, ({ seconds }) => seconds) / items.length, 2),
          ]),
        },
        {
          title: `${5 * wide.chains + 1} columns of ${wide.rows} rows, in chains of five and a target of three of them: ${WIDE_THREADS} threads`,
          head: ["call", "seconds"],
          rows: [
            ["`select`", number(times.select, 1)],
            ["`network`", number(times.network, 1)],
          ],
        },
      ],
      pictures: [],
      data: {
        networks,
        times,
        selections: selections.map(({ table: { name, parents }, items }) => ({ name, parents, items })),
      },
    };
  },
};
