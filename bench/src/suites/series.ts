/** Rows in time: levels, power, lags and transfer entropy where rows depend on those before. */
import { number, percent, Random } from "@infonet/training/evaluate";
import type { Column } from "infonet";
import {
  autoregression,
  correlatedSeries,
  linearSystem,
  linearTransfer,
} from "../reference/autoregressions.js";
import { distanceCorrelation } from "../reference/distance-correlation.js";
import type { Measured } from "../report.js";
import { streamOf } from "./rejections.js";
import type { Context, Suite } from "./suite.js";

const DRAWS = 400;
/** Of levels, whose standard error is .5 % then: with 400 draws one in six cells is 1.5 % off by chance. */
const LEVEL_DRAWS = 2000;
const QUICK_DRAWS = 20;
/** Parts of the streams of random numbers, beyond those of the suites of power. */
const PARTS = { level: 21, power: 22, lags: 23, transfer: 24, directions: 25, sources: 26, time: 27 };
const AT_ONCE = 20;

/** Persistence and rows: 1 is a random walk. */
const LEVELS: readonly (readonly [phi: number, n: number])[] = [
  ...[0.5, 0.8, 0.9, 0.95].flatMap((phi) => [200, 500, 2000].map((n) => [phi, n] as const)),
  [0.99, 500],
  [1, 500],
];
const POWER: readonly (readonly [correlation: number, phi: number, n: number])[] = [
  [0.4, 0.9, 500],
  [0.2, 0.9, 500],
];
const SYSTEMS = [
  { a: 0.5, b: 0.5, c: 0.18 },
  { a: 0.5, b: 0.5, c: 0.5 },
  { a: 0.5, b: 0.5, c: 1 },
];

/** Something of many draws, piece by piece in the journal. */
async function drawn<Value>(
  { journal, tell, seed }: Context,
  label: string,
  [part, at]: readonly [part: number, at: number],
  draws: number,
  of: (rngs: Random[]) => Promise<Value[]>,
): Promise<Value[]> {
  const all: Value[] = [];
  for (let from = 0; from < draws; from += AT_ONCE) {
    const size = Math.min(AT_ONCE, draws - from);
    tell(`${label}: ${from} of ${draws}`);
    const rngs = Array.from({ length: size }, (_, k) => new Random(seed, streamOf(part, at) + from + k));
    all.push(...(await journal.once(`${label} / ${from}, ${size}`, () => of(rngs))));
  }
  return all;
}

/** p-values of pairs of series. */
async function pValues({ net, signal }: Context, pairs: [Column, Column][]): Promise<number[]> {
  const results = await net.estimateMany(pairs, { rows: "series", signal });
  return results.map((result) => {
    if (result.error !== undefined) throw new Error(result.error);
    return result.pValue ?? 1;
  });
}

const share = (values: readonly boolean[]): number => values.filter(Boolean).length / values.length;

async function levels(context: Context, draws: number) {
  const rows: { phi: number; n: number; five: number; one: number }[] = [];
  for (const [at, [phi, n]] of LEVELS.entries()) {
    const p = await drawn(context, `level, φ = ${phi}, n = ${n}`, [PARTS.level, at], draws, (rngs) =>
      pValues(
        context,
        rngs.map((rng) => [autoregression(rng, phi, n), autoregression(rng, phi, n)]),
      ),
    );
    rows.push({ phi, n, five: share(p.map((v) => v <= 0.05)), one: share(p.map((v) => v <= 0.01)) });
  }
  return rows;
}

/** Rows of a block, and permutations, of the peer's test. */
const BLOCK = 25;
const PERMUTATIONS = 99;

/** Distance correlation with blocks of rows in a random order: the usual way to heed serial dependence. */
function blockedDistanceCorrelation(rng: Random, x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const statistic = (values: Float64Array): number =>
    distanceCorrelation({ data: values, width: 1 }, { data: y, width: 1 });
  const seen = statistic(x);
  let above = 1;
  for (let k = 0; k < PERMUTATIONS; k++) {
    const blocks = Array.from({ length: Math.ceil(n / BLOCK) }, (_, b) => ({ b, key: rng.uniform() }));
    blocks.sort((p, q) => p.key - q.key);
    const order = blocks.flatMap(({ b }) => [...x.subarray(b * BLOCK, (b + 1) * BLOCK)]);
    if (statistic(Float64Array.from(order)) >= seen) above++;
  }
  return above / (PERMUTATIONS + 1);
}

