/** Seconds a pair: the paper's table of running times. */
import { number, type Sample } from "@infonet/training/evaluate";
import { kde, ksg, mine } from "infonet/classical";
import { lineChart } from "../chart.js";
import { PAPER, PUBLISHED_SECONDS, TIME_SIZES } from "../published.js";
import type { Context, Suite } from "./suite.js";
import { freshTest } from "./triples.js";

/** Distributions that the network takes at once in the paper. */
const BATCH = 16;
const COMPONENTS = 5;
/** A call is repeated until this much time has passed, seconds: the clock and the compiler are not measured. */
const LEAST_SECONDS = 0.02;

/** One line of the table: a call on sixteen pairs of the same size, and how many of them it estimates. */
interface Contender {
  name: string;
  pairs: number;
  call(samples: readonly Sample[]): unknown;
}

function contenders({ net, seed, signal }: Context): Contender[] {
  const trained = (iterations: number): Contender => ({
    name: `MINE-${iterations}`,
    pairs: 1,
    call: ([{ x, y }]) => mine(x, y, { iterations, seed, signal }),
  });
  return [
    {
      name: "InfoNet, batch 16",
      pairs: BATCH,
      call: (samples) =>
        net.estimateMany(
          samples.map(({ x, y }) => [x, y] as const),
          { signal },
        ),
    },
    { name: "InfoNet, batch 1", pairs: 1, call: ([{ x, y }]) => net.estimate(x, y) },
    { name: "KSG", pairs: 1, call: ([{ x, y }]) => ksg(x, y) },
    { name: "KDE", pairs: 1, call: ([{ x, y }]) => kde(x, y, { method: "exact" }) },
    ...[2000, 500, 10].map(trained),
  ];
}

async function secondsOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  let calls = 0;
  let seconds = 0;
  do {
    await work();
    calls++;
    seconds = (performance.now() - start) / 1000;
  } while (seconds < LEAST_SECONDS);
  return seconds / calls;
}

/** The middle one; of an even number, the lower of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];
}

export const time: Suite = {
  title: "Time a pair",
  about: "seconds a pair at n = 200 … 5000, beside the paper's table",
  threads: 1,
  async run(context) {
    const { quick, journal, seed, signal, tell } = context;
    const rounds = quick ? 2 : 9;
    const list = contenders(context);
    const samples = new Map<number, Sample[]>();
    for (const n of TIME_SIZES) {
      samples.set(
        n,
        Array.from({ length: BATCH }, (_, k) => freshTest(COMPONENTS, n, seed, k).samples[0]),
      );
    }
    tell("warming up");
    const [smallest] = samples.values();
    // Compiled code, open sessions, compiled graphs: paid once a process, not once a pair.
    for (const { call } of list.filter(({ name }) => name !== "MINE-2000")) {
      for (let k = 0; k < 5; k++) await call(smallest);
    }
    const measured: Record<string, number>[] = [];
    // All contenders in turn in every round: a machine that is busy for a while slows all of them alike.
    for (let round = 0; round < rounds; round++) {
      for (const n of TIME_SIZES) {
        tell(`round ${round + 1} of ${rounds}, n = ${n}`);
        const key = `round ${round}, n ${n}`;
        const times = await journal.once(key, async () => {
          const result: Record<string, number> = {};
          for (const { name, pairs, call } of list) {
            signal.throwIfAborted();
            result[name] = (await secondsOf(() => call(samples.get(n) as Sample[]))) / pairs;
          }
          return result;
        });
        measured.push({ n, ...times });
      }
    }
    const seconds = Object.fromEntries(
      list.map(({ name }) => [
        name,
        TIME_SIZES.map((n) => median(measured.filter((row) => row.n === n).map((row) => row[name]))),
      ]),
    );
    const rows = list.flatMap(({ name }) => {
      const ours = [name, ...seconds[name].map((s) => number(s, s < 0.01 ? 5 : 3))];
      const published = PUBLISHED_SECONDS[name];
      return published ? [ours, [`${name}, published`, ...published.map(String)]] : [ours];
    });
    const chart = lineChart(
      list.flatMap(({ name }, colour) => {
        const along = (values: readonly number[]) => values.map((s, k) => [TIME_SIZES[k], s] as const);
        const published = PUBLISHED_SECONDS[name];
        const ours = { name, colour, points: along(seconds[name]) };
        const theirs = { ...ours, name: `${name}, published`, dashed: true };
        return published ? [ours, { ...theirs, points: along(published) }] : [ours];
      }),
      { x: "n", y: "seconds a pair", log: { x: true, y: true }, ticks: TIME_SIZES },
    );
    return {
      notes: [
        `Median of ${rounds} rounds in one run, all methods in turn in every round, one thread each. Samples are Gaussian mixtures of ${COMPONENTS} components. Loading the model and compiling MINE's graph are not counted; ranking and histograms are.`,
        `KSG has three neighbours, KDE is exact (all pairs of rows), MINE-k trains two hidden layers of 128 units for k steps of 100 rows. Batch 1 is \`estimate\` with interval, p-value and critic; batch 16 is \`estimateMany\`, divided by 16. Published: ${PAPER}, InfoNet there on a GPU.`,
      ],
      tables: [{ title: "Seconds a pair", head: ["", ...TIME_SIZES.map((n) => `n = ${n}`)], rows }],
      pictures: [{ name: "time", title: "Seconds a pair over the number of rows", svg: chart }],
      data: { rounds, sizes: TIME_SIZES, seconds, measured },
    };
  },
};