async function powers(context: Context, draws: number) {
  const rows: { correlation: number; phi: number; n: number; own: number; peer: number }[] = [];
  for (const [at, [correlation, phi, n]] of POWER.entries()) {
    const label = `power, ρ = ${correlation}, φ = ${phi}, n = ${n}`;
    const p = await drawn(context, label, [PARTS.power, at], draws, async (rngs) => {
      const pairs = rngs.map((rng) => correlatedSeries(rng, phi, n, correlation));
      const own = await pValues(context, pairs);
      return pairs.map(([x, y], k) => [own[k], blockedDistanceCorrelation(rngs[k], x, y)] as const);
    });
    const [own, peer] = [0, 1].map((k) => share(p.map((pair) => pair[k] <= 0.05)));
    rows.push({ correlation, phi, n, own, peer });
  }
  return rows;
}

const LAG_ROWS = 600;
const MAX_LAG = 10;
const LAG_PERSISTENCE = 0.6;

/** y follows ½ x² some rows away; the second draw of a number is of series that know nothing of each other. */
async function lagSearch(context: Context, draws: number) {
  const { net, signal } = context;
  const found = await drawn(context, "lags", [PARTS.lags, 0], draws, async (rngs) => {
    const results: [found: boolean, wrong: boolean][] = [];
    for (const rng of rngs) {
      const lag = rng.integer(-MAX_LAG, MAX_LAG);
      const long = autoregression(rng, LAG_PERSISTENCE, LAG_ROWS + 2 * MAX_LAG);
      const x = long.slice(MAX_LAG, MAX_LAG + LAG_ROWS);
      const y = x.map((_, t) => 0.5 * long[t + MAX_LAG - lag] ** 2 + rng.normal());
      const other = autoregression(rng, LAG_PERSISTENCE, LAG_ROWS);
      const { best } = await net.lags(x, y, { maxLag: MAX_LAG, signal });
      const none = await net.lags(x, other, { maxLag: MAX_LAG, signal });
      results.push([best?.lag === lag, none.best !== undefined]);
    }
    return results;
  });
  return { found: share(found.map(([right]) => right)), wrong: share(found.map(([, wrong]) => wrong)) };
}

async function transfers(context: Context, draws: number) {
  const { net, signal } = context;
  const rows: { truth: number; mean: number; error: number; largest: number }[] = [];
  for (const [at, law] of SYSTEMS.entries()) {
    const truth = linearTransfer(law);
    const label = `transfer entropy of ${number(truth)} nats`;
    const values = await drawn(context, label, [PARTS.transfer, at], draws, async (rngs) => {
      const found: number[] = [];
      for (const rng of rngs) {
        const [x, y] = linearSystem(rng, law, 2000);
        found.push((await net.transfer(x, y, { history: 1, signal })).xToY.mi);
      }
      return found;
    });
    const errors = values.map((value) => Math.abs(value - truth));
    const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
    rows.push({ truth, mean: mean(values), error: mean(errors), largest: Math.max(...errors) });
  }
  return rows;
}

/** How often transfer is claimed where neither direction tells anything: every draw is two tests. */
async function transferLevel(context: Context, draws: number) {
  const { net, signal } = context;
  const both = await drawn(
    context,
    "level of transfer, φ = 0.9",
    [PARTS.directions, 0],
    draws,
    async (rngs) => {
      const found: [number | null, number | null][] = [];
      for (const rng of rngs) {
        const [x, y] = [autoregression(rng, 0.9, 500), autoregression(rng, 0.9, 500)];
        const { xToY, yToX } = await net.transfer(x, y, { signal });
        found.push([xToY.pValue ?? null, yToX.pValue ?? null]);
      }
      return found;
    },
  );
  const p = both.flat();
  const level = (at: number): number => share(p.map((value) => value !== null && value <= at));
  return { five: level(0.05), one: level(0.01), tests: p.length };
}

const SOURCES = 20;
const SOURCE_ROWS = 1000;
const SOURCE_LAGS = 5;

/** A target that follows three of twenty series: which are found, how long it takes. */
async function sources({ net, signal, seed, tell }: Context) {
  tell("sources");
  const rng = new Random(seed, streamOf(PARTS.sources, 0));
  const columns = Array.from({ length: SOURCES }, (_, k) => ({
    name: `s${k + 1}`,
    values: autoregression(rng, 0.6, SOURCE_ROWS),
  }));
  const at = (k: number, t: number): number => columns[k].values[t] ?? 0;
  const y = new Float64Array(SOURCE_ROWS);
  for (let t = 1; t < y.length; t++) {
    const told = 0.25 * at(0, t - 1) + 0.25 * at(1, t - 3) + 0.2 * at(2, t - 5) ** 2;
    y[t] = 0.5 * y[t - 1] + told + rng.normal();
  }
  const begun = performance.now();
  const found = await net.sources([...columns, { name: "y", values: y }], "y", {
    maxLag: SOURCE_LAGS,
    signal,
  });
  const seconds = (performance.now() - begun) / 1000;
  const named = found.sources.filter(({ familyPValue = 1 }) => familyPValue <= 0.05);
  return { seconds, named: named.map(({ source, lag }) => `${source}, ${lag} before`) };
}

/** How long the other calls take. */
async function times({ net, signal, seed, tell }: Context) {
  tell("times");
  const rng = new Random(seed, streamOf(PARTS.time, 0));
  const columns = Array.from({ length: 30 }, (_, k) => ({
    name: `s${k}`,
    values: autoregression(rng, 0.9, 2000),
  }));
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await work();
    return (performance.now() - begun) / 1000;
  };
  const [{ values: x }, { values: y }] = columns;
  const lags = await timed(() => net.lags(x, y, { maxLag: 12, signal }));
  const matrix = await timed(() => net.matrix(columns, { rows: "series", signal }));
  return { lags, matrix };
}

export const series: Suite = {
  title: "Rows in time",
  about: "levels and power where rows depend on those before; lags and transfer entropy against closed forms",
  threads: 2,
  async run(context): Promise<Measured> {
    const draws = context.quick ? QUICK_DRAWS : DRAWS;
    const many = context.quick ? QUICK_DRAWS : LEVEL_DRAWS;
    const level = await levels(context, many);
    const lags = await lagSearch(context, draws);
    const transfer = await transfers(context, context.quick ? 3 : draws);
    const directions = await transferLevel(context, context.quick ? QUICK_DRAWS : LEVEL_DRAWS / 2);
    const power = await powers(context, context.quick ? QUICK_DRAWS / 2 : draws);
    const source = await sources(context);
    const time = await times(context);
    return {
      notes: [
        `Independent Gaussian autoregressions of order one, ${many} draws each: share called dependent with \`rows: "series"\`, in %. A random walk has φ = 1. Power: of ${draws} series whose noise has the correlation ρ, beside distance correlation with blocks of ${BLOCK} rows in a random order (${PERMUTATIONS} permutations).`,
        `Lags: y follows ½ x² at a lag of −${MAX_LAG} to ${MAX_LAG} rows, φ = ${LAG_PERSISTENCE}, n = ${LAG_ROWS}, ${draws} draws. Transfer entropy: x → y of linear Gaussian systems, n = 2000, one row of history, ${draws} draws; its level at n = 500, φ = 0.9 of both, ${directions.tests} tests.`,
        `Sources: a target that follows three of ${SOURCES} series (s1 one row before, s2 three rows before, the square of s3 five rows before), ${SOURCE_LAGS} lags, n = ${SOURCE_ROWS}. Times are those of a machine that does other work too where the environment says so.`,
      ],
      tables: [
        {
          title: "Level",
          head: ["φ", "n", "at 5 %", "at 1 %"],
          rows: level.map(({ phi, n, five, one }) => [
            String(phi),
            String(n),
            percent(five, 1),
            percent(one, 1),
          ]),
        },
        {
          title: "Power at 5 %",
          head: ["ρ", "φ", "n", "InfoNet", "distance correlation"],
          rows: power.map(({ correlation, phi, n, own, peer }) => [
            ...[correlation, phi, n].map(String),
            ...[percent(own), percent(peer)],
          ]),
        },
        {
          title: "Lags",
          head: ["", "share"],
          rows: [
            ["the right lag is found", percent(lags.found, 1)],
            ["a lag is named where there is none", percent(lags.wrong, 1)],
          ],
        },
        {
          title: "Transfer entropy",
          head: ["truth", "mean", "mean error", "largest error"],
          rows: [
            ...transfer.map(({ truth, mean, error, largest }) =>
              [truth, mean, error, largest].map((value) => number(value)),
            ),
          ],
        },
        {
          title: "Level of transfer entropy",
          head: ["φ of both", "n", "at 5 %", "at 1 %"],
          rows: [["0.9", "500", percent(directions.five, 1), percent(directions.one, 1)]],
        },
        {
          title: "Time",
          head: ["call", "seconds"],
          rows: [
            [
              `${SOURCES} sources of a target, ${SOURCE_LAGS} lags, n = ${SOURCE_ROWS}`,
              number(source.seconds),
            ],
            ["25 lags of a pair, n = 2000", number(time.lags)],
            ["all pairs of 30 series, n = 2000", number(time.matrix)],
          ],
        },
        {
          title: "Sources found, of those that there are",
          head: ["source"],
          rows: source.named.map((name) => [name]),
        },
      ],
      pictures: [],
      data: { draws, level, power, lags, transfer, directions, source, time },
    };
  },
};
